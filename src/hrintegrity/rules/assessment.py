"""How the scores of three sources become one result (clause 三(五)); all sums are exact.

An indicator's score is the weighted mean over the sources that have sheets, the weights
renormalised over those; within a source it is the plain mean of its raters. Points are `Fraction`;
only what is shown is rounded, and the band is taken from the rounded total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, TypeVar

from hrintegrity.notice.indicators import Category, Indicator, categories, indicators
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import round_half_up
from hrintegrity.rules.standard import Standard

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Sheet:
    """One rater's 22 scores, in tenths of a point."""

    source: str
    rater: str
    scores: tuple[int, ...]


@dataclass(frozen=True)
class IndicatorResult:
    """An indicator's exact score in points, and each source's; `score` is None without a total."""

    indicator: Indicator
    most: Fraction
    score: Fraction | None
    by_source: Mapping[str, Fraction]

    @property
    def spread(self) -> Fraction:
        """How far the sources lie apart, in points."""
        scores = self.by_source.values()
        return max(scores) - min(scores) if scores else Fraction()


@dataclass(frozen=True)
class CategoryResult:
    """A category's exact score in points; None without a total."""

    category: Category
    score: Fraction | None


@dataclass(frozen=True)
class Result:
    """What the sheets of one agency come to under a standard.

    `sheets` counts the sheets by source, `weights` are the renormalised ones of the sources that
    count. Where only sources of weight 0 have sheets, or none has, `total` and `band` are None.
    """

    standard: Standard
    sheets: Mapping[str, int]
    weights: Mapping[str, Fraction]
    indicators: tuple[IndicatorResult, ...]
    categories: tuple[CategoryResult, ...]
    total: Fraction | None
    band: str | None

    @property
    def missing_sources(self) -> tuple[str, ...]:
        """The sources that have no sheet, in their order."""
        return tuple(source for source in SOURCE if not self.sheets[source])

    @property
    def shown_total(self) -> Decimal | None:
        """The total rounded half up to two decimals, from which the band is taken."""
        return None if self.total is None else round_half_up(self.total)

    def as_mapping(self) -> dict[str, Any]:
        """Return the result as JSON shows it, each figure rounded by itself to two decimals."""
        return {
            "total": _shown(self.total),
            "band": self.band,
            "categories": [
                {
                    "id": part.category.id,
                    "name": part.category.name,
                    "max": part.category.points,
                    "score": _shown(part.score),
                }
                for part in self.categories
            ],
            "indicators": [
                {
                    "id": part.indicator.id,
                    "name": part.indicator.name,
                    "max": _shown(part.most),
                    "score": _shown(part.score),
                    "by_source": {source: _shown(part.by_source.get(source)) for source in SOURCE},
                }
                for part in self.indicators
            ],
            "sheets": dict(self.sheets),
            "missing_sources": list(self.missing_sources),
        }


def combine(sheets: Iterable[Sheet], standard: Standard) -> Result:
    """Combine the sheets of one agency under a standard.

    Raises ValueError where a sheet has an unknown source or not one score per indicator: both are
    refused where scores come in.
    """
    by_source = _by_source(sheets)
    counts = {source: len(rated) for source, rated in by_source.items()}
    sums = {source: _column_sums(rated) for source, rated in by_source.items() if rated}
    weights = _renormalised(standard, list(sums))
    scores = _weighted(sums, counts, weights)
    indicator_results = tuple(
        IndicatorResult(
            indicator,
            Fraction(standard.points[place], 10),
            scores[place] if scores else None,
            {
                source: Fraction(tenths[place], 10 * counts[source])
                for source, tenths in sums.items()
            },
        )
        for place, indicator in enumerate(indicators())
    )
    category_results = tuple(
        CategoryResult(category, _sum_of(category, indicator_results)) for category in categories()
    )
    total = sum(scores, Fraction()) if scores else None
    band = None if total is None else standard.band_of(int(round_half_up(total).scaleb(2)))
    return Result(standard, counts, weights, indicator_results, category_results, total, band)


def weakest(result: Result, count: int) -> tuple[IndicatorResult, ...]:
    """Return the indicators with the least part of their points, those with all points never."""
    open_ones = [
        part for part in result.indicators if part.score is not None and part.score < part.most
    ]
    open_ones.sort(key=lambda part: (part.score or 0) / part.most)
    return tuple(open_ones[:count])


def disagreements(result: Result) -> tuple[IndicatorResult, ...]:
    """Return the indicators on which the sources differ, by how many points, the most first."""
    apart = [part for part in result.indicators if part.spread]
    return tuple(sorted(apart, key=lambda part: -part.spread))


def rank(
    rows: Iterable[_Row], total: Callable[[_Row], Decimal | None]
) -> list[tuple[int | None, _Row]]:
    """Return the rows by their shown totals, the highest first; ties share a rank (1, 2, 2, 4).

    Rows of one rank keep their order; rows without a total come last, without a rank.
    """
    valued = [(total(row), row) for row in rows]
    placed = [(value, row) for value, row in valued if value is not None]
    placed.sort(key=lambda pair: pair[0], reverse=True)
    ranked: list[tuple[int | None, _Row]] = []
    place, before = 0, None
    for position, (value, row) in enumerate(placed, 1):
        if value != before:
            place, before = position, value
        ranked.append((place, row))
    return ranked + [(None, row) for value, row in valued if value is None]


def _by_source(sheets: Iterable[Sheet]) -> dict[str, list[tuple[int, ...]]]:
    found: dict[str, list[tuple[int, ...]]] = {source: [] for source in SOURCE}
    for sheet in sheets:
        if sheet.source not in found or len(sheet.scores) != len(indicators()):
            raise ValueError(f"no sheet: {sheet}")
        found[sheet.source].append(sheet.scores)
    return found


def _column_sums(rated: list[tuple[int, ...]]) -> list[int]:
    return [sum(column) for column in zip(*rated, strict=True)]


def _renormalised(standard: Standard, sources: list[str]) -> dict[str, Fraction]:
    """Return the weights of these sources, summing to 1; empty where all of them weigh nothing."""
    whole = sum((standard.weights[source] for source in sources), Fraction())
    if not whole:
        return {}
    return {
        source: standard.weights[source] / whole for source in sources if standard.weights[source]
    }


def _weighted(
    sums: Mapping[str, list[int]], counts: Mapping[str, int], weights: Mapping[str, Fraction]
) -> list[Fraction]:
    """Return each indicator's score in points.

    The sum of a source's tenths counts weight / (10 × raters); over one common denominator the
    work is on integers, since a city's list does this for every agency.
    """
    factors = {source: weight / (10 * counts[source]) for source, weight in weights.items()}
    if not factors:
        return []
    denominator = lcm(*(factor.denominator for factor in factors.values()))
    columns = [
        [int(factor * denominator) * tenths for tenths in sums[source]]
        for source, factor in factors.items()
    ]
    return [Fraction(sum(column), denominator) for column in zip(*columns, strict=True)]


def _sum_of(category: Category, parts: tuple[IndicatorResult, ...]) -> Fraction | None:
    mine = [part.score for part in parts if part.indicator.category == category]
    scores = [score for score in mine if score is not None]
    return sum(scores, Fraction()) if scores else None


def _shown(value: Fraction | None) -> float | None:
    return None if value is None else float(round_half_up(value))
