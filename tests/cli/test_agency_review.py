"""`hri agency review`, `penalty` and `records`; `hri archive withdraw`; `hri reward`."""

from __future__ import annotations

import datetime as dt

import pytest

from assessing import opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.campaign import CreationTitle
from hrintegrity.duties import agencies
from running import JSON, code_of, journal
from year_round import record, refused, rows, two_agencies

ALL_FAIL = ("--publicity", "fail", "--pledge", "fail", "--ledger", "fail", "--feedback", "fail")


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def review(hri, result, date, year="2013"):
    return hri("agency", "review", "甲", "--year", year, "--result", result, "--date", date, *JSON)


# Annual reviews and penalties


@pytest.mark.parametrize(
    ("result", "word"), [("通过", "passed"), ("暂缓通过", "deferred"), ("未通过", "failed")]
)
def test_a_review_is_recorded_in_the_notices_words(haidian, codes, result, word):
    found = review(haidian, result, "2013-06-01").ok().json
    assert list(found) == ["id", "code", "name", "year", "result", "date", "sanction"]
    assert (found["year"], found["result"], found["sanction"]) == (2013, word, None)


def test_a_deferred_review_is_done_again_and_the_same_one_is_not(haidian, codes):
    review(haidian, "deferred", "2013-06-01").ok()
    ran = review(haidian, "passed", "2013-07-01").ok()
    assert "已于" not in ran.err
    refused(review(haidian, "passed", "2013-07-01"), 4, "review-exists")


def test_a_second_result_of_a_year_is_pointed_out(haidian, codes):
    review(haidian, "passed", "2013-06-01").ok()
    ran = haidian(
        "agency", "review", "甲", "--year", "2013", "--result", "failed", "--date", "2013-06-02"
    ).ok()
    assert "已于 2013-06-01 登记为通过" in ran.err
    assert review(haidian, "passed", "2012-06-01", year="2012").ok().err == ""


def test_a_penalty_is_recorded_once(haidian, codes):
    penalty = ("agency", "penalty", "甲", "--authority", "海淀工商分局", "--date", "2013-05-01")
    found = record(haidian, *penalty, "--basis", "虚假宣传")
    assert list(found) == ["id", "code", "name", "date", "authority", "basis"]
    refused(haidian(*penalty, "--basis", "虚假宣传", *JSON), 4, "penalty-exists")
    haidian(*penalty, "--basis", "无照经营").ok()
    assert haidian(*penalty, "--basis", " ").status == 2


# Rewards


@pytest.mark.parametrize(
    "kind", ["qualification", "expansion", "funding", "publicity", "policy", "honour"]
)
def test_a_reward_of_each_kind_is_recorded_and_listed(haidian, codes, kind):
    found = record(
        haidian, "reward", "grant", "甲", "--kind", kind, "--date", "2013-09-01", "--note", "支持"
    )
    assert list(found)[:6] == ["id", "agency", "code", "kind", "date", "note"]
    assert rows(haidian, "reward", "list") == [found]
    assert rows(haidian, "reward", "list", "乙") == []


def test_a_reward_is_granted_once_and_by_the_notices_words_only(haidian, codes):
    grant = ("reward", "grant", "甲", "--date", "2013-09-01", "--note", "支持", "--kind")
    haidian(*grant, "媒体宣传推介").ok()
    refused(haidian(*grant, "publicity", *JSON), 4, "reward-exists")
    assert haidian(*grant, "减税").status == 2


def test_a_reward_after_a_late_penalty_is_pointed_out(haidian, codes):
    penalty = ("agency", "penalty", "甲", "--authority", "工商局", "--basis", "虚假宣传")
    haidian(*penalty, "--date", "2013-05-20").ok()
    grant = ("reward", "grant", "甲", "--kind", "funding", "--note")
    assert "受过工商局的行政处罚" in haidian(*grant, "贴息", "--date", "2013-10-09").ok().err
    assert "行政处罚" not in haidian(*grant, "贴息", "--date", "2013-05-19").ok().err


def test_the_citys_rewards_are_listed_by_district(city):
    for number, district in ((3, "朝阳"), (4, "海淀")):
        city.add(f"北京第{number}人力资源有限公司", code_of(number), "--district", district)
        city(
            "reward", "grant", code_of(number), "--kind", "honour", "--date", "2013-09-01",
            "--note", "表彰",
        ).ok()  # fmt: skip
    assert len(rows(city, "reward", "list")) == 2
    found = rows(city, "reward", "list", "--district", "朝阳")
    assert [one["code"] for one in found] == [code_of(3)]


# Withdrawing


def everything(hri):
    """One record of each kind for 甲; return them as `records` lists them."""
    hri("agency", "educate", "甲", "--date", "2013-03-01").ok()
    hri("agency", "pledge", "甲", "--date", "2013-03-02").ok()
    hri("agency", "staff", "add", "甲", "--name", "王小明", "--since", "2013-03-03").ok()
    hri("inspect", "record", "甲", "--date", "2013-03-04", *ALL_FAIL).ok()
    hri(
        "complaint", "add", "甲", "--received", "2013-03-05", "--channel", "other",
        "--subject", "收费", "--from", "李四",
    ).ok()  # fmt: skip
    review(hri, "passed", "2013-03-06").ok()
    hri(
        "agency", "penalty", "甲", "--authority", "工商", "--basis", "虚假宣传",
        "--date", "2013-03-07",
    ).ok()  # fmt: skip
    hri("reward", "grant", "甲", "--kind", "honour", "--date", "2013-03-08", "--note", "表彰").ok()
    return rows(hri, "agency", "records", "甲")


