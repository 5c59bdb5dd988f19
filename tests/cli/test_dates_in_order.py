"""Days that can't follow each other: what is warned of, what is refused, and how it is mended."""

import pytest

from running import JSON, code_of
from sanctioning import LAW, impose, order, with_agency

NOTICE_DAY = "2013-11-22"


@pytest.fixture
def agency(haidian):
    """A district's archive with an agency."""
    return with_agency(haidian)


def notify(hri, kind="exposure", *more):
    given = ("--facts", "押金不退", "--evidence", "笔录", "--violated", LAW, "--basis", LAW)
    ran = hri(
        "sanction", "notify", code_of(1), "--kind", kind, *given, "--date", NOTICE_DAY, *more, *JSON
    )
    return ran.ok()


def waive(hri, notice, day):
    return hri("sanction", "statement", notice, "--date", day, "--waived", *JSON).ok()


def decide(hri, notice, day):
    return hri("sanction", "impose", code_of(1), "--notified", notice, "--date", day, *JSON)


def test_a_decision_is_not_dated_before_its_notice_whatever_was_waived(agency):
    notice = notify(agency).json["id"]
    early = waive(agency, notice, "2013-11-20")
    assert "告知以前的放弃不算" in early.err
    ran = decide(agency, notice, "2013-11-21")
    assert (ran.status, ran.error["code"]) == (1, "too-early")
    assert "2013-11-22" in ran.error["message"]
    assert "行政处罚法" in ran.error["clause"]
    # A waiver from before the notice waives nothing, until it is recorded with its right day.
    assert decide(agency, notice, NOTICE_DAY).error["code"] == "too-early"
    waive(agency, notice, NOTICE_DAY)
    decide(agency, notice, NOTICE_DAY).ok()


def test_a_decision_is_not_dated_before_the_waiver_that_it_rests_on(agency):
    notice = notify(agency).json["id"]
    waive(agency, notice, "2013-11-24")
    ran = decide(agency, notice, "2013-11-23")
    assert (ran.status, ran.error["code"]) == (1, "too-early")
    assert "书面放弃陈述申辩在 2013-11-24" in ran.error["message"]
    decide(agency, notice, "2013-11-24").ok()


def test_an_order_whose_term_ends_before_it_is_taken_with_a_warning_but_never_issued(
    agency, tmp_path
):
    ran = impose(agency, "rectify", "2013-11-06", "--deadline", "2013-11-01").ok()
    assert "早于责令之日" in ran.err
    assert "hri sanction withdraw" in ran.err
    made = ran.json["id"]
    paper = tmp_path / "order.html"
    refused = agency("sanction", "notice", made, "-o", paper, *JSON)
    assert (refused.status, refused.error["code"]) == (1, "deadline-before-order")
    assert refused.error["clause"] == "三(八)2"
    assert not paper.exists()
    again = impose(agency, "rectify", "2013-11-06", "--deadline", "2013-11-30")
    assert again.error["code"] == "sanction-exists"
    assert f"hri sanction withdraw {made}" in again.error["hint"]
    back = ("--date", "2013-11-06", "--reason", "期限打错")
    agency("sanction", "withdraw", made, *back).ok()
    right = order(agency, "2013-11-06", "2013-11-30")
    assert (
        agency("sanction", "notice", right, "-o", paper, *JSON)
        .ok()
        .json["number"]
        .endswith("〔2013〕1号")
    )
    # Nobody was told of the one that was mistyped, and the dossier says so.
    dossier = agency("agency", "dossier", code_of(1)).ok().out
    assert "已撤销（2013-11-06，没有发出决定书）" in "".join(dossier.split())


def test_a_notice_of_an_order_says_that_its_term_is_over_before_it_begins(agency):
    assert "早于告知之日" in notify(agency, "rectify", "--deadline", "2013-11-21").err
    assert "早于告知之日" not in notify(agency, "rectify", "--deadline", NOTICE_DAY).err


@pytest.mark.parametrize(("at", "early"), [("2013-11-05 09:00", True), ("2013-11-06 09:00", False)])
def test_an_interview_is_not_appointed_for_a_day_before_it_is_decided(agency, at, early):
    ran = impose(agency, "interview", "2013-11-06", "--place", "二楼会议室", "--at", at).ok()
    assert ("早于决定约谈的日期" in ran.err) == early
