"""`hri recommend`: candidates, the list, the check against annex 2."""

from __future__ import annotations

import datetime as dt

import pytest

from assessing import opened, rate, start_campaign
from hrintegrity.archive import writer
from hrintegrity.archive.tables.campaign import Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.documents import Paper, to_docx, to_pdf
from hrintegrity.duties import agencies
from hrintegrity.duties.recommendation.summaries import has_text
from recommending import check, concluded, recommend, sanction, withdraw
from running import JSON, Hri, code_of, journal

ANNEX_2 = {
    "municipal": ("市属机构", 16), "dongcheng": ("东城区", 10), "xicheng": ("西城区", 10),
    "chaoyang": ("朝阳区", 30), "haidian": ("海淀区", 16), "fengtai": ("丰台区", 8),
    "shijingshan": ("石景山区", 3), "mentougou": ("门头沟区", 3), "fangshan": ("房山区", 3),
    "tongzhou": ("通州区", 4), "shunyi": ("顺义区", 4), "changping": ("昌平区", 3),
    "daxing": ("大兴区", 4), "pinggu": ("平谷区", 4), "huairou": ("怀柔区", 3),
    "miyun": ("密云县", 3), "yanqing": ("延庆县", 3), "kaifaqu": ("开发区", 3),
}  # fmt: skip
"""Typed from the notice."""

KEYS = [
    "district", "district_name", "quota", "recommended", "remaining", "commercial",
    "commercial_share", "relaxed", "ok", "problems", "warnings",
]  # fmt: skip
"""Typed by hand, as docs/contract.md promises."""


@pytest.fixture
def huairou(new_archive) -> Hri:
    return new_archive("huairou")


def candidates(hri: Hri, *more: str) -> list[dict]:
    return hri("recommend", "candidates", *more, *JSON).ok().json


def codes(found: list[dict]) -> list[str]:
    return [one["code"] for one in found]


def outstanding(hri: Hri, code: str) -> None:
    with opened(hri) as archive:
        row = Outstanding(
            agency_id=agencies.find(archive, code).id,
            year=2013,
            date=dt.date(2013, 10, 20),
            reason="表现突出",
        )
        writer.insert(archive, row)


def complain(hri: Hri, code: str, **known) -> None:
    plain = {"outcome": "substantiated", "closed": dt.date(2013, 10, 21), "district": "haidian"}
    received = {"received": dt.date(2013, 10, 9), "channel": "market", "kind": "complaint"}
    with opened(hri) as archive:
        agency = agencies.find(archive, code)
        given = plain | received | {"subject": "多收费"} | known
        writer.insert(archive, Complaint(agency_id=agency.id, **given))


# The check against annex 2.


def test_all_eighteen_units_stand_in_the_annexs_order_with_130_places(city) -> None:
    status, found = check(city)
    assert status == 0
    assert list(found) == ["districts", "total"]
    shown = [(one["district"], one["district_name"], one["quota"]) for one in found["districts"]]
    assert shown == [(code, name, quota) for code, (name, quota) in ANNEX_2.items()]
    assert all(list(one)[:11] == KEYS for one in found["districts"])
    total = found["total"]
    assert (total["quota"], total["recommended"], total["remaining"]) == (130, 0, 130)


def test_an_empty_list_is_ok_and_has_no_share(city) -> None:
    status, found = check(city, "怀柔区")
    assert status == 0
    assert found["ok"] is True
    assert (found["recommended"], found["remaining"], found["commercial"]) == (0, 3, 0)
    assert found["commercial_share"] is None
    assert (found["problems"], found["warnings"]) == ([], [])


def test_a_districts_archive_checks_its_own_list_and_knows_no_total(huairou) -> None:
    concluded(huairou, [1])
    recommend(huairou, code_of(1)).ok()
    status, found = check(huairou)
    assert status == 0
    assert [one["district"] for one in found["districts"]] == ["huairou"]
    assert found["districts"][0]["recommended"] == 1
    assert found["total"] is None
    assert check(huairou, "huairou")[1] == found["districts"][0]
    refused = huairou("recommend", "check-quota", "朝阳区", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "not-ours")


