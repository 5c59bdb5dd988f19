from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from hrintegrity.rules.case import Sheet
from hrintegrity.rules.exact import exact_text, plain_number, round_half_up
from hrintegrity.rules.ordering import disagreements, ranks, weakest
from hrintegrity.rules.standard import Standard
from notice_2013 import combine, default_standard, parse_standard

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/assessment.yaml").read_text(encoding="utf-8")
)
FULL = default_standard().points


def scores_of(total: float, first: int = 0) -> tuple[int, ...]:
    """Return scores of this total, the missing points taken off from indicator `first` onwards."""
    scores, missing = list(FULL), 1000 - round(total * 10)
    for place in [*range(first, 22), *range(first)]:
        taken = min(scores[place], missing)
        scores[place] -= taken
        missing -= taken
    return tuple(scores)


def sheets_of(totals: dict[str, list[float]]) -> list[Sheet]:
    return [
        Sheet(source, f"评价人{number}", scores_of(total, first=number))
        for source, given in totals.items()
        for number, total in enumerate(given)
    ]


def standard_of(case: dict) -> Standard:
    changed = default_standard().as_mapping() | {
        key: case[key] for key in ("weights", "bands") if key in case
    }
    if "bands" in case:
        changed["eligibility"] = {"refused_bands": []}
    return parse_standard(changed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_boundary_case_comes_out_as_written(case) -> None:
    result = combine(sheets_of(case["sheets"]), standard_of(case))
    exact = None if case["exact"] is None else Fraction(case["exact"])
    assert result.total == exact
    assert result.shown_total == (case["shown"] and Decimal(case["shown"]))
    assert str(result.shown_total) == str(case["shown"])
    assert result.band == case["band"]
    assert list(result.missing_sources) == case.get("missing", [])


def test_an_indicator_is_the_weighted_mean_of_the_sources_means() -> None:
    low, high = list(FULL), list(FULL)
    low[0], high[0] = 10, 20
    sheets = [
        Sheet("self", "甲", FULL),
        Sheet("expert", "乙", tuple(low)),
        Sheet("expert", "丙", tuple(high)),
    ]
    first = combine(sheets, default_standard()).indicators[0]
    assert first.by_source == {"self": Fraction(3), "expert": Fraction(3, 2)}
    assert first.score == Fraction(2, 7) * 3 + Fraction(5, 7) * Fraction(3, 2)
    assert first.most == 3


def test_an_indicator_is_shown_by_its_name_whatever_signs_are_in_it() -> None:
    result = combine(sheets_of({"self": [71.3]}), default_standard())
    named = replace(result.annex.indicators[0], name='"达标" 100%s %%')
    annex = replace(result.annex, indicators=(named, *result.annex.indicators[1:]))
    shown = replace(result, case=replace(result.case, annex=annex)).as_mapping()
    assert shown["indicators"][0]["name"] == '"达标" 100%s %%'
    assert shown["indicators"][1:] == result.as_mapping()["indicators"][1:]


def test_categories_are_the_sums_of_their_indicators_and_the_total_of_the_categories() -> None:
    result = combine(sheets_of({"self": [71.3], "expert": [66.6, 80.1]}), default_standard())
    for part in result.categories:
        mine = [i.score for i in result.indicators if i.indicator.category == part.category]
        assert part.score == sum(mine)
    assert sum(part.score for part in result.categories) == result.total


def test_the_order_of_the_sheets_makes_no_difference() -> None:
    sheets = sheets_of({"self": [71.3], "expert": [66.6, 80.1, 90.0], "public": [55.5]})
    forward, backward = (
        combine(sheets, default_standard()),
        combine(sheets[::-1], default_standard()),
    )
    assert forward.as_mapping() == backward.as_mapping()
    assert forward.total == backward.total


def test_the_result_as_json_has_the_keys_and_figures_of_the_command_line() -> None:
    poor = [(FULL[0], tenths, *FULL[2:]) for tenths in (0, 10, 10)]
    sheets = [Sheet("self", "甲", FULL), *(Sheet("public", str(n), s) for n, s in enumerate(poor))]
    shown = combine(sheets, default_standard()).as_mapping()
    assert list(shown) == ["total", "band", "categories", "indicators", "sheets", "missing_sources"]
    assert (shown["total"], shown["band"]) == (99.2, "优秀")
    assert shown["sheets"] == {"self": 1, "expert": 0, "public": 3}
    assert shown["missing_sources"] == ["expert"]
    assert shown["categories"][0] == {"id": 1, "name": "基本条件", "max": 10, "score": 9.2}
    assert shown["indicators"][1] == {
        "id": 2,
        "name": "年检情况",
        "max": 2.0,
        "score": 1.2,
        "by_source": {"self": 2.0, "expert": None, "public": 0.67},
    }
    assert [len(shown["categories"]), len(shown["indicators"])] == [6, 22]


def test_without_a_total_scores_are_empty_but_the_sources_are_shown() -> None:
    nought = parse_standard(
        default_standard().as_mapping() | {"weights": {"self": 0, "expert": 1, "public": 0}}
    )
    result = combine([Sheet("self", "甲", FULL)], nought)
    assert {part.score for part in result.indicators} == {None}
    assert {part.score for part in result.categories} == {None}
    assert result.indicators[0].by_source == {"self": 3}
    assert result.as_mapping()["total"] is None
    assert weakest(result, 3) == ()


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        (Sheet("peer", "甲", FULL), "peer（甲）：现行标准没有这种评价方式"),
        (Sheet("self", "甲", FULL[:21]), "自我评价（甲）有 21 项，应是 22 项"),
        (Sheet("self", "甲", (31, *FULL[1:])), "超过现行标准的 3 分"),
        (Sheet("self", "甲", (None, *FULL[1:])), "没有评分"),
    ],
)
def test_with_a_sheet_that_does_not_fit_there_is_no_total_and_it_is_said_why(sheet, problem):
    result = combine([Sheet("expert", "乙", FULL), sheet], default_standard())
    assert (result.total, result.shown_total, result.band) == (None, None, None)
    assert [problem in one for one in result.problems] == [True]


