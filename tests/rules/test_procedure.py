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

TABLE = yaml.safe_load((Path(__file__).parents[1] / "cases/procedure.yaml").read_text("utf-8"))
CASES, CLAUSES = TABLE["cases"], TABLE["clauses"]
OWN = [(one["by"], one["archive"]) for name, one in TABLE["offices"].items() if name != "received"]
DAY = dt.date(2013, 12, 20)


def kinds_of(given: dict) -> list[str]:
    return given.get("kinds") or ([given["kind"]] if "kind" in given else list(MEASURE))


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
    clause = CLAUSES[found.code]
    if isinstance(clause, dict):
        clause = clause[max(since for since in clause if since <= day)]
    assert found.clause == clause, step
    return found.code


@pytest.mark.parametrize("given", CASES, ids=lambda given: given["name"])
def test_what_may_be_done_next_is_the_same_for_whoever_decides_in_the_own_archive(given) -> None:
    for kind, (body, office) in product(kinds_of(given), OWN):
        case = case_of(given, kind, body, office)
        for step, expected in given["next"].items():
            assert answer(case, step, given["day"]) == expected, (kind, body, step)


@pytest.mark.parametrize("given", CASES, ids=lambda given: given["name"])
def test_what_the_city_decided_a_district_only_prints(given) -> None:
    after_the_table = ("yes", "too-early", "no-hearing", "not-an-order", "nothing-to-reopen",
                       "deadline-before-order")  # fmt: skip
    for kind in kinds_of(given):
        case = case_of(given, kind, "municipal", "haidian")
        for step, expected in given["next"].items():
            citys = expected in after_the_table and step != "original"
            wanted = "citys-own" if citys else expected
            assert answer(case, step, given["day"]) == wanted, step


def test_every_step_is_asked_for_at_every_stage() -> None:
    asked = {
        (stage_of(case_of(given, kind, "haidian", "haidian"), step), step)
        for given in CASES
        for kind in kinds_of(given)
        for step in given["next"]
    }
    assert asked == {(stage, step) for step, row in steps().table.items() for stage in row}


def test_the_kinds_are_those_of_the_notice() -> None:
    assert TABLE["parties"] == {
        party: [kind for kind, one in sanctions(DAY).items() if party in one.subjects]
        for party in ("agency", "staff")
    }


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