@pytest.mark.parametrize(
    ("commercial", "public", "status", "problems"),
    [
        (1, 0, 0, []),
        (2, 1, 0, []),
        (1, 1, 0, []),
        (1, 2, 1, ["commercial-share"]),
        (0, 1, 1, ["commercial-share"]),
        (3, 1, 1, ["quota-exceeded"]),
        (0, 4, 1, ["quota-exceeded", "commercial-share"]),
    ],
    ids=["under", "at", "half", "below half", "none commercial", "over", "over and below half"],
)
def test_the_exit_status_tells_how_a_list_stands(
    huairou, commercial, public, status, problems
) -> None:
    found = concluded(huairou, range(commercial))
    found += concluded(huairou, range(10, 10 + public), kind="public")
    for code in found:
        recommend(huairou, code).ok()
    ended, shown = check(huairou, "怀柔")
    assert ended == status
    assert shown["ok"] is (status == 0)
    assert [one["code"] for one in shown["problems"]] == problems
    assert all(one["message"] and one["clause"] == "附件2" for one in shown["problems"])
    assert shown["commercial"] == commercial
    assert shown["commercial_share"] == commercial / (commercial + public)


def test_a_problem_in_one_district_fails_the_citys_check_and_shows_all(city) -> None:
    for code in concluded(city, [1, 2], district="miyun", kind="public"):
        recommend(city, code).ok()
    status, found = check(city)
    assert status == 1
    assert [one["district"] for one in found["districts"] if not one["ok"]] == ["miyun"]
    assert len(found["districts"]) == 18
    assert (found["total"]["recommended"], found["total"]["ok"]) == (2, False)


def test_the_citys_own_lane_is_asked_for_no_half(city) -> None:
    for code in concluded(city, [1, 2], district="municipal", kind="public"):
        recommend(city, code).ok()
    status, found = check(city, "市属机构")
    assert status == 0
    assert (found["ok"], found["commercial_share"], found["problems"]) == (True, 0, [])
    refused = city("recommend", "check-quota", "municipal", "--relax", "无", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "share-not-asked")


def test_a_relaxation_is_shown_in_every_later_check_with_reason_who_and_when(huairou) -> None:
    for code in concluded(huairou, [1, 2], kind="public"):
        recommend(huairou, code).ok()
    why = "全区经营性机构只有一家"
    arguments = ("recommend", "check-quota", "怀柔", "--relax", why, *JSON)
    ran = huairou(*arguments)
    assert (ran.status, ran.json["ok"], ran.json["relaxed"]) == (0, True, True)
    huairou.operator = "李复核"
    for found in (check(huairou, "怀柔")[1], check(huairou)[1]["districts"][0]):
        (one,) = found["relaxations"]
        assert (one["reason"], one["date"], one["by"]) == (why, "2013-10-10", "张检查")
    entries = len(journal(huairou.archive))
    assert huairou(*arguments).json["relaxations"] == found["relaxations"]
    assert len(journal(huairou.archive)) == entries
    assert why in huairou("recommend", "check-quota").ok().out


def test_a_relaxation_is_recorded_where_other_problems_remain_and_never_lifts_the_quota(
    huairou,
) -> None:
    for code in concluded(huairou, range(4), kind="public"):
        recommend(huairou, code).ok()
    ran = huairou("recommend", "check-quota", "怀柔", "--relax", "机构少", *JSON)
    assert ran.status == 1
    assert [one["code"] for one in ran.json["problems"]] == ["quota-exceeded"]
    assert check(huairou, "怀柔")[1]["relaxed"] is True


def test_a_relaxation_needs_a_district_in_the_citys_archive_and_a_reason(city, huairou) -> None:
    assert city("recommend", "check-quota", "--relax", "机构少").status == 2
    for hri in (city, huairou):
        assert hri("recommend", "check-quota", "怀柔", "--relax", " ").status == 2
        assert check(hri, "怀柔")[1]["relaxed"] is False


def test_a_district_relaxes_its_own_half_without_naming_itself(huairou) -> None:
    ran = huairou("recommend", "check-quota", "--relax", "机构少", *JSON).ok()
    assert (ran.json["district"], ran.json["relaxed"]) == ("huairou", True)
    assert check(huairou, "怀柔")[1] == ran.json


