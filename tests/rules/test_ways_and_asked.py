"""Further ways of evaluation, and sources that are asked about some indicators only."""

import json
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from hrintegrity.notice.indicators import Annex, Category, Indicator
from hrintegrity.rules.case import Sheet
from hrintegrity.rules.standard import Standard
from hrintegrity.rules.standard_reading import kept_standard
from notice_2013 import case_of, combine, default_standard, parse_standard

SOURCES = ("self", "expert", "public", "peer")


@st.composite
def made(draw) -> tuple[Annex, Standard, list[Sheet]]:
    count = draw(st.integers(1, 6))
    numbers = list(range(1, count + 1))
    whole = Category(1, "全部", 100)
    annex = Annex("指标", (whole,), tuple(Indicator(n, f"第{n}", "文", whole) for n in numbers))
    parts = [draw(st.integers(0, 5)) for _ in SOURCES]
    total = sum(parts) or 1
    weights = {
        source: Fraction(part, total) if sum(parts) else Fraction(source == "self")
        for source, part in zip(SOURCES, parts, strict=True)
    }
    asked = {
        source: draw(st.frozensets(st.sampled_from(numbers), min_size=1))
        for source in draw(st.lists(st.sampled_from(SOURCES), unique=True))
    }
    own = default_standard()
    standard = Standard(
        name="区县", points=(300,) * count, weights=weights, bands=own.bands,
        eligibility=own.eligibility, ways={"peer": "同行评价"}, asked=asked,
    )  # fmt: skip
    case = case_of((), standard, annex)
    sheets = [
        Sheet(
            source,
            f"人{number}",
            tuple(draw(st.integers(0, 300)) if case.asks(source, n) else None for n in numbers),
        )
        for source in SOURCES
        for number in range(draw(st.integers(0, 3)))
    ]
    return annex, standard, sheets


@settings(max_examples=200, deadline=None)
@given(made())
def test_scores_and_totals_are_the_weighted_means_over_those_who_were_asked(case) -> None:
    annex, standard, sheets = case
    result = combine(sheets, standard, annex)
    expected = []
    for place in range(len(annex.indicators)):
        means = {}
        for source in SOURCES:
            scores = [one.scores[place] for one in sheets if one.source == source]
            if scores and None not in scores:
                means[source] = Fraction(sum(scores), 10 * len(scores))
        whole = sum(standard.weights[source] for source in means)
        expected.append(
            sum(standard.weights[s] * mean for s, mean in means.items()) / whole if whole else None
        )
    assert [part.score for part in result.indicators] == expected
    total = None if None in expected else sum(expected)
    assert result.total == total
    assert (result.band is None) is (total is None)


def test_ways_asked_procedure_and_days_come_back_as_they_were() -> None:
    content = default_standard().as_mapping() | {
        "weights": {"self": 0.2, "expert": 0.4, "public": 0.2, "peer": 0.2},
        "ways": {"peer": "同行评价"},
        "asked": {"public": [5, 6, 7, 15, 16, 18, 22]},
        "procedure": "第一条 ……\n第二条 ……",
        "complaint_days": 20,
    }

    standard = parse_standard(content)
    assert kept_standard(json.dumps(standard.as_mapping())) == standard
    assert standard.word("peer") == "同行评价"
    assert standard.complaint_days == 20
    case = case_of((), standard)
    asked = [case.asks("public", 1), case.asks("public", 5), case.asks("self", 1)]
    assert asked == [False, True, True]
    assert standard.partly_asked == set(range(1, 23)) - {5, 6, 7, 15, 16, 18, 22}


def test_what_a_district_does_not_set_is_not_kept() -> None:
    assert not {"ways", "asked", "procedure", "complaint_days"} & set(
        default_standard().as_mapping()
    )
