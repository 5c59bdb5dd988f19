"""`hri recommend award` and `units`: titles, plaques, and what becomes of them."""

from __future__ import annotations

import datetime as dt

import pytest

from assessing import opened, start_campaign
from hrintegrity.duties.complaints import cases
from recommending import check, concluded, recommend, sanction, submit
from running import JSON, Hri, code_of, journal

KEYS = [
    "code", "name", "district", "plaque", "awarded", "state", "revoked", "recovered", "reason",
]  # fmt: skip
"""Typed by hand, as docs/contract.md promises."""


@pytest.fixture
def submitted(city, tmp_path) -> Hri:
    """The city's archive with two agencies of 怀柔区 submitted."""
    for code in concluded(city, [1, 2], district="huairou"):
        recommend(city, code).ok()
    submit(city, tmp_path / "p.zip", "怀柔").ok()
    return city


def award(hri: Hri, code: str, plaque: str, *more: str, date: str = "2013-11-20"):
    given = ("--plaque", plaque, "--date", date)
    return hri("recommend", "award", code, *given, *more, *JSON)


def units(hri: Hri, *more: str, today: str | None = None) -> list[dict]:
    return hri("recommend", "units", *more, *JSON, today=today).ok().json


def impose(hri: Hri, code: str, *more: str, date: str = "2013-12-02"):
    given = ("--kind", "exposure", "--grounds", "虚假招聘", "--date", date)
    return hri("sanction", "impose", code, *given, *more, *JSON)


def test_an_award_is_recorded_with_its_plaque(submitted) -> None:
    ran = award(submitted, code_of(1), " ２０１３—001 ").ok()
    assert list(ran.json)[:9] == KEYS
    assert (ran.json["plaque"], ran.json["state"]) == ("2013—001", "current")
    (unit,) = units(submitted)
    assert list(unit)[:9] == KEYS
    assert (unit["code"], unit["district"], unit["awarded"]) == (
        code_of(1),
        "huairou",
        "2013-11-20",
    )
    assert (unit["revoked"], unit["recovered"], unit["reason"]) == (None, None, None)


def test_only_what_was_submitted_is_awarded(submitted) -> None:
    (code,) = concluded(submitted, [3], district="huairou")
    before = journal(submitted.archive)
    ran = award(submitted, code, "001")
    assert (ran.status, ran.error["code"]) == (1, "not-submitted")
    assert journal(submitted.archive) == before
    recommend(submitted, code).ok()
    assert award(submitted, code, "001").error["code"] == "not-submitted"
    assert units(submitted) == []


def test_a_district_awards_nothing(new_archive, tmp_path) -> None:
    huairou = new_archive("huairou")
    (code,) = concluded(huairou, [1])
    recommend(huairou, code).ok()
    submit(huairou, tmp_path / "p.zip").ok()
    ran = award(huairou, code, "001")
    assert (ran.status, ran.error["code"]) == (1, "city-only")


def test_a_plaque_and_a_title_are_given_once(submitted) -> None:
    award(submitted, code_of(1), "001").ok()
    taken = award(submitted, code_of(2), "００１")
    assert (taken.status, taken.error["code"]) == (4, "plaque-taken")
    again = award(submitted, code_of(1), "002")
    assert (again.status, again.error["code"]) == (4, "already-awarded")
    blank = award(submitted, code_of(2), " ")
    assert blank.status == 2
    assert len(units(submitted)) == 1


def test_an_agency_that_lost_its_eligibility_is_not_awarded_silently(submitted) -> None:
    sanction(submitted, code_of(1))
    ran = award(submitted, code_of(1), "001")
    assert (ran.status, ran.error["code"]) == (1, "not-eligible")
    award(submitted, code_of(1), "001", "--despite", "复核后决定").ok()
    assert journal(submitted.archive, ("table", "reason"))[-1] == ("unit", "复核后决定")


def test_an_award_typed_in_late_is_judged_by_its_own_day(submitted) -> None:
    impose(submitted, code_of(1)).ok()
    ran = award(submitted, code_of(1), "001").ok()
    assert "已因 2013-12-02 的失信行为撤销" in ran.err
    (unit,) = units(submitted)
    assert (unit["state"], unit["revoked"]) == ("revoked", "2013-12-02")