def test_a_relaxation_is_for_its_district_and_year_alone(city) -> None:
    city("recommend", "check-quota", "怀柔", "--relax", "机构少").ok()
    relaxed = [one["district"] for one in check(city)[1]["districts"] if one["relaxed"]]
    assert relaxed == ["huairou"]
    start_campaign(city, 2014)
    quotas = city.archive.with_name("quotas.yaml")
    lines = [f"  {code}: {quota}" for code, (_, quota) in ANNEX_2.items()]
    quotas.write_text("\n".join(["year: 2014", "total: 130", "quotas:", *lines]), encoding="utf-8")
    city("recommend", "quotas", "use", quotas).ok()
    assert check(city, "怀柔")[1]["relaxed"] is False
    assert check(city, "怀柔", "--year", "2013")[1]["relaxed"] is True


def test_ineligible_since_it_was_added_is_a_problem_until_that_is_annulled(haidian) -> None:
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    identity = sanction(haidian, code)
    status, found = check(haidian, "海淀")
    (problem,) = found["problems"]
    assert (status, problem["code"], problem["clause"]) == (1, "not-eligible", "三(八)2")
    assert "2013-10-20受到惩戒：曝光" in problem["message"]
    withdraw(haidian, identity)
    assert check(haidian, "海淀")[0] == 0


def test_moved_since_it_was_added_is_a_problem_and_can_be_removed(haidian, city) -> None:
    for hri in (haidian, city):
        (code,) = concluded(hri, [1], district="haidian")
        recommend(hri, code).ok()
        hri("agency", "edit", code, "--district", "朝阳区").ok()
        status, found = check(hri, "海淀")
        (problem,) = found["problems"]
        assert (status, problem["code"], found["recommended"]) == (1, "wrong-district", 1)
        hri("recommend", "remove", code).ok()
        assert check(hri, "海淀")[0] == 0
    assert check(city, "朝阳")[1]["recommended"] == 0


def test_the_table_names_each_problem_on_standard_output(huairou) -> None:
    for code in concluded(huairou, range(4), kind="public"):
        recommend(huairou, code).ok()
    ran = huairou("recommend", "check-quota")
    assert ran.status == 1
    assert ran.err == ""
    assert "怀柔区推荐 4 家，名额 3 家，超出 1 家。" in ran.out
    assert "[commercial-share]" in ran.out


# The list.


def test_adding_and_removing_leaves_the_check_as_it_was(haidian) -> None:
    found = concluded(haidian, [1, 2])
    recommend(haidian, found[0]).ok()
    before = check(haidian)
    recommend(haidian, found[1]).ok()
    assert check(haidian)[1]["districts"][0]["recommended"] == 2
    removed = haidian("recommend", "remove", found[1], "--reason", "机构要求", *JSON).ok().json
    assert removed["code"] == found[1]
    assert check(haidian) == before
    assert journal(haidian.archive, ("action", "table", "reason"))[-1] == (
        "delete",
        "recommendation",
        "机构要求",
    )


def test_over_the_quota_is_a_warning_when_adding(huairou) -> None:
    *first, last = concluded(huairou, range(4))
    for code in first:
        assert recommend(huairou, code).ok().err == ""
    ran = recommend(huairou, last)
    assert ran.status == 0
    assert "怀柔区已推荐 4 家，超过名额 3 家" in ran.err


def test_a_late_penalty_and_an_open_gap_are_said_when_recommending_and_bar_nothing(haidian) -> None:
    (code,) = concluded(haidian, [1])
    penalty = ("agency", "penalty", code, "--authority", "工商局", "--basis", "虚假宣传")
    haidian(*penalty, "--date", "2011-11-05").ok()
    haidian(*penalty, "--date", "2011-11-06").ok()
    kinds = ("--publicity", "pass", "--pledge", "fail", "--ledger", "pass", "--feedback", "fail")
    haidian("inspect", "record", code, "--date", "2013-10-09", *kinds).ok()
    gap = haidian("inspect", "list", *JSON).ok().json[1]["id"]
    haidian("inspect", "mend", gap, "--date", "2013-10-20").ok()
    ran = haidian("recommend", "add", code, "--reason", "诚信经营", *JSON, today="2013-11-05").ok()
    assert ran.json["eligible"] is True
    assert [line.partition("公司")[2] for line in ran.err.splitlines()] == [
        "近 2 年内（2011-11-06）受过工商局的行政处罚，请核对。",
        "2013-10-09 检查发现的承诺缺项还没有补建（期限 2013-10-31），请核对。",
    ]


