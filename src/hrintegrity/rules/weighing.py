"""How the sheets of several sources become exact scores (clause 三(五)).

An indicator's score is the weighted mean over the sources that have sheets and are asked about it,
the weights renormalised over those; within a source it is the plain mean of its raters. Scores are
integers over one denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import lcm
from operator import mul
from typing import NamedTuple

from hrintegrity.rules.case import Case, Sheet


class Exact(NamedTuple):
    """Scores in points as integers over a common denominator: by indicator, by category, the total.

    None where there is none: no source with sheets is asked about an indicator, or none of those
    counts.
    """

    denominator: int
    indicators: tuple[int | None, ...]
    categories: tuple[int | None, ...]
    total: int | None

    def points(self, numerator: int | None) -> Fraction | None:
        """Return one of these scores in points."""
        return None if numerator is None else Fraction(numerator, self.denominator)


def exact_of(case: Case, denominator: int, indicators: Sequence[int | None]) -> Exact:
    """Return the exact scores of a case from those of its indicators, over a denominator.

    A category's score is the sum of its indicators', the total that of the categories; None where
    one of them has no score.
    """
    categories = tuple([_sum(indicators[span]) for span in case.annex.spans])
    return Exact(denominator, tuple(indicators), categories, _sum(categories))


def _sum(scores: Sequence[int | None]) -> int | None:
    if None in scores:
        return None
    return sum(scores)  # type: ignore[arg-type]  # None is not among them.


class Given(NamedTuple):
    """What the raters of one source gave: by indicator their sum in tenths, and their number."""

    tenths: tuple[int, ...]
    raters: tuple[int, ...]

    def mean(self, place: int) -> Fraction | None:
        """Return the mean for the indicator at a place, from 0, in points; None without raters."""
        raters = self.raters[place]
        return Fraction(self.tenths[place], 10 * raters) if raters else None


Scores = tuple[int | None, ...]
"""A sheet's scores, as `rules.case.Sheet` has them."""


def counted(sheets: Iterable[Sheet], case: Case) -> tuple[dict[str, int], dict[str, Given]]:
    """Return the number of sheets of each source, and what those gave that have sheets."""
    by_source: dict[str, list[Scores]] = {source: [] for source in case.standard.sources}
    for sheet in sheets:
        by_source[sheet.source].append(sheet.scores)
    counts = {source: len(rows) for source, rows in by_source.items()}
    given = {source: _given(rows, case, source) for source, rows in by_source.items() if rows}
    return counts, given


def _given(rows: list[Scores], case: Case, source: str) -> Given:
    """Return what the sheets of a source gave; what it was not asked does not count."""
    asked = case.asked.get(source)
    if asked is None and None not in chain.from_iterable(rows):
        # Most agencies have one sheet of a source, which is its own sum.
        sums = rows[0] if len(rows) == 1 else tuple(map(sum, zip(*rows, strict=True)))
        return Given(sums, (len(rows),) * len(sums))  # type: ignore[arg-type]  # None is not among them.
    found = []
    for number, column in enumerate(zip(*rows, strict=True), 1):
        scores = [score for score in column if score is not None]
        if asked is not None and number not in asked:
            scores = []
        found.append((sum(scores), len(scores)))
    tenths, raters = zip(*found, strict=True)
    return Given(tenths, raters)


def weighted(by_source: Mapping[str, Given], case: Case) -> Exact:
    """Return each indicator's weighted mean over the sources that are asked about it.

    `by_source` is what `counted` returns, which takes no source that the standard has not.
    """
    standard = case.standard
    sources = tuple([source for source in standard.counting_sources if source in by_source])
    if not sources:
        return exact_of(case, 1, [None] * len(standard.points))
    tenths = zip(*[by_source[source].tenths for source in sources], strict=True)
    raters = list(zip(*[by_source[source].raters for source in sources], strict=True))
    # Nearly always the same raters count for every indicator, so that this is one look-up.
    weighings = {counts: standard.weighing(sources, counts) for counts in set(raters)}
    denominator = lcm(*[weighing.denominator for weighing in weighings.values()])
    factors = {counts: weighing.over(denominator) for counts, weighing in weighings.items()}
    scores = [
        sum(map(mul, sums, factors[counts])) if any(counts) else None
        for sums, counts in zip(tenths, raters, strict=True)
    ]
    return exact_of(case, denominator, scores)
