"""`hri inspect`: draws, inspections, gaps and their mending."""

from __future__ import annotations

import re

import pytest

from hrintegrity.rules import draw as rules
from running import JSON, code_of, journal
from year_round import record, refused, rows, table, two_agencies

ALL_PASS = ("--publicity", "pass", "--pledge", "pass", "--ledger", "pass", "--feedback", "pass")
TWO_FAIL = ("--publicity", "pass", "--pledge", "不合格", "--ledger", "合格", "--feedback", "fail")
GAP_KEYS = ["id", "agency", "code", "system", "lacks", "found", "deadline", "mended"]
"""Typed by hand, as docs/contract.md promises."""
HEADER = "机构名称 检查日期 公示 承诺 台账 反馈 公约 检查方 部门 备注 整改期限".split()  # noqa: SIM905 — a header.
A, B = "北京甲人力资源有限公司", "北京乙人力资源有限公司"


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def visit(hri, agency, date, *more):
    return hri("inspect", "record", agency, "--date", date, *more, *JSON)


def gaps(hri, *more, today=None):
    return hri("inspect", "list", *more, *JSON, today=today).ok().json


# Recording


def test_an_inspection_without_a_gap_is_kept(haidian, codes):
    found = visit(haidian, codes[0], "2013-10-08", *ALL_PASS).ok().json
    assert (found["by"], found["convention"], found["gaps"]) == ("district", None, [])
    assert gaps(haidian) == []
    assert rows(haidian, "inspect", "visits") == [found]


def test_each_system_that_failed_is_a_gap_until_the_end_of_the_month(haidian, codes):
    visit(haidian, codes[0], "2013-10-08", *TWO_FAIL, "--convention", "fail").ok()
    found = gaps(haidian)
    assert list(found[0])[: len(GAP_KEYS)] == GAP_KEYS
    assert [(g["system"], g["found"], g["deadline"], g["mended"]) for g in found] == [
        ("pledge", "2013-10-08", "2013-10-31", None),
        ("feedback", "2013-10-08", "2013-10-31", None),
        ("convention", "2013-10-08", "2013-10-31", None),
    ]
    assert {(g["agency"], g["code"]) for g in found} == {(A, codes[0])}


@pytest.mark.parametrize(
    ("date", "deadline", "said"),
    [
        ("2013-10-31", None, ""),
        ("2013-10-08", "2013-10-31", ""),
        ("2013-10-08", "2013-11-01", "通知要求在主题活动期间补建"),
        ("2013-10-08", "2013-10-07", "早于检查日期"),
        ("2013-11-01", "2013-11-20", ""),
    ],
)
def test_a_deadline_is_taken_and_an_odd_one_pointed_out(haidian, codes, date, deadline, said):
    more = ("--deadline", deadline) if deadline else ()
    ran = haidian(
        "inspect", "record", codes[0], "--date", date, *TWO_FAIL, *more, today="2013-12-01"
    ).ok()
    assert gaps(haidian)[0]["deadline"] == (deadline or "2013-10-31")
    assert said in ran.err if said else ran.err == ""


def test_a_gap_found_after_the_month_needs_a_deadline(haidian, codes):
    before = journal(haidian.archive)
    ran = haidian(
        "inspect", "record", codes[0], "--date", "2013-11-01", *TWO_FAIL, *JSON, today="2013-11-01"
    )
    assert refused(ran, 2, "deadline-missing")["clause"] == "三(四) 二"
    assert journal(haidian.archive) == before
    late = ("inspect", "record", codes[0], "--date", "2013-11-01", *ALL_PASS)
    haidian(*late, today="2013-11-01").ok()


def test_a_deadline_without_a_gap_is_pointed_out(haidian, codes):
    ran = haidian(
        "inspect", "record", codes[0], "--date", "2013-10-08", *ALL_PASS, "--deadline", "2013-10-20"
    ).ok()
    assert "没有用上" in ran.err


def test_the_year_chooses_the_campaign(haidian, codes):
    start = ("campaign", "start", "--year", "2014", "--from", "2014-10-01", "--to", "2014-10-30")
    haidian(*start, "--deadline", "2014-11-05").ok()
    visit(haidian, codes[0], "2013-10-08", *TWO_FAIL, "--year", "2013").ok()
    visit(haidian, codes[1], "2014-10-08", *TWO_FAIL).ok()
    assert [g["deadline"] for g in gaps(haidian)][::2] == ["2013-10-31", "2014-10-30"]
    assert [g["found"][:4] for g in gaps(haidian, "--year", "2014")] == ["2014"] * 2
    for what in ("list", "visits"):
        ran = haidian("inspect", what, "--year", "2099", *JSON)
        assert (ran.status, ran.error["code"]) == (4, "campaign-missing")