def test_an_agency_stands_on_the_list_once(haidian) -> None:
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    again = recommend(haidian, code)
    assert (again.status, again.error["code"]) == (4, "already-recommended")
    assert check(haidian)[1]["districts"][0]["recommended"] == 1


def test_an_ineligible_agency_is_refused_with_reasons_and_nothing_is_written(haidian) -> None:
    haidian.add("北京乙人力资源有限公司", code_of(2))
    before = journal(haidian.archive)
    ran = recommend(haidian, code_of(2))
    assert ran.status == 1
    assert ran.error["code"] == "not-eligible"
    assert "默认条件，通知没有规定" in ran.error["hint"]
    assert [one["code"] for one in ran.error["details"]] == ["not-concluded", "no-expert-sheet"]
    assert all(one["message"] and one["clause"] for one in ran.error["details"])
    assert journal(haidian.archive) == before


def test_despite_is_recorded_and_shown_in_every_check(haidian) -> None:
    (code,) = concluded(haidian, [1])
    sanction(haidian, code, kind="interview")
    ran = recommend(haidian, code, "--despite", "约谈后已改正").ok()
    assert ran.json["despite"] == "约谈后已改正"
    assert (ran.json["eligible"], ran.json["reasons"]) == (False, ["2013-10-20受到惩戒：约谈"])
    status, found = check(haidian, "海淀")
    assert (status, found["problems"]) == (0, [])
    (warning,) = found["warnings"]
    assert warning["code"] == "despite"
    assert "约谈后已改正" in warning["message"]
    sanction(haidian, code, kind="circular")
    assert [one["code"] for one in check(haidian, "海淀")[1]["problems"]] == ["not-eligible"]
    haidian("recommend", "edit", code, "--despite", "两次均已改正").ok()
    assert check(haidian, "海淀")[0] == 0


def test_despite_is_not_recorded_where_nothing_stands_against_it(haidian) -> None:
    (code,) = concluded(haidian, [1])
    ran = recommend(haidian, code, "--despite", "以防万一").ok()
    assert "不需要 --despite" in ran.err
    assert ran.json["despite"] is None
    sanction(haidian, code)
    assert check(haidian, "海淀")[0] == 1


def test_what_is_missing_is_a_warning_until_it_is_added(haidian) -> None:
    (code,) = concluded(haidian, [1])
    added = haidian("recommend", "add", code, "--reason", "诚信经营", *JSON).ok().json
    assert added["missing"] == ["opinion", "self_summary"]
    status, found = check(haidian, "海淀")
    assert status == 0
    (warning,) = found["warnings"]
    assert warning["code"] == "incomplete"
    assert "区县人力资源和社会保障局意见、机构自评总结" in warning["message"]
    summary = haidian.archive.with_name("总结.txt")
    summary.write_text("诚信服务，履行承诺。", encoding="utf-8")
    haidian("recommend", "edit", code, "--opinion", "同意", "--self-summary", summary).ok()
    assert check(haidian, "海淀")[1]["warnings"] == []
    (listed,) = haidian("recommend", "list", *JSON).ok().json
    assert (listed["self_summary"], listed["missing"]) == ("总结.txt", [])
    haidian("assess", "reopen", code, "--reason", "复核").ok()
    status, found = check(haidian, "海淀")
    assert [one["code"] for one in found["problems"]] == ["not-eligible"]
    assert "评估结果" in found["warnings"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["--reason", "诚信", "--self-summary", "没有.docx"], 4, "file-missing"),
        (["--reason", "诚信", "--self-summary", "空.docx"], 3, "self-summary-refused"),
        (["--reason", "  "], 2, "bad-value"),
        ([], 2, "missing-option"),
        (["--reason", "诚信\x07"], 2, "bad-value"),
    ],
)
def test_a_recommendation_that_cannot_be_kept_is_refused(
    haidian, monkeypatch, arguments, status, code
) -> None:
    (agency,) = concluded(haidian, [1])
    monkeypatch.chdir(haidian.archive.parent)
    haidian.archive.with_name("空.docx").touch()
    ran = haidian("recommend", "add", agency, *arguments, *JSON)
    assert (ran.status, ran.error["code"]) == (status, code)
    assert haidian("recommend", "list", *JSON).json == []


