"""What stands beside an indicator: the archive's own records, with their days."""

from __future__ import annotations

import datetime as dt

import pytest

from assessing import opened, rate, scores, start_campaign
from hrintegrity.archive import writer
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies
from hrintegrity.duties.assessment import facts
from notice_2013 import ANNEX
from running import JSON, Hri, code_of

JIA = code_of(1)
TODAY = dt.date(2013, 10, 10)


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲公司", JIA, "--license", "京人服证0001", "--since", "2010-10-10")
    return haidian


def beside(hri: Hri, *records, source: str = "public", year: int = 2013) -> dict[int, tuple]:
    """Enter records of the agency, and return the facts."""
    with opened(hri) as archive:
        agency = agencies.find(archive, JIA)
        for record in records:
            if "agency_id" in type(record).model_fields:
                record.agency_id = agency.id
            writer.insert(archive, record)
        return facts.beside(archive, agency, ANNEX, year=year, source=source, today=TODAY)


def test_the_register_stands_beside_what_it_tells_of(office) -> None:
    office("agency", "edit", JIA, "--name", "北京新甲公司", "--grade", "AAA",
           "--address", "中关村 1 号", "--representative", "王某").ok()  # fmt: skip
    found = beside(office)
    assert found[1] == ("许可证号 京人服证0001；法定代表人 王某",)
    assert found[2] == ("原名 北京甲公司，用到 2013-10-10",)
    assert found[3] == ("自 2010-10-10 从业，到 2013-10-10 满 3 年",)
    assert found[12] == ("地址 中关村 1 号",)
    assert found[18] == ("地方标准评定等级 AAA（2013-10-10登记）",)


def test_what_was_never_entered_is_said_not_to_be_known(haidian) -> None:
    haidian.add("北京甲公司", JIA)
    found = beside(haidian)
    assert found[1] == ("许可证号没有登记；法定代表人 没有登记",)
    assert found[3] == ("从业起始日期没有登记",)
    assert found[12] == ("地址没有登记",)
    assert found[16] == ("没有登记过投诉举报",)


def test_only_penalties_of_the_last_two_years_count(office) -> None:
    assert beside(office)[4] == ("近 2 年没有登记过行政处罚",)
    old = Penalty(agency_id="", date=dt.date(2011, 10, 10), authority="工商局", basis="旧")
    assert beside(office, old)[4] == ("近 2 年没有登记过行政处罚",)
    new = Penalty(agency_id="", date=dt.date(2011, 10, 11), authority="工商局", basis="某法某条")
    assert beside(office, new)[4] == ("2011-10-11 工商局行政处罚：某法某条",)


def test_reviews_inspections_and_gaps(office) -> None:
    inspection = Inspection(
        id="i", agency_id="", date=dt.date(2013, 10, 8), inspector="district", publicity="pass",
        pledge="pass", ledger="fail", feedback="pass",
    )  # fmt: skip
    found = beside(
        office,
        *(
            Review(agency_id="", year=year, result="passed", date=dt.date(year, 4, 1))
            for year in (2009, 2010, 2011, 2012)
        ),
        inspection,
        Gap(inspection_id="i", agency_id="", system="ledger", found=inspection.date,
            deadline=dt.date(2013, 10, 31)),
        Gap(inspection_id="i", agency_id="", system="feedback", found=inspection.date,
            deadline=dt.date(2013, 10, 31), mended=dt.date(2013, 10, 9)),
    )  # fmt: skip
    assert found[2] == (
        "2010 年审通过（2010-04-01）", "2011 年审通过（2011-04-01）", "2012 年审通过（2012-04-01）",
    )  # fmt: skip
    assert found[5] == ("2013-10-08 检查：公示制度合格",)
    assert found[7] == ("2013-10-08 检查：台账制度不合格",)
    assert found[15] == ("2013-10-08 检查：反馈制度合格",)
    assert found[8][0] == "检查过 1 次，最近 2013-10-08"
    assert "2013-10-08 检查发现台账制度没有建立，限 2013-10-31 前补建，还没有补建" in found[8]
    assert "2013-10-08 检查发现反馈制度没有建立，2013-10-09 已补建" in found[8]