@pytest.mark.parametrize("by", ["city", "district", "association", "peer", "self"])
def test_who_inspected_and_which_department_are_kept(haidian, codes, by):
    found = visit(
        haidian, codes[0], "2013-10-08", *ALL_PASS, "--by", by, "--department", "劳动监察",
        "--note", "随机抽查",
    ).ok().json  # fmt: skip
    assert (found["by"], found["department"], found["note"]) == (by, "labour", "随机抽查")


def test_a_municipal_agency_is_inspected_by_the_city(city):
    city.add("北京丙人力资源有限公司", code_of(3), "--district", "市属")
    assert visit(city, code_of(3), "2013-10-08", *ALL_PASS).ok().json["by"] == "city"


def test_the_same_inspection_twice_is_already_there(haidian, codes):
    visit(haidian, codes[0], "2013-10-08", *ALL_PASS).ok()
    refused(visit(haidian, codes[0], "2013-10-08", *TWO_FAIL), 4, "inspection-exists")
    visit(haidian, codes[0], "2013-10-08", *TWO_FAIL, "--by", "association").ok()
    visit(haidian, codes[0], "2013-10-09", *ALL_PASS).ok()


@pytest.mark.parametrize("missing", ["--publicity", "--pledge", "--ledger", "--feedback"])
def test_all_four_systems_are_looked_at(haidian, codes, missing):
    given = [part for i in range(0, 8, 2) for part in ALL_PASS[i : i + 2] if ALL_PASS[i] != missing]
    assert refused(visit(haidian, codes[0], "2013-10-08", *given), 2, "missing-option")


# Mending


def test_a_gap_is_open_until_mended_and_overdue_after_its_last_day(haidian, codes):
    visit(haidian, codes[0], "2013-10-08", *TWO_FAIL).ok()
    first, second = gaps(haidian, "--open")
    assert gaps(haidian, "--overdue", today="2013-10-31") == []
    overdue = gaps(haidian, "--overdue", today="2013-11-01")
    assert [g["id"] for g in overdue] == [first["id"], second["id"]]
    assert overdue[0]["overdue"] is True
    mended = record(haidian, "inspect", "mend", first["id"], "--date", "2013-10-10")
    assert mended["mended"] == "2013-10-10"
    assert [g["id"] for g in gaps(haidian, "--open")] == [second["id"]]
    assert [g["id"] for g in gaps(haidian, "--overdue", today="2013-11-01")] == [second["id"]]
    assert len(gaps(haidian)) == 2


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2013-10-07", "早于发现日期"),
        ("2013-10-08", ""),
        ("2013-10-31", ""),
        ("2013-11-01", "晚于期限"),
    ],
)
def test_a_day_of_mending_out_of_order_warns(haidian, codes, date, said):
    visit(haidian, codes[0], "2013-10-08", *TWO_FAIL).ok()
    gap = gaps(haidian)[0]["id"]
    ran = haidian("inspect", "mend", gap, "--date", date, today="2013-12-01").ok()
    assert said in ran.err if said else ran.err == ""


def test_a_mended_gap_is_corrected_with_a_reason_and_reopened(haidian, codes):
    visit(haidian, codes[0], "2013-10-08", *TWO_FAIL).ok()
    gap = gaps(haidian)[0]["id"]
    refused(haidian("inspect", "reopen", gap, "--reason", "误登", *JSON), 1, "not-mended")
    mend = ("inspect", "mend", gap, "--date")
    haidian(*mend, "2013-10-09").ok()
    refused(haidian(*mend, "2013-10-10", *JSON), 1, "already-mended")
    refused(haidian(*mend, "2013-10-09", "--reason", "笔误", *JSON), 1, "nothing-changed")
    assert record(haidian, *mend, "2013-10-10", "--reason", "笔误")["mended"] == "2013-10-10"
    assert record(haidian, "inspect", "reopen", gap, "--reason", "误登")["mended"] is None
    assert journal(haidian.archive, ("reason",))[-2:] == [("笔误",), ("误登",)]


def test_an_unknown_gap_is_not_found(haidian):
    refused(haidian("inspect", "mend", "x", "--date", "2013-10-08", *JSON), 4, "record-missing")


def test_a_list_is_of_one_agency_where_one_is_named(haidian, codes):
    for code in codes:
        visit(haidian, code, "2013-10-08", *TWO_FAIL).ok()
    assert {g["code"] for g in gaps(haidian, codes[1])} == {codes[1]}
    assert [v["code"] for v in rows(haidian, "inspect", "visits", codes[1])] == [codes[1]]


def test_an_empty_list_as_csv_still_has_its_header(haidian):
    ran = haidian("inspect", "list", "-f", "csv").ok()
    assert ran.out.split(",")[:8] == GAP_KEYS


# Drawing


def drawn(hri, *more):
    return hri("inspect", "draw", *more, *JSON).ok().json