def test_a_title_lost_through_a_sanction_frees_no_place(submitted) -> None:
    award(submitted, code_of(1), "001").ok()
    _, before = check(submitted, "怀柔")
    impose(submitted, code_of(1)).ok()
    (unit,) = units(submitted)
    assert (unit["state"], unit["revoked"], unit["recovered"]) == ("revoked", "2013-12-02", None)
    assert "虚假招聘" in unit["reason"]
    status, found = check(submitted, "怀柔")
    assert (found["recommended"], found["remaining"]) == (before["recommended"], 1)
    # It was submitted and can't be taken back, so that it is told and does not block.
    assert status == 0
    assert "not-eligible" in [one["code"] for one in found["warnings"]]
    again = award(submitted, code_of(1), "009", date="2013-12-20")
    assert (again.status, again.error["code"]) == (4, "already-awarded")


def test_a_plaque_is_overdue_after_its_day_until_it_is_back(submitted) -> None:
    award(submitted, code_of(1), "001").ok()
    impose(submitted, code_of(1)).ok()
    (unit,) = units(submitted)
    due = unit["recover_by"]
    assert due == "2013-12-17"
    assert units(submitted, "--overdue", today="2013-12-17") == []
    (late,) = units(submitted, "--overdue", today="2013-12-18")
    assert late["overdue"] is True
    assert "是" in submitted("recommend", "units", today="2013-12-18").ok().out
    submitted("sanction", "plaque", code_of(1), "--recovered", "2013-12-20").ok()
    assert units(submitted, "--overdue", today="2014-01-10") == []
    (back,) = units(submitted)
    assert (back["state"], back["recovered"], back["overdue"]) == ("recovered", "2013-12-20", False)


def test_a_withdrawn_sanction_gives_the_title_back(submitted) -> None:
    award(submitted, code_of(1), "001").ok()
    identity = impose(submitted, code_of(1)).ok().json["id"]
    given = ("--date", "2013-12-10", "--reason", "复核后撤销")
    submitted("sanction", "withdraw", identity, *given).ok()
    (unit,) = units(submitted)
    assert (unit["state"], unit["revoked"], unit["reason"]) == ("current", None, None)


def test_a_title_is_lost_through_a_complaint_closed_as_dishonest(submitted) -> None:
    award(submitted, code_of(1), "001").ok()
    with opened(submitted) as archive:
        received, closed = dt.date(2013, 12, 1), dt.date(2013, 12, 5)
        given = {"received": received, "channel": "market", "subject": "骗取中介费"}
        case, _ = cases.add(archive, code_of(1), today=received, **given)
        answer = {"outcome": "substantiated", "answer": "属实", "dishonest": True}
        assert units(submitted)[0]["state"] == "current"
        cases.close(archive, case.id, date=closed, today=closed, **answer)
    (unit,) = units(submitted)
    assert (unit["state"], unit["revoked"]) == ("revoked", "2013-12-05")
    assert "骗取中介费" in unit["reason"]
    assert check(submitted, "怀柔")[1]["recommended"] == 2


def test_units_are_of_all_years_unless_one_is_asked_for(submitted, tmp_path) -> None:
    award(submitted, code_of(1), "001").ok()
    start_campaign(submitted, 2014)
    quotas = tmp_path / "quotas.yaml"
    found = submitted("recommend", "quotas", "show", "--year", "2013", *JSON).json["quotas"]
    lines = [f"  {code}: {quota}" for code, quota in found.items()]
    quotas.write_text("\n".join(["year: 2014", "total: 130", "quotas:", *lines]))
    submitted("recommend", "quotas", "use", quotas).ok()
    (code,) = concluded(submitted, [5], district="miyun", year=2014)
    recommend(submitted, code).ok()
    submit(submitted, tmp_path / "2014.zip", "密云", date="2014-11-05").ok()
    made = award(submitted, code, "2014-001", date="2014-12-01").ok().json
    assert made["year"] == 2014
    assert [one["year"] for one in units(submitted)] == [2013, 2014]
    assert [one["code"] for one in units(submitted, "--year", "2013")] == [code_of(1)]
    assert [one["code"] for one in units(submitted, "--district", "密云")] == [code]


def test_an_award_before_its_submission_is_pointed_out(submitted) -> None:
    ran = award(submitted, code_of(1), "001", date="2013-11-01").ok()
    assert "早于报送日期 2013-11-05" in ran.err
