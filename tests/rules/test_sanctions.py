"""The ladder of sanctions, case by case (tests/cases/ladder.yaml), and what follows from one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from hrintegrity.notice.clauses import CLAUSES
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules.proposals import Proposal, Refusal, doubts
from hrintegrity.rules.sanctions import (
    Earlier,
    Effects,
    Standing,
    effects_of,
    is_overdue,
    ladder,
    state_of,
)
from hrintegrity.rules.titles import Cause, recover_by, recovered_on, title_loss, title_state

FOLDER = Path(__file__).parents[1] / "cases"
CASES = yaml.safe_load((FOLDER / "ladder.yaml").read_text("utf-8"))
TITLES = yaml.safe_load((FOLDER / "ladder_titles.yaml").read_text("utf-8"))
OF_STAFF = ("interview", "exposure", "circular", "entry")
DAY = dt.date(2013, 11, 20)


def proposal(kind: str, date: dt.date = DAY, **others: object) -> Proposal:
    """A measure with all that its kind needs."""
    complete = Proposal(kind, date, "虚假招聘")
    if kind == "rectify":
        complete = replace(complete, deadline=date + dt.timedelta(days=15))
    if kind in ("defer-review", "cancel-licence"):
        complete = replace(complete, basis="《行政许可法》第七十条", review_year=2013)
    return replace(complete, **others)


def standing(case: dict, title_since: dt.date | None = None) -> Standing:
    return Standing(
        case.get("closed"), title_since, tuple(Earlier(**one) for one in case["earlier"])
    )


def shown(answer: Refusal | Effects) -> str:
    return answer.code if isinstance(answer, Refusal) else "yes"


def test_the_cases_speak_of_every_kind() -> None:
    for case in CASES:
        assert list(case["agency"]) == list(MEASURE)
        assert case["clause"] in CLAUSES


@pytest.mark.parametrize("title_since", [None, dt.date(2013, 11, 1)], ids=["plain", "unit"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_may_be_imposed_on_an_agency(case: dict, title_since: dt.date | None) -> None:
    stands = standing(case, title_since)
    for kind, expected in case["agency"].items():
        answer = effects_of(proposal(kind, case["date"]), stands)
        assert shown(answer) == expected, kind
        if isinstance(answer, Refusal):
            assert (answer.clause, answer.usage) == (case["clause"], False)
            assert answer.message
            assert answer.hint
        else:
            assert answer.takes_title == (title_since is not None)
            assert answer.closes_agency == (kind == "cancel-licence")
    found = {
        kind: "yes" if why_not is None else why_not.code
        for kind, why_not in ladder(stands, case["date"]).items()
    }
    assert found == case["agency"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_serious_breach_needs_no_failed_order(case: dict) -> None:
    for kind, expected in case["serious"].items():
        answer = effects_of(proposal(kind, case["date"], serious=True), standing(case))
        assert shown(answer) == expected, kind


@pytest.mark.parametrize("attributed", [False, True])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_may_be_imposed_on_a_practitioner(case: dict, attributed: bool) -> None:
    stands = standing(case, dt.date(2013, 11, 1))
    for kind in MEASURE:
        answer = effects_of(proposal(kind, case["date"], staff=True, attributed=attributed), stands)
        if kind in OF_STAFF:
            assert isinstance(answer, Effects)
            assert answer.takes_title == attributed
        else:
            assert isinstance(answer, Refusal)
            assert (answer.code, answer.clause, answer.usage) == ("not-for-staff", "三(八)2", True)
    assert [k for k, no in ladder(stands, case["date"], staff=True).items() if no is None] == [
        *OF_STAFF
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_practitioners_measures_never_count_on_the_agencys_ladder(case: dict) -> None:
    earlier = tuple(replace(one, staff=True) for one in standing(case).earlier)
    found = effects_of(proposal("defer-review", case["date"]), Standing(earlier=earlier))
    assert shown(found) == "ladder"


@pytest.mark.parametrize("case", TITLES, ids=lambda case: case["name"])
@pytest.mark.parametrize("kind", MEASURE)
def test_when_a_title_is_lost_at_once(case: dict, kind: str) -> None:
    if case.get("staff") and kind not in OF_STAFF:
        return
    failed = Earlier("rectify", dt.date(2013, 10, 1), dt.date(2013, 10, 9), failed=DAY)
    answer = effects_of(
        proposal(
            kind,
            case["date"],
            staff=case.get("staff", False),
            attributed=case.get("attributed", False),
        ),
        Standing(title_since=case.get("awarded"), earlier=(failed,)),
    )
    assert isinstance(answer, Effects)
    assert answer.takes_title == case["lost"]
    assert any("示范单位" in text for text in answer.warnings) == case.get("warned", False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "rectify", "deadline": None}, "deadline-missing"),
        ({"kind": "defer-review", "review_year": None}, "review-year-missing"),
        ({"kind": "cancel-licence", "review_year": None}, "review-year-missing"),
        ({"kind": "defer-review", "basis": " "}, "basis-missing"),
        ({"kind": "cancel-licence", "basis": ""}, "basis-missing"),
        ({"kind": "cancel-licence", "basis": "关于年审的规定"}, "basis-missing"),
        ({"kind": "cancel-licence", "basis": "依法"}, "basis-missing"),
        ({"kind": "cancel-licence", "basis": "相关法律法规"}, "basis-missing"),
        ({"kind": "exposure", "grounds": "　\n"}, "grounds-missing"),
        *(
            ({"kind": kind, "appointed": True}, "not-for-kind")
            for kind in MEASURE
            if kind != "interview"
        ),
        *(
            ({"kind": kind, "scoped": True}, "not-for-kind")
            for kind in MEASURE
            if kind not in ("exposure", "circular")
        ),
    ],
)
def test_what_the_command_line_lacks_is_wrong_usage(changes: dict, code: str) -> None:
    kind = changes.pop("kind")
    answer = effects_of(proposal(kind, **changes), Standing())
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.usage, answer.clause) == (code, True, "三(八)2")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "interview", "deadline": DAY}, "--deadline 没有记入"),
        ({"kind": "exposure", "review_year": 2013}, "--review-year 没有记入"),
        ({"kind": "circular", "attributed": True}, "--attributed 没有记入"),
        ({"kind": "rectify", "deadline": DAY - dt.timedelta(days=1)}, "早于责令之日"),
        ({"kind": "defer-review", "basis": "条例第3条", "serious": True}, "名称"),
        ({"kind": "defer-review", "basis": "《条例》", "serious": True}, "条款"),
        ({"kind": "cancel-licence", "basis": "《条例》第五条", "serious": True}, "注销与吊销"),
    ],
)
def test_what_is_not_used_or_looks_odd_is_said(changes: dict, told: str) -> None:
    kind = changes.pop("kind")
    answer = effects_of(proposal(kind, **changes), Standing())
    assert isinstance(answer, Effects)
    assert [told in warning for warning in answer.warnings] == [True]


LAST, NONE = dt.date(2018, 9, 30), dt.date(2018, 10, 1)


@pytest.mark.parametrize(
    ("kind", "date", "basis", "warned"),
    [
        ("defer-review", LAST, "《条例》第五条", False),
        ("defer-review", NONE, "《条例》第五条", True),
        ("cancel-licence", NONE, "《行政许可法》第七十条", True),
        ("circular", LAST, "年审办法第三条", False),
        ("circular", NONE, "年审办法第三条", True),
        ("circular", NONE, "《条例》第五条", False),
    ],
)
def test_a_day_without_annual_reviews_is_pointed_out_with_the_law_and_when_it_was_compared(
    kind: str, date: dt.date, basis: str, warned: bool
) -> None:
    given = proposal(kind, date, basis=basis, serious=True)
    told = [text for text in doubts(given) if "没有年审" in text]
    assert len(told) == warned
    for text in told:
        for part in ("2018-10-01", "《人力资源市场暂行条例》第三十六条", "2026-11-30 核对"):
            assert part in text


def test_a_complete_measure_is_taken_without_a_word() -> None:
    for kind in MEASURE:
        answer = effects_of(proposal(kind, serious=kind in ("defer-review", "cancel-licence")),
                       Standing())  # fmt: skip
        assert isinstance(answer, Effects)
        assert answer.warnings == ()


@pytest.mark.parametrize(
    "basis", ["《条例》", "行政许可法", "条例第2条", "《办法》第三条", "规定第十条"]
)
def test_a_basis_that_names_a_law_is_taken(basis: str) -> None:
    for kind in ("defer-review", "cancel-licence"):
        assert isinstance(
            effects_of(proposal(kind, basis=basis, serious=True), Standing()), Effects
        )


def test_the_measures_at_a_review_write_its_result() -> None:
    found = {kind: effects_of(proposal(kind, serious=True), Standing()) for kind in MEASURE}
    results = {k: a.review_result for k, a in found.items() if isinstance(a, Effects)}
    assert results == {
        **dict.fromkeys(MEASURE),
        "defer-review": "deferred",
        "cancel-licence": "failed",
    }


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "open"),
        ({"mended": DAY}, "mended"),
        ({"failed": DAY}, "failed"),
        ({"failed": DAY, "mended": DAY + dt.timedelta(days=1)}, "mended"),
        ({"mended": DAY, "failed": DAY + dt.timedelta(days=1)}, "failed"),
        ({"mended": DAY, "withdrawn": True}, "withdrawn"),
    ],
)
def test_how_an_order_stands(facts: dict, state: str) -> None:
    assert state_of("rectify", **facts) == state


def test_no_other_measure_is_ever_open() -> None:
    for kind in set(MEASURE) - {"rectify"}:
        assert state_of(kind) == "in-force"
        assert state_of(kind, withdrawn=True) == "withdrawn"


def test_the_last_day_of_an_order_is_in_time() -> None:
    assert not is_overdue("open", DAY, DAY)
    assert is_overdue("open", DAY, DAY + dt.timedelta(days=1))
    assert not is_overdue("mended", DAY, DAY + dt.timedelta(days=1))
    assert not is_overdue("in-force", None, DAY)


def test_a_title_is_lost_for_the_earliest_cause_since_its_award() -> None:
    before = Cause("0", dt.date(2013, 11, 9), "授牌之前")
    second = Cause("2", dt.date(2013, 11, 12), "后")
    first = Cause("1", dt.date(2013, 11, 12), "先")
    late = Cause("3", dt.date(2013, 12, 1), "更后")
    awarded = dt.date(2013, 11, 10)
    assert title_loss(awarded, [late, second, first, before]) == first
    assert title_loss(awarded, [before]) is None
    assert title_loss(awarded, []) is None
    assert title_loss(awarded, [replace(before, date=awarded)]) is not None


def test_a_plaque_is_due_back_after_our_own_term() -> None:
    assert recover_by(dt.date(2013, 12, 20)) == dt.date(2014, 1, 4)


def test_a_plaque_that_came_back_before_the_loss_does_not_count() -> None:
    lost = dt.date(2013, 11, 20)
    assert title_state(None, None) == title_state(None, lost) == "current"
    assert title_state(lost, None) == title_state(lost, dt.date(2013, 11, 19)) == "revoked"
    assert title_state(lost, lost) == "recovered"
    assert recovered_on(lost, dt.date(2013, 11, 19)) is None