@pytest.fixture
def many(haidian):
    for number in range(1, 18):
        haidian.add(f"北京第{number}人力资源有限公司", code_of(number))
    haidian("agency", "close", code_of(17), "--date", "2013-10-08", "--reason", "注销").ok()
    return [code_of(number) for number in range(1, 17)]


def test_a_draw_is_that_of_the_page_and_says_what_it_was_drawn_from(haidian, many):
    found = drawn(haidian, "--count", "5", "--seed", "二〇一三")
    assert found == {
        "seed": "二〇一三",
        "population": 16,
        "population_sha256": rules.population_sha256(many),
        "excluded": [],
        "drawn": rules.draw(many, "二〇一三", 5),
    }
    assert list(found) == ["seed", "population", "population_sha256", "excluded", "drawn"]
    assert drawn(haidian, "--count", "5", "--seed", "二〇一三") == found
    assert len(drawn(haidian, "--count", "10%", "--seed", "8")["drawn"]) == 2


def test_without_a_seed_a_fresh_one_is_made_and_shown(haidian, many):
    first, second = drawn(haidian, "--count", "16"), drawn(haidian, "--count", "16")
    assert re.fullmatch(r"[0-9a-f]{32}", first["seed"])
    assert first["seed"] != second["seed"]
    assert drawn(haidian, "--count", "16", "--seed", first["seed"]) == first
    ran = haidian("inspect", "draw", "--count", "3").ok()
    assert re.search(r"种子 [0-9a-f]{32}\n", ran.out)


def test_who_is_excluded_is_said_and_not_drawn(haidian, many):
    out = ("--exclude", many[0], "--exclude", "第16人力")
    found = drawn(haidian, "--count", "100%", "--seed", "8", *out)
    assert found["excluded"] == sorted([many[0], many[15]])
    assert sorted(found["drawn"]) == sorted(many[1:15])
    assert found["population_sha256"] == rules.population_sha256(many[1:15])


def test_excluding_who_can_not_be_drawn_is_pointed_out(haidian, many):
    ran = haidian("inspect", "draw", "--count", "3", "--exclude", code_of(17)).ok()
    assert "本来就不在抽查范围里" in ran.err


def test_more_than_there_are_and_a_seed_that_can_not_be_told_are_wrong_usage(haidian, many):
    ran = haidian("inspect", "draw", "--count", "17", *JSON)
    assert "只有 16 家" in refused(ran, 2, "count-too-large")["message"]
    refused(haidian("inspect", "draw", "--count", "1", "--seed", "", *JSON), 2, "seed-refused")
    for count in ("0", "101%", "三"):
        assert haidian("inspect", "draw", "--count", count).status == 2


def test_a_draw_writes_nothing(haidian, many):
    before = journal(haidian.archive)
    drawn(haidian, "--count", "3")
    assert journal(haidian.archive) == before


def test_the_city_draws_from_all_districts_or_from_one(city):
    city.add("北京丙人力资源有限公司", code_of(3), "--district", "朝阳")
    city.add("北京丁人力资源有限公司", code_of(4), "--district", "海淀")
    assert drawn(city, "--count", "100%")["population"] == 2
    assert drawn(city, "--count", "100%", "--district", "朝阳区")["drawn"] == [code_of(3)]
    assert drawn(city, "--count", "10%", "--district", "怀柔")["drawn"] == []


def test_a_draw_as_csv_names_the_agencies(haidian, many):
    lines = haidian("inspect", "draw", "--count", "2", "--seed", "8", "-f", "csv").ok().out
    assert lines.splitlines()[0] == "place,code,name,district,id"
    assert [line.split(",")[1] for line in lines.splitlines()[1:]] == rules.draw(many, "8", 2)


# Import


def put(hri, tmp_path, *lines, more=(), today=None):
    file = table(tmp_path / "inspect.csv", HEADER, *lines)
    return hri("inspect", "import", file, *more, *JSON, today=today)


PASS = ["合格"] * 4
ONE = [A, "2013-10-08", *PASS, "合格", "行业协会", "市场管理", "自查互查", ""]
OTHER = [B, "2013-10-09", "合格", "不合格", "合格", "合格", "不合格", "", "", "", ""]


def test_inspections_are_imported_with_their_gaps(haidian, codes, tmp_path):
    assert put(haidian, tmp_path, ONE, OTHER).ok().json["added"] == 2
    first, second = rows(haidian, "inspect", "visits")
    assert (first["by"], first["department"], first["note"]) == (
        "association",
        "market",
        "自查互查",
    )
    assert (second["by"], second["department"]) == ("district", None)
    assert [(g["system"], g["deadline"]) for g in second["gaps"]] == [
        ("pledge", "2013-10-31"),
        ("convention", "2013-10-31"),
    ]