def test_what_is_not_on_the_list_cannot_be_removed_or_changed(haidian) -> None:
    (code,) = concluded(haidian, [1])
    for arguments in (["remove", code], ["edit", code, "--opinion", "同意"]):
        ran = haidian("recommend", *arguments, *JSON)
        assert (ran.status, ran.error["code"]) == (4, "not-recommended")
    recommend(haidian, code).ok()
    same = haidian("recommend", "edit", code, "--opinion", "同意推荐。", *JSON)
    assert (same.status, same.error["code"]) == (1, "nothing-changed")


# The candidates.


def test_candidates_rank_with_priority_first_then_by_total(haidian) -> None:
    low = concluded(haidian, [1], grade="A", less=30)
    high = concluded(haidian, [2], less=0)
    middle = concluded(haidian, [3], less=20)
    haidian.add("北京丁人力资源有限公司", code_of(4))
    outstanding(haidian, middle[0])
    found = candidates(haidian)
    assert codes(found) == [*middle, *low, *high, code_of(4)]
    assert [one["priority"] for one in found] == [True, True, False, False]
    assert [one["total"] for one in found] == [80, 70, 100, None]
    assert [one["eligible"] for one in found] == [True, True, True, False]
    assert found[3]["reasons"] == ["本年度评估未评定", "没有专家评价"]
    keys = ["code", "name", "district", "kind", "grade", "total", "priority", "eligible", "reasons"]
    assert list(found[0])[:9] == keys
    assert codes(candidates(haidian, "--eligible")) == [*middle, *low, *high]


def test_an_experts_sheet_is_looked_for_in_what_was_concluded(haidian) -> None:
    haidian.add("北京甲人力资源有限公司", code_of(1))
    # The words of the sheet must not pass for an expert's.
    rater = '","source":"expert"'
    rate(haidian, code_of(1), source="self", rater=rater).ok()
    haidian("assess", "conclude", code_of(1)).ok()
    (found,) = candidates(haidian)
    assert found["reasons"] == ["没有专家评价"]


def test_only_substantiated_complaints_and_standing_sanctions_of_the_year_count(haidian) -> None:
    found = concluded(haidian, range(1, 8))
    complain(haidian, found[0])
    complain(haidian, found[1], outcome="unfounded")
    complain(haidian, found[2], closed=dt.date(2012, 12, 31))
    withdraw(haidian, sanction(haidian, found[3]))
    sanction(haidian, found[4], date=dt.date(2012, 12, 31))
    sanction(haidian, found[5], kind="rectify", date=dt.date(2012, 6, 1), deadline=None)
    mended = {"mended": dt.date(2012, 7, 1), "deadline": dt.date(2012, 6, 30)}
    sanction(haidian, found[6], kind="rectify", date=dt.date(2012, 6, 1), **mended)
    reasons = {one["code"]: one["reasons"] for one in candidates(haidian)}
    assert [reasons[code] for code in found] == [
        ["2013-10-21查实投诉举报：投诉"],
        [],
        [],
        [],
        [],
        ["2012-06-01责令整改，尚未改正"],
        [],
    ]


def test_a_rectification_that_failed_after_it_was_mended_is_open_again(haidian) -> None:
    (code,) = concluded(haidian, [1])
    days = {"mended": dt.date(2012, 7, 1), "failed": dt.date(2012, 8, 1)}
    sanction(haidian, code, kind="rectify", date=dt.date(2012, 6, 1), **days)
    assert candidates(haidian)[0]["reasons"] == ["2012-06-01责令整改，尚未改正"]