def test_the_weakest_are_those_with_the_least_part_of_their_points() -> None:
    scores = list(FULL)
    scores[0], scores[12], scores[21] = 15, 30, 49  # 0.5 of 3, 0.43 of 7, 0.98 of 5
    result = combine([Sheet("expert", "甲", tuple(scores))], default_standard())
    assert [part.indicator.id for part in weakest(result, 2)] == [13, 1]
    assert [part.indicator.id for part in weakest(result, 9)] == [13, 1, 22]


def test_equally_weak_indicators_are_all_named_in_the_annex_s_order() -> None:
    scores = list(FULL)
    for place in (16, 18, 19, 20, 21):
        scores[place] = 40
    result = combine([Sheet("expert", "甲", tuple(scores))], default_standard())
    assert [part.indicator.id for part in weakest(result, 3)] == [17, 19, 20, 21, 22]


def test_what_only_states_a_fact_is_nothing_to_improve() -> None:
    result = combine([Sheet("expert", "甲", (0,) * 22)], default_standard())
    in_service, penalties = 3, 4
    named = {part.indicator.id for part in weakest(result, 3)}
    assert named == set(range(1, 23)) - {in_service, penalties}


def test_an_indicator_without_points_is_never_weak() -> None:
    points = default_standard().as_mapping()["points"] | {"1": 0, "2": 5}
    standard = parse_standard(default_standard().as_mapping() | {"points": points})
    result = combine([Sheet("expert", "甲", (0, 50, *FULL[2:]))], standard)
    assert weakest(result, 3) == ()
    assert result.total == 100


def test_the_sources_disagree_most_where_they_lie_most_points_apart() -> None:
    other = list(FULL)
    other[0], other[15], other[16] = 0, 40, 30  # 3, 4 and 2 points apart
    result = combine(
        [Sheet("self", "甲", FULL), Sheet("expert", "乙", tuple(other))], default_standard()
    )
    apart = disagreements(result)
    assert [(p.indicator.id, p.spread) for p in apart] == [(16, 4), (1, 3), (17, 2)]
    assert disagreements(combine([Sheet("self", "甲", tuple(other))], default_standard())) == ()


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    totals = map(Decimal, ["95.5", "90.00", "90.0", "80", "0"])
    assert list(ranks(totals)) == [1, 2, 2, 4, 5]
    assert list(ranks([])) == []


def test_a_total_of_nought_has_a_rank() -> None:
    assert list(ranks([Decimal(0)])) == [1]


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("89995/1000", 2, "90.00"),
        ("89975/1000", 2, "89.98"),
        ("1/3", 2, "0.33"),
        ("2/3", 2, "0.67"),
        ("5/1000", 2, "0.01"),
        ("4999999/1000000000", 2, "0.00"),
        ("100", 2, "100.00"),
        ("5/2", 0, "3"),
        ("3/2", 0, "2"),
        ("1/20", 1, "0.1"),
    ],
)
def test_rounding_is_half_up_and_keeps_its_noughts(value, places, shown) -> None:
    assert str(round_half_up(Fraction(value), places)) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3", "3"),
        ("100", "100"),
        ("5/2", "2.5"),
        ("2/7", "≈0.2857"),
        ("0", "0"),
        ("1/100000", "≈0"),
    ],
)
def test_an_exact_figure_says_where_it_is_not_whole(value, text) -> None:
    assert exact_text(Fraction(value)) == text


@pytest.mark.parametrize(("value", "plain"), [("3", 3), ("5/2", 2.5), ("1/5", 0.2), ("1/3", "1/3")])
def test_a_plain_number_is_read_back_exactly(value, plain) -> None:
    assert plain_number(Fraction(value)) == plain
    assert Fraction(str(plain)) == Fraction(value)