def test_the_same_file_twice_changes_nothing(haidian, codes, tmp_path):
    put(haidian, tmp_path, ONE, OTHER).ok()
    haidian("inspect", "mend", gaps(haidian)[0]["id"], "--date", "2013-10-10").ok()
    before = journal(haidian.archive)
    for more in ((), ("--on-duplicate", "update")):
        assert put(haidian, tmp_path, ONE, OTHER, more=more).ok().json["unchanged"] == 2
    assert journal(haidian.archive) == before


def test_a_verdict_that_changes_makes_a_gap_or_takes_it_away(haidian, codes, tmp_path):
    put(haidian, tmp_path, OTHER).ok()
    kept = gaps(haidian)[1]
    changed = [B, "2013-10-09", "不合格", "合格", "合格", "合格", "不合格", "", "", "", ""]
    refused(put(haidian, tmp_path, changed), 3, "rows-refused")
    update = ("--on-duplicate", "update")
    assert put(haidian, tmp_path, changed, more=update).ok().json["updated"] == 1
    assert [g["system"] for g in gaps(haidian)] == ["convention", "publicity"]
    assert gaps(haidian)[0] == kept
    later = [*changed[:-1], "2013-10-20"]
    assert put(haidian, tmp_path, later, more=update).ok().json["updated"] == 1
    assert {g["deadline"] for g in gaps(haidian)} == {"2013-10-20"}


def test_a_mending_that_goes_with_a_corrected_verdict_is_told(haidian, codes, tmp_path):
    put(haidian, tmp_path, OTHER).ok()
    haidian("inspect", "mend", gaps(haidian)[0]["id"], "--date", "2013-10-10").ok()
    corrected = [B, "2013-10-09", *PASS, "合格", "", "", "", ""]
    found = put(haidian, tmp_path, corrected, more=("--on-duplicate", "update")).ok().json
    assert ["1 个已登记补建的缺项" in remark for remark in found["remarks"]] == [True]
    assert gaps(haidian) == []


def test_gaps_of_last_year_are_told_once_for_the_file(haidian, codes, tmp_path):
    days = ("--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")
    haidian("campaign", "start", "--year", "2014", *days).ok()
    found = put(haidian, tmp_path, OTHER).ok().json
    assert ["2 个缺项查出的日期不在2014年" in remark for remark in found["remarks"]] == [True]


def test_a_late_deadline_is_told_once_for_the_file(haidian, codes, tmp_path):
    late = [*OTHER[:-1], "2013-11-20"]
    found = put(haidian, tmp_path, ONE, late).ok().json
    assert ["2 个缺项的补建期限" in remark for remark in found["remarks"]] == [True]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ([B, "2013-11-01", "不合格", *PASS[1:], "", "", "", "", ""], "整改期限", "要有补建期限"),
        ([B, "2013-10-09", "尚可", *PASS[1:], "", "", "", "", ""], "公示", "只能是"),
        ([B, "2013-10-09", "", *PASS[1:], "", "", "", "", ""], "公示", "没有填写"),
        ([B, "", *PASS, "", "", "", "", ""], "检查日期", "没有填写"),
        (["北京丁公司", "2013-10-09", *PASS, "", "", "", "", ""], "机构名称", "没有这家机构"),
        ([B, "2013-10-09", *PASS, "", "记者", "", "", ""], "检查方", "只能是"),
    ],
)
def test_a_wrong_row_is_named(haidian, codes, tmp_path, line, column, reason):
    ran = put(haidian, tmp_path, ONE, line, today="2013-12-01")
    (detail,) = refused(ran, 3, "rows-refused")["details"]
    assert (detail["row"], detail["column"]) == (3, column)
    assert reason in detail["reason"]
    assert rows(haidian, "inspect", "visits") == []


def test_a_gap_found_after_the_month_keeps_its_deadline_on_another_import(haidian, codes, tmp_path):
    line = [B, "2013-11-05", "不合格", *PASS[1:], "", "", "", "", "2013-11-30"]
    put(haidian, tmp_path, line, today="2013-12-01").ok()
    noted = [*line[:-2], "复查", ""]
    more = ("--on-duplicate", "update")
    assert put(haidian, tmp_path, noted, more=more, today="2013-12-01").ok().json["updated"] == 1
    assert [g["deadline"] for g in gaps(haidian)] == ["2013-11-30"]


def test_bad_rows_go_to_the_rejects_and_the_good_ones_in(haidian, codes, tmp_path):
    rejects = tmp_path / "r.csv"
    bad = [B, "2013-10-09", "尚可", *PASS[1:], "", "", "", "", ""]
    found = put(haidian, tmp_path, ONE, bad, more=("--rejects", str(rejects))).ok().json
    assert (found["added"], found["rejected"]) == (1, 1)
    assert "只能是" in rejects.read_text(encoding="utf-8-sig").splitlines()[1]
