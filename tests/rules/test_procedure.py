"""What may be done next in a sanction's case: tests/cases/procedure.yaml, walked as a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import yaml

from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.procedure import Beforehand, procedure
from hrintegrity.notice.steps import steps
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules import workdays
from hrintegrity.rules.procedure import (
    AdvanceNotice,
    Case,
    Decision,
    refusal,
    stage_of,
    term_ends,
    unannounced_warning,
)

FILE = Path(__file__).parents[1] / "cases" / "procedure.yaml"
CASES = yaml.safe_load(FILE.read_text("utf-8"))
DAY = dt.date(2013, 12, 20)


def case_of(given: dict, kind: str, body: str, office: str) -> Case:
    beforehand, decided = given.get("given"), given.get("decided")
    return Case(
        kind,
        body,
        office,
        None if beforehand is None else AdvanceNotice(**beforehand),
        None if decided is None else Decision(**decided),
    )


def answer(case: Case, step: str, day: dt.date) -> str:
    found = refusal(case, step, day, procedure(day))
    if found is None:
        return "yes"
    assert found.message, step
    assert found.hint, step
    assert found.clause, step
    return found.code


@pytest.mark.parametrize("given", CASES, ids=lambda given: given["name"])
def test_what_may_be_done_next_is_the_same_for_whoever_decides_in_the_own_archive(given) -> None:
    kinds = [given["kind"]] if "kind" in given else list(MEASURE)
    for kind, (body, office) in product(
        kinds, [("haidian", "haidian"), ("municipal", "municipal"), ("haidian", "municipal")]
    ):
        case = case_of(given, kind, body, office)
        for step, expected in given["next"].items():
            assert answer(case, step, given["day"]) == expected, (kind, body, step)


@pytest.mark.parametrize("given", CASES, ids=lambda given: given["name"])
def test_what_the_city_decided_a_district_only_prints(given) -> None:
    case = case_of(given, given.get("kind", "exposure"), "municipal", "haidian")
    for step, expected in given["next"].items():
        allowed = expected == "yes" or expected in ("too-early", "no-hearing", "not-an-order")
        allowed |= expected == "nothing-to-reopen"
        wanted = "citys-own" if allowed and step != "original" else expected
        assert answer(case, step, given["day"]) == wanted, step


def test_every_stage_is_reached_and_every_step_is_asked_for() -> None:
    reached = {stage_of(case_of(given, "rectify", "haidian", "haidian")) for given in CASES}
    assert reached == set(steps().stages)
    assert {step for given in CASES for step in given["next"]} == set(steps().table)


def test_where_an_office_requires_the_notice_a_decision_without_one_is_refused() -> None:
    law = procedure(DAY)
    strict = replace(law, kinds={**law.kinds, "exposure": Beforehand("required", hearing=False)})
    case = Case("exposure", "haidian", "haidian")
    assert refusal(case, "impose", DAY, law) is None
    found = refusal(case, "impose", DAY, strict)
    assert found is not None
    assert (found.code, found.clause) == ("not-notified", law.clause)


@pytest.mark.parametrize("kind", MEASURE)
def test_four_kinds_warn_where_nobody_was_told_beforehand(kind) -> None:
    warned = {"exposure", "circular", "defer-review", "cancel-licence"}
    assert (unannounced_warning(kind, procedure(DAY)) is not None) == (kind in warned)


def test_only_the_end_of_a_licence_gives_a_hearing() -> None:
    for day in (DAY, dt.date(2022, 1, 1)):
        law = procedure(day)
        assert [kind for kind in sanctions(day) if law.of(kind).hearing] == ["cancel-licence"]


def test_a_term_in_working_days_passes_over_holidays_and_takes_worked_weekends() -> None:
    # The National Day of 2021: 1 to 7 October are off, 26 September and 9 October are worked.
    given = AdvanceNotice(dt.date(2021, 9, 24))
    assert term_ends("exposure", given, procedure(given.date)) == dt.date(2021, 9, 30)
    given = AdvanceNotice(dt.date(2021, 9, 30))
    assert term_ends("exposure", given, procedure(given.date)) == dt.date(2021, 10, 13)


def test_a_year_without_a_calendar_counts_monday_to_friday_and_says_so() -> None:
    assert workdays.is_known(dt.date(2026, 12, 31))
    assert not workdays.is_known(dt.date(2099, 1, 1))
    assert workdays.after(dt.date(2098, 12, 31), 3, working=True) == dt.date(2099, 1, 5)