def test_practitioners_who_left_are_not_counted(office) -> None:
    staff = ("agency", "staff")
    office(*staff, "add", JIA, "--name", "甲", "--certificate", "1", "--pledged", "2013-10-01").ok()
    office(*staff, "add", JIA, "--name", "乙").ok()
    gone = office(*staff, "add", JIA, "--name", "丙", "--certificate", "2", *JSON).ok().json
    office(*staff, "leave", gone["id"], "--date", "2013-10-09").ok()
    assert beside(office)[10] == ("从业人员 2 人，有资格证 1 人，签署承诺书 1 人",)


def complaint(day: int, outcome: str | None, kind: str = "complaint") -> Complaint:
    return Complaint(
        agency_id="", district="haidian", received=dt.date(2013, 9, day), channel="market",
        kind=kind, subject=f"收费{day}", outcome=outcome,
    )  # fmt: skip


def test_complaints_are_counted_and_the_latest_named(office) -> None:
    found = beside(
        office, complaint(1, "substantiated"), complaint(2, "unfounded"), complaint(3, None),
        complaint(4, "adopted", "suggestion"), complaint(5, "substantiated", "report"),
    )  # fmt: skip
    assert found[16] == (
        "2013-09-02 投诉“收费2”，不属实",
        "2013-09-03 投诉“收费3”，还没有办结",
        "2013-09-05 举报“收费5”，查实",
        "共有投诉举报 4 件，查实 2 件",
    )


def test_sanctions_rewards_and_titles(office) -> None:
    sanction = {"agency_id": "", "district": "haidian", "kind": "interview", "grounds": "虚假广告"}
    found = beside(
        office,
        Sanction(**sanction, date=dt.date(2013, 5, 1)),
        Sanction(**sanction, date=dt.date(2013, 6, 1), withdrawn=TODAY),
        Reward(agency_id="", kind="honour", date=dt.date(2013, 7, 1), note="先进单位"),
        Unit(agency_id="", year=2012, plaque="BJ-1", awarded=dt.date(2012, 12, 1), revoked=TODAY),
    )
    assert found[8] == ("2013-05-01 惩戒（约谈）：虚假广告",)
    assert found[22] == (
        "2013-07-01 表彰奖励：先进单位",
        "2012-12-01 诚信服务示范单位（标牌 BJ-1），称号已撤销",
    )


def test_the_last_campaigns_scores_stand_beside(office) -> None:
    rate(office, JIA, scores(less={6: 0.5})).ok()
    office("assess", "conclude", JIA).ok()
    assert 6 not in beside(office)
    start_campaign(office, 2014)
    found = beside(office, year=2014)
    assert found[6] == ("2013年得 3.5 分（满分 4）",)
    office("assess", "reopen", JIA, "--year", "2013", "--reason", "复核").ok()
    assert 6 not in beside(office, year=2014)


def test_an_expert_sees_what_the_agency_gave_itself_and_others_do_not(office) -> None:
    rate(office, JIA, scores(less={6: 0.5}), source="self", rater="甲").ok()
    rate(office, JIA, scores(less={6: 1}), source="self", rater="乙").ok()
    assert beside(office, source="expert")[6] == ("机构自评 3.25 分",)
    for source in ("self", "public"):
        assert 6 not in beside(office, source=source)


def test_an_agency_that_ceased_is_said_to_have(office) -> None:
    office("agency", "close", JIA, "--date", "2013-10-01", "--reason", "歇业").ok()
    with opened(office) as archive:
        about = facts.about(agencies.find(archive, JIA))
    assert about == "海淀区，经营性，已于 2013-10-01 终止"
