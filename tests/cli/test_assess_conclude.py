"""Concluding, objections, reopening: a result is fixed, and what was fixed is kept."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlmodel import select

from assessing import opened, rate, result, scores, start_campaign
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.duties.assessment import kept
from hrintegrity.rules.case import AgencyFacts
from running import JSON, Hri, code_of, journal, tamper

JIA, YI, BING = code_of(1), code_of(2), code_of(3)


@pytest.fixture
def office(haidian) -> Hri:
    for name, code in (("北京甲公司", JIA), ("北京乙公司", YI), ("北京丙公司", BING)):
        haidian.add(name, code)
    rate(haidian, JIA, scores(less={16: 1})).ok()
    rate(haidian, YI, scores(less={16: 2})).ok()
    return haidian


def refused(ran, status: int, code: str) -> None:
    assert (ran.status, ran.error["code"], ran.out) == (status, code, "")


def test_one_conclusion_is_told_as_a_record(office) -> None:
    ran = office("assess", "conclude", JIA)
    assert ran.ok().out == "已评定北京甲公司：99.00 分，优秀（没有自我评价、群众评价）。\n"
    view = office("assess", "conclude", YI, *JSON).ok().json
    known = {
        "code": YI, "name": "北京乙公司", "year": 2013, "sequence": 1, "date": "2013-10-10",
        "total": 98, "band": "优秀", "status": "concluded",
    }  # fmt: skip
    assert {key: view[key] for key in known} == known
    assert [one["code"] for one in view["concluded"]] == [YI]
    missing = {"code": YI, "name": "北京乙公司", "missing": ["self", "public"]}
    assert view["missing_sources"] == [missing]
    assert (view["doubts"], view["without_location"]) == ([], [])


def test_scores_that_the_records_contradict_are_named_where_they_are_concluded(office) -> None:
    office("agency", "edit", JIA, "--since", "2012-01-01").ok()
    ran = office("assess", "conclude", JIA, *JSON).ok()
    [doubt] = ran.json["doubts"]
    assert (doubt["code"], doubt["indicator"]) == (JIA, 3)
    assert "不到 3 年" in doubt["reason"]
    assert "1 家有评分与记录不符" in ran.err


def test_all_or_none_of_several_are_concluded(office) -> None:
    refused(office("assess", "conclude", JIA, BING, *JSON), 1, "no-sheets")
    assert result(office, JIA)["status"] == "open"
    found = office("assess", "conclude", JIA, YI, JIA, *JSON).ok().json
    assert [view["code"] for view in found["concluded"]] == [JIA, YI]
    refused(office("assess", "conclude", JIA, *JSON), 1, "concluded")


def test_agencies_or_all_but_not_both_and_not_neither(office) -> None:
    assert office("assess", "conclude").status == 2
    assert office("assess", "conclude", JIA, "--all").status == 2


def test_all_passes_over_those_without_sheets_and_says_how_many(office) -> None:
    ran = office("assess", "conclude", "--all")
    assert ran.ok().out == "已评定 2 家，其中 2 家缺少评价方式。\n"
    assert f"1 家没有评分表，未评定：北京丙公司（{BING}）" in ran.err
    found = office("assess", "conclude", "--all", *JSON).ok().json
    assert (found["concluded"], found["without_sheets"], found["already"]) == (
        [],
        [BING],
        2,
    )
    assert found["names"] == {BING: "北京丙公司"}


def test_a_closed_agency_without_sheets_is_not_counted_as_missing(office) -> None:
    office("agency", "close", BING, "--date", "2013-10-09", "--reason", "歇业").ok()
    office("agency", "close", YI, "--date", "2013-10-09", "--reason", "歇业").ok()
    found = office("assess", "conclude", "--all", *JSON).ok().json
    assert found["without_sheets"] == []
    assert [view["code"] for view in found["concluded"]] == [JIA, YI]


def test_all_of_a_district_leaves_the_others_alone(city) -> None:
    for code, district in ((JIA, "朝阳"), (YI, "海淀")):
        city("agency", "add", "--name", f"{district}公司", "--code", code, "--kind", "public",
             "--district", district).ok()  # fmt: skip
        rate(city, code).ok()
    found = city("assess", "conclude", "--all", "--district", "海淀", *JSON).ok().json
    assert [view["code"] for view in found["concluded"]] == [YI]
    assert result(city, JIA)["status"] == "open"


def test_a_conclusion_keeps_all_it_was_made_of(office) -> None:
    office("assess", "conclude", JIA).ok()
    before = result(office, JIA)
    with opened(office) as archive:
        row = archive.connection.exec_driver_sql(
            "SELECT standard, sheets, result, total, band FROM conclusion"
        ).one()
    assert json.loads(row[0])["name"] == "默认评估标准"
    [sheet] = json.loads(row[1])
    assert (sheet["source"], sheet["rater"], sum(sheet["scores"])) == ("expert", "王专家", 990)
    assert json.loads(row[2])["total"] == 99
    assert row[3:] == (9900, "优秀")
    assert before["total"] == 99


def test_a_conclusion_that_no_longer_adds_up_is_named_by_verify_and_still_read(office) -> None:
    office("assess", "conclude", JIA).ok()
    before = office("assess", "result", JIA, *JSON).ok().json
    tamper(office.archive, "UPDATE conclusion SET sheets = replace(sheets, '[30,', '[29,')")
    assert office("assess", "result", JIA, *JSON).ok().json == before
    found = office("archive", "verify", *JSON)
    assert found.status == 1
    reasons = [one["reason"] for one in found.json["problems"]]
    assert any("总分 99.00 不是评分表按所用标准得出的" in reason for reason in reasons)


def test_a_conclusion_whose_sheet_goes_beyond_its_standard_is_named_by_verify(office) -> None:
    office("assess", "conclude", JIA).ok()
    tamper(office.archive, "UPDATE conclusion SET sheets = replace(sheets, '[30,', '[31,')")
    found = office("archive", "verify", *JSON)
    reasons = [one["reason"] for one in found.json["problems"]]
    assert any("评分表与所用标准不合" in one and "3.1 分" in one for one in reasons)


def test_a_conclusion_keeps_what_a_standard_may_go_by_of_the_agency(office) -> None:
    office("agency", "edit", JIA, "--since", "2008-05-12", "--grade", "AAA").ok()
    office("assess", "conclude", JIA).ok()
    office("agency", "edit", JIA, "--since", "2012-12-01", "--grade", "A").ok()
    with opened(office) as archive:
        row = archive.session.exec(select(Conclusion)).one()
    assert kept.result(row).case.agency == AgencyFacts("commercial", "AAA", dt.date(2008, 5, 12))
    assert kept.result(row).case.day == row.date


def test_a_conclusion_from_before_those_were_kept_knows_nothing_of_the_agency(office) -> None:
    office("assess", "conclude", JIA).ok()
    before = office("assess", "explain", JIA, *JSON).ok().json
    tamper(office.archive, "UPDATE conclusion SET agency_facts = NULL")
    assert office("assess", "explain", JIA, *JSON).ok().json == before
    with opened(office) as archive:
        row = archive.session.exec(select(Conclusion)).one()
    assert kept.result(row).case.agency == AgencyFacts()


def test_an_objection_is_recorded_and_changes_no_result(office) -> None:
    refused(office("assess", "object", JIA, "--date", "2013-10-10", "--text", "不服", *JSON),
            1, "not-concluded")  # fmt: skip
    office("assess", "conclude", JIA).ok()
    view = office("assess", "object", JIA, "--date", "2013-10-10", "--text", "不服", *JSON)
    assert {**view.ok().json, "id": ""} == {
        "id": "", "code": JIA, "name": "北京甲公司", "year": 2013, "date": "2013-10-10",
        "text": "不服",
    }  # fmt: skip
    assert result(office, JIA)["total"] == 99
    assert office("assess", "object", JIA, "--date", "2013-10-10", "--text", " ").status == 2
    assert office("assess", "object", JIA, "--text", "不服").status == 2


def test_reopening_needs_a_reason_and_a_conclusion(office) -> None:
    refused(office("assess", "reopen", JIA, "--reason", "复核", *JSON), 1, "not-concluded")
    office("assess", "conclude", JIA).ok()
    assert office("assess", "reopen", JIA).status == 2
    assert office("assess", "reopen", JIA, "--reason", "　").status == 2
    view = office("assess", "reopen", JIA, "--reason", "异议成立", *JSON).ok().json
    assert (view["code"], view["sequence"], view["status"]) == (JIA, 1, "open")
    refused(office("assess", "reopen", JIA, "--reason", "又", *JSON), 1, "not-concluded")


def test_a_new_conclusion_counts_on_and_the_old_one_stays(office) -> None:
    for lost in (1, 2, 3):
        rate(office, JIA, scores(less={16: lost})).ok()
        view = office("assess", "conclude", JIA, *JSON).ok().json
        assert (view["sequence"], view["total"]) == (lost, 100 - lost)
        office("assess", "reopen", JIA, "--reason", f"第{lost}次").ok()
    with opened(office) as archive:
        rows = archive.connection.exec_driver_sql(
            "SELECT sequence, total, reopen_reason FROM conclusion ORDER BY sequence"
        ).all()
    assert [tuple(row) for row in rows] == [
        (1, 9900, "第1次"), (2, 9800, "第2次"), (3, 9700, "第3次"),
    ]  # fmt: skip
    assert "第3次" in {row[0] for row in journal(office.archive, ("reason",))}


def test_each_year_is_concluded_by_itself(office) -> None:
    office("assess", "conclude", JIA).ok()
    start_campaign(office, 2014)
    assert result(office, JIA)["status"] == "none"
    rate(office, JIA, scores(less={16: 5})).ok()
    view = office("assess", "conclude", JIA, *JSON, today="2014-10-20").ok().json
    assert (view["year"], view["sequence"], view["total"]) == (2014, 1, 95)
    office("assess", "reopen", JIA, "--year", "2013", "--reason", "旧案").ok()
    assert result(office, JIA)["status"] == "concluded"
    assert result(office, JIA, "--year", "2013")["status"] == "open"


def test_dates_out_of_order_warn_and_never_refuse(office) -> None:
    ran = office("assess", "conclude", JIA, today="2013-10-01").ok()
    assert "晚于评定日期" in ran.err
    office("assess", "reopen", JIA, "--reason", "复核", today="2013-10-20").ok()
    office("assess", "conclude", JIA, today="2013-10-20").ok()
    ran = office("assess", "object", JIA, "--date", "2013-10-05", "--text", "不服").ok()
    assert "早于评定日期 2013-10-20" in ran.err
    ran = office("assess", "object", JIA, "--date", "2013-12-05", "--text", "不服").ok()
    assert "之后，请核对" in ran.err
    ran = office("assess", "reopen", JIA, "--reason", "复核", today="2013-10-15").ok()
    assert "早于评定日期 2013-10-20" in ran.err


def test_a_former_name_finds_the_agency_still(office) -> None:
    office("agency", "edit", JIA, "--name", "北京新甲公司").ok()
    office("assess", "conclude", "北京甲公司").ok()
    assert result(office, "新甲")["status"] == "concluded"
