"""How the sheets of several sources become exact scores (clause 三(五)).

An indicator's score is the weighted mean over the sources that have sheets and are asked about it,
the weights renormalised over those; within a source it is the plain mean of its raters. Scores are
integers over one denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from hrintegrity.rules.case import Case, Sheet


@dataclass(frozen=True)
class Exact:
    """Scores in points as integers over a common denominator, by indicator and by category.

    None where there is none: no source with sheets is asked about an indicator, or none of those
    counts.
    """

    denominator: int
    indicators: tuple[int | None, ...]
    categories: tuple[int | None, ...]

    @cached_property
    def total(self) -> int | None:
        """The sum over all categories; None where one of them has no score."""
        return _sum(self.categories)

    def points(self, numerator: int | None) -> Fraction | None:
        """Return one of these scores in points."""
        return None if numerator is None else Fraction(numerator, self.denominator)


def exact_of(case: Case, denominator: int, indicators: Sequence[int | None]) -> Exact:
    """Return the exact scores of a case from those of its indicators, over a denominator.

    A category's score is the sum of its indicators'; None where one of them has no score.
    """
    categories = tuple(_sum(indicators[span]) for span in case.annex.spans)
    return Exact(denominator, tuple(indicators), categories)


def _sum(scores: Sequence[int | None]) -> int | None:
    if None in scores:
        return None
    return sum(scores)  # type: ignore[arg-type]  # None is not among them.


def counted(
    sheets: Iterable[Sheet], case: Case
) -> tuple[dict[str, int], dict[str, list[tuple[int, int]]]]:
    """Return the number of sheets of each source, and the sums of those that have sheets."""
    rated: dict[str, list[tuple[int | None, ...]]] = {
        source: [] for source in case.standard.sources
    }
    for sheet in sheets:
        rated[sheet.source].append(sheet.scores)
    counts = {source: len(rows) for source, rows in rated.items()}
    return counts, {source: _sums(rows, case, source) for source, rows in rated.items() if rows}


def _sums(rows: list[tuple[int | None, ...]], case: Case, source: str) -> list[tuple[int, int]]:
    """Return the sum of tenths and the number of raters for each indicator."""
    asked = case.asked.get(source)
    if asked is None and not any(None in row for row in rows):
        count = len(rows)
        return [(sum(column), count) for column in zip(*rows, strict=True)]
    found = []
    for number, column in enumerate(zip(*rows, strict=True), 1):
        given = [score for score in column if score is not None]
        counted = given if asked is None or number in asked else []
        found.append((sum(counted), len(counted)))
    return found


def weighted(sums: Mapping[str, list[tuple[int, int]]], case: Case) -> Exact:
    """Return each indicator's weighted mean over the sources that are asked about it."""
    standard = case.standard
    weighed = [(source, parts) for source, parts in sums.items() if standard.weights[source]]
    columns = list(zip(*(parts for _, parts in weighed), strict=True)) or [()] * len(
        standard.points
    )
    # Nearly always the same sources count for every indicator, so that this is one look-up.
    known: dict[tuple[int, ...], tuple[int, tuple[int, ...]] | None] = {}
    found: list[tuple[int, int] | None] = []
    for column in columns:
        raters = tuple(count for _, count in column)
        if raters not in known:
            counting = tuple(
                (source, count) for (source, _), count in zip(weighed, raters, strict=True) if count
            )
            known[raters] = standard.weighing(counting) if counting else None
        weighing = known[raters]
        if weighing is None:
            found.append(None)
            continue
        below, factors = weighing
        given = (tenths for tenths, count in column if count)
        found.append((sum(map(int.__mul__, factors, given)), below))
    denominator = lcm(*(weighing[0] for weighing in known.values() if weighing is not None))
    return exact_of(
        case,
        denominator,
        [None if one is None else one[0] * (denominator // one[1]) for one in found],
    )