def test_a_practitioners_sanction_counts_only_where_it_is_the_agencys_too(haidian) -> None:
    mine, theirs = concluded(haidian, [1, 2])
    with opened(haidian) as archive:
        person = writer.insert(archive, Practitioner(name="赵六")).id
    sanction(haidian, theirs, practitioner_id=person)
    sanction(haidian, mine, practitioner_id=person, attributed=True)
    eligible = {one["code"]: one["eligible"] for one in candidates(haidian)}
    assert eligible == {mine: False, theirs: True}


def test_a_districts_own_conditions_are_used_and_not_called_ours(haidian) -> None:
    (code,) = concluded(haidian, [1])
    sanction(haidian, code)
    assert candidates(haidian)[0]["default"] is True
    standard = haidian.archive.with_name("standard.yaml")
    haidian("assess", "standard", "export", standard).ok()
    text = standard.read_text(encoding="utf-8")
    assert "no_sanction: true" in text
    text = text.replace("no_sanction: true", "no_sanction: false")
    standard.write_text(text, encoding="utf-8")
    haidian("assess", "standard", "use", standard).ok()
    (found,) = candidates(haidian)
    assert (found["eligible"], found["default"]) == (True, False)
    assert "默认条件" not in haidian("recommend", "candidates").ok().out


def test_a_band_of_the_old_standard_still_rules_out_under_renamed_bands(haidian) -> None:
    (code,) = concluded(haidian, [1], less=60)
    assert candidates(haidian)[0]["reasons"] == ["评估等次为不合格"]
    standard = haidian.archive.with_name("standard.yaml")
    haidian("assess", "standard", "export", standard).ok()
    renamed = standard.read_text(encoding="utf-8").replace("不合格", "差")
    standard.write_text(renamed, encoding="utf-8")
    haidian("assess", "standard", "use", standard).ok()
    assert candidates(haidian)[0]["reasons"] == ["评估等次为不合格"]
    assert candidates(haidian)[0]["code"] == code


def test_a_closed_agency_stays_visible_where_it_was_assessed(haidian) -> None:
    (code,) = concluded(haidian, [1])
    haidian.add("北京乙人力资源有限公司", code_of(2))
    for one in (code, code_of(2)):
        haidian("agency", "close", one, "--date", "2013-10-09", "--reason", "注销").ok()
    (found,) = candidates(haidian)
    assert (found["code"], found["reasons"]) == (code, ["机构已终止"])


def test_passing_over_a_graded_agency_is_told_with_its_name(haidian) -> None:
    (graded,) = concluded(haidian, [1], grade="AA")
    (plain,) = concluded(haidian, [2])
    recommend(haidian, plain).ok()
    status, found = check(haidian, "海淀")
    assert status == 0
    (warning,) = found["warnings"]
    assert (warning["code"], warning["clause"]) == ("priority-passed-over", "三(七)")
    assert "北京甲1人力资源有限公司" in warning["message"]
    recommend(haidian, graded).ok()
    assert check(haidian, "海淀")[1]["warnings"] == []


# Quotas.


