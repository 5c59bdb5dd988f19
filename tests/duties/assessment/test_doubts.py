"""Scores that the records contradict, case by case (tests/cases/contradictions.yaml)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessing import opened, rate, scores
from hrintegrity.archive import writer
from hrintegrity.archive.tables.campaign import Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.duties import agencies
from running import JSON, Hri, code_of

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "cases/contradictions.yaml").read_text(encoding="utf-8")
)
JIA = code_of(1)
DAY = dt.date(2013, 10, 10)
BEFORE = dt.date(2013, 10, 8)


@pytest.fixture
def office(haidian: Hri) -> Hri:
    haidian.add("北京甲公司", JIA)
    return haidian


def enter(hri: Hri, case: dict[str, Any]) -> None:
    """Write what a case says is on record."""
    with opened(hri) as archive:
        agency = agencies.find(archive, JIA)
        mine = {"agency_id": agency.id}
        if "since" in case:
            writer.update(archive, agency, since=case["since"])
        if "penalty" in case:
            day = case["penalty"]
            writer.insert(archive, Penalty(**mine, date=day, authority="工商局", basis="《某法》"))
        if "review" in case:
            writer.insert(archive, Review(**mine, year=2012, result=case["review"], date=BEFORE))
        if "failed" in case:
            verdicts = dict.fromkeys(("publicity", "pledge", "ledger", "feedback"), "pass")
            verdicts[case["failed"]] = "fail"
            seen = Inspection(**mine, date=BEFORE, inspector="district", **verdicts)
            writer.insert(archive, seen)
            mended = DAY if case.get("mended") else None
            gap = Gap(**mine, inspection_id=seen.id, system=case["failed"], found=BEFORE,
                      deadline=DAY, mended=mended)  # fmt: skip
            writer.insert(archive, gap)
        if "order" in case:
            mended = DAY if case["order"] == "mended" else None
            order = Sanction(**mine, district="haidian", kind="rectify", grounds="未建台账",
                             date=BEFORE, deadline=DAY, mended=mended)  # fmt: skip
            writer.insert(archive, order)
        if "complaint" in case:
            dishonest = case["complaint"] == "dishonest"
            outcome = "substantiated" if dishonest else case["complaint"]
            row = Complaint(**mine, district="haidian", received=BEFORE, channel="market",
                            kind="complaint", subject="乱收费", closed=DAY, outcome=outcome,
                            answer="已处理", dishonest=dishonest)  # fmt: skip
            writer.insert(archive, row)
        if "reward" in case:
            writer.insert(archive, Reward(**mine, kind=case["reward"], date=BEFORE, note="先进"))
        if case.get("outstanding"):
            writer.insert(archive, Outstanding(**mine, year=2013, date=BEFORE, reason="公益招聘"))


def sheet(case: dict[str, Any]) -> list[float | int]:
    """Full marks less one everywhere, so that nothing else is told, and the case's own score."""
    given = [points - 1 for points in scores()]
    given[case["indicator"] - 1] = case["score"]
    return given


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_score_that_the_records_contradict_is_told_and_kept(office, case) -> None:
    enter(office, case)
    rated = rate(office, JIA, sheet(case)).ok()
    found = office("assess", "explain", JIA, *JSON).ok().json["contradictions"]
    mine = [one for one in found if one["id"] == case["indicator"]]
    assert bool(mine) == case["told"]
    assert ("评分与记录不符" in rated.err) == bool(found)
    for one in mine:
        assert list(one) == ["id", "name", "source", "score", "max", "fact"]
        assert (one["source"], one["score"], one["max"]) == (
            "expert", case["score"], case["most"],
        )  # fmt: skip
        shown = office("assess", "explain", JIA).ok().out
        assert "与记录不符的评分" in shown
        assert one["fact"] in shown
    kept = office("assess", "result", JIA, *JSON).ok().json["indicators"]
    assert kept[case["indicator"] - 1]["by_source"]["expert"] == case["score"]


def test_each_source_is_told_by_itself(office) -> None:
    enter(office, {"penalty": BEFORE})
    for source in ("self", "expert", "public"):
        given = scores(less={4: 3}) if source == "expert" else scores()
        rate(office, JIA, given, source=source)
    found = office("assess", "explain", JIA, *JSON).ok().json["contradictions"]
    told = [(one["source"], one["score"]) for one in found if one["id"] == 4]
    assert told == [("self", 3), ("public", 3)]


def test_a_conclusion_is_held_against_what_was_on_record_by_then(office) -> None:
    rate(office, JIA, scores(), source="self")
    office("assess", "conclude", JIA, today="2013-10-10").ok()
    enter(office, {"penalty": dt.date(2013, 10, 11)})
    office.today = "2013-10-20"
    assert office("assess", "explain", JIA, *JSON).ok().json["contradictions"] == []
    enter(office, {"penalty": dt.date(2013, 10, 10)})
    found = office("assess", "explain", JIA, *JSON).ok().json["contradictions"]
    assert [one["id"] for one in found] == [4]