KINDS = {
    "education": 1, "pledge": 1, "employment": 2, "inspection": 5, "complaint": 2, "review": 1,
    "penalty": 1, "reward": 1,
}  # fmt: skip
"""Each kind of record, and how many rows go with one of them above."""


def test_an_agencys_records_are_listed_by_day_with_their_ids(haidian, codes):
    found = everything(haidian)
    assert list(found[0]) == ["id", "what", "date", "text"]
    assert [one["what"] for one in found] == list(KINDS)
    assert rows(haidian, "agency", "records", "乙") == []


def test_each_record_is_taken_back_with_what_belongs_to_it_and_its_trace_stays(haidian, codes):
    for one in everything(haidian):
        before = len(journal(haidian.archive))
        found = record(haidian, "archive", "withdraw", one["id"], "--reason", "误登")
        assert (found["records"], found["code"]) == (KINDS[one["what"]], codes[0])
        added = journal(haidian.archive, ("action", "reason", "before"))[before:]
        assert len(added) == KINDS[one["what"]]
        assert all((action, reason) == ("delete", "误登") for action, reason, _ in added)
        assert all(was for _, _, was in added)
        again = haidian("archive", "withdraw", one["id"], "--reason", "误登", *JSON)
        refused(again, 4, "record-missing")
    assert rows(haidian, "agency", "records", "甲") == []
    assert haidian("archive", "verify").status == 0


def test_what_was_taken_back_can_be_entered_again(haidian, codes):
    first = everything(haidian)
    for one in first:
        haidian("archive", "withdraw", one["id"], "--reason", "误登").ok()
    second = everything(haidian)
    assert [one["text"] for one in second] == [one["text"] for one in first]


def test_a_reason_is_needed(haidian, codes):
    pledge = everything(haidian)[1]["id"]
    assert haidian("archive", "withdraw", pledge).status == 2
    assert haidian("archive", "withdraw", pledge, "--reason", " ").status == 2


def test_a_gap_goes_with_its_inspection_only(haidian, codes):
    everything(haidian)
    gap = rows(haidian, "inspect", "list")[0]["id"]
    error = refused(
        haidian("archive", "withdraw", gap, "--reason", "误登", *JSON), 4, "record-elsewhere"
    )
    assert "hri inspect reopen" in error["hint"]


def test_a_person_with_a_sanction_or_a_title_stays(haidian, codes):
    person = record(haidian, "agency", "staff", "add", "甲", "--name", "王小明")
    with opened(haidian) as archive:
        row = CreationTitle(
            agency_id=agencies.find(archive, codes[0]).id,
            practitioner_id=person["id"],
            year=2013,
            title="worker",
            date=dt.date(2013, 10, 9),
        )
        writer.insert(archive, row)
    for identity in (person["id"], person["employment"]):
        ran = haidian("archive", "withdraw", identity, "--reason", "误登", *JSON)
        assert "创建称号" in refused(ran, 1, "depended-on")["message"]
    other = record(haidian, "agency", "staff", "add", "甲", "--name", "李四")
    haidian(
        "sanction", "impose", "甲", "--staff", other["id"], "--kind", "interview",
        "--grounds", "泄露信息", "--date", "2013-10-09",
    ).ok()  # fmt: skip
    ran = haidian("archive", "withdraw", other["id"], "--reason", "误登", *JSON)
    assert "惩戒" in refused(ran, 1, "depended-on")["message"]


def test_a_person_who_moved_keeps_their_other_work(haidian, codes):
    person = record(haidian, "agency", "staff", "add", "甲", "--name", "王小明")
    moved = record(haidian, "agency", "staff", "move", person["id"], "乙", "--date", "2013-10-09")
    found = record(haidian, "archive", "withdraw", moved["employment"], "--reason", "误登")
    assert (found["what"], found["records"]) == ("employment", 1)
    assert rows(haidian, "agency", "staff", "list", "乙", "--all") == []
    assert len(rows(haidian, "agency", "staff", "list", "甲", "--all")) == 1


def test_a_review_that_a_sanction_wrote_goes_with_the_sanction(haidian, codes):
    impose = ("sanction", "impose", "甲", "--grounds", "弄虚作假", "--date", "2013-10-09")
    imposed = record(
        haidian, *impose, "--kind", "defer-review", "--review-year", "2013", "--basis",
        "《人才市场管理规定》第三十条", "--serious",
    )  # fmt: skip
    (review_row,) = [
        one for one in rows(haidian, "agency", "records", "甲") if one["what"] == "review"
    ]
    ran = haidian("archive", "withdraw", review_row["id"], "--reason", "误登", *JSON)
    assert imposed["id"] in refused(ran, 1, "depended-on")["hint"]
    ran = haidian("archive", "withdraw", imposed["id"], "--reason", "误登", *JSON)
    assert "hri sanction withdraw" in refused(ran, 4, "record-elsewhere")["hint"]


def test_a_review_dated_before_its_year_is_pointed_out(haidian, codes):
    given = ("agency", "review", codes[0], "--year", "2013", "--result", "passed", "--date")
    assert "日期 2012-12-16 早于年审的年度 2013" in haidian(*given, "2012-12-16").ok().err
    assert "早于" not in haidian(*given, "2013-10-01").ok().err


def test_each_value_of_a_record_says_what_it_is(haidian, codes):
    everything(haidian)
    said = {one["what"]: one["text"] for one in rows(haidian, "agency", "records", "甲")}
    assert "公示 " in said["inspection"]
    assert "检查方 " in said["inspection"]
    assert said["pledge"].endswith("没有写明")
    assert said["review"].startswith("年度 ")