def write_quotas(hri: Hri, text: str):
    path = hri.archive.with_name("quotas.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def quotas_of(year: int, total: int = 130, **changed: int) -> str:
    quotas = {code: quota for code, (_, quota) in ANNEX_2.items()} | changed
    lines = [f"  {code}: {quota}" for code, quota in quotas.items()]
    return "\n".join([f"year: {year}", f"total: {total}", "quotas:", *lines, ""])


def test_another_years_quotas_are_used_for_that_year_alone(city) -> None:
    start_campaign(city, 2014)
    missing = city("recommend", "check-quota", *JSON)
    assert (missing.status, missing.error["code"]) == (4, "quotas-missing")
    path = write_quotas(city, quotas_of(2014, huairou=4, miyun=2))
    used = city("recommend", "quotas", "use", path, *JSON).ok().json
    assert (used["year"], used["total"], used["quotas"]["huairou"]) == (2014, 130, 4)
    assert check(city, "怀柔")[1]["quota"] == 4
    assert check(city, "怀柔", "--year", "2013")[1]["quota"] == 3
    shown = city("recommend", "quotas", "show", "--year", "2013", *JSON).ok().json
    assert shown["quotas"] == {code: quota for code, (_, quota) in ANNEX_2.items()}
    assert shown["adopted"] is None
    before = journal(city.archive)
    assert city("recommend", "quotas", "use", path, *JSON).ok().json == used
    assert journal(city.archive) == before


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        (quotas_of(2014, total=131), 3, "quotas-refused"),
        (quotas_of(2014, huairou=4), 3, "quotas-refused"),
        (quotas_of(2014).replace("  kaifaqu: 3\n", ""), 3, "quotas-refused"),
        (quotas_of(2014).replace("huairou: 3", "huairou: -3"), 3, "quotas-refused"),
        (quotas_of(2014).replace("  miyun", "  nowhere"), 3, "quotas-refused"),
        (quotas_of(2013, huairou=4, miyun=2), 1, "quotas-fixed"),
    ],
)
def test_quotas_that_do_not_hold_are_refused_and_nothing_is_written(
    city, text, status, code
) -> None:
    before = journal(city.archive)
    ran = city("recommend", "quotas", "use", write_quotas(city, text), *JSON)
    assert (ran.status, ran.error["code"]) == (status, code)
    assert journal(city.archive) == before


def test_a_year_without_quotas_takes_recommendations_and_says_so(city) -> None:
    start_campaign(city, 2014)
    (code,) = concluded(city, [1], district="huairou", year=2014)
    ran = recommend(city, code).ok()
    assert "没有2014年的推荐名额" in ran.err


def test_a_years_quotas_are_shown_before_its_campaign_is_started(city) -> None:
    assert city("recommend", "quotas", "show", *JSON).ok().json["id"] == "annex-2-2013"
    used = city("recommend", "quotas", "use", write_quotas(city, quotas_of(2014)), *JSON).ok().json
    assert city("recommend", "quotas", "show", "--year", "2014", *JSON).ok().json == used
    missing = city("recommend", "quotas", "show", "--year", "2015", *JSON)
    assert (missing.status, missing.error["code"]) == (4, "quotas-missing")


@pytest.mark.parametrize("name", ["sum.exe", "自评总结", "a.docx.zip", "扫描件.JPG"])
def test_a_self_summary_is_a_document(huairou, tmp_path, name) -> None:
    (code,) = concluded(huairou, [1])
    (tmp_path / name).write_bytes(b"x")
    command = ("recommend", "add", code, "--reason", "好", "--self-summary", tmp_path / name)
    ran = huairou(*command, *JSON)
    assert (ran.status, ran.error["code"]) == (3, "self-summary-refused")
    assert ".docx" in ran.error["hint"]
    assert huairou("recommend", "list", *JSON).json == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"no document"),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.odt", "自评总结".encode()),
        ("a.pdf", b"%PDF-1.4\n%%EOF"),
        ("a.pdf", "自评总结".encode()),
        ("a.doc", "自评总结".encode()),
        ("a.rtf", b"{\\rtf1 }"),
        ("a.txt", b" \n \n"),
        ("a.html", b"<html><body><img src='x'/></body></html>"),
    ],
)
def test_a_self_summary_without_text_of_its_kind_is_refused(
    huairou, tmp_path, name, content
) -> None:
    (code,) = concluded(huairou, [1])
    (tmp_path / name).write_bytes(content)
    command = ("recommend", "add", code, "--reason", "好", "--self-summary", tmp_path / name)
    ran = huairou(*command, *JSON)
    assert (ran.status, ran.error["code"]) == (3, "self-summary-refused")


def test_a_pdf_made_here_is_a_readable_self_summary() -> None:
    paper = Paper("<article><h1>自评总结</h1><p>诚信服务。</p></article>")
    assert has_text(to_pdf(paper), ".pdf")
    assert has_text(to_docx(paper), ".docx")
    assert has_text(rb"{\rtf1\ansi \u35802 ?\u20449 ?}", ".rtf")
    assert has_text("<p>诚信</p>".encode(), ".html")
