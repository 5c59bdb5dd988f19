"""How the scores of several sources become one result (clause 三(五)); all sums are exact.

An indicator's score is the weighted mean over the sources that have sheets and are asked about it,
the weights renormalised over those; within a source it is the plain mean of its raters. Scores are
integers over one denominator; only what is shown is rounded, and the band is taken from the rounded
total. A result is a pure function of sheets, annex and standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from hrintegrity.notice.indicators import Annex, Category, Indicator
from hrintegrity.rules.exact import hundredths, round_half_up
from hrintegrity.rules.standard import Standard


@dataclass(frozen=True)
class Sheet:
    """One rater's scores in the annex's order, in tenths of a point; None where not asked."""

    source: str
    rater: str
    scores: tuple[int | None, ...]


@dataclass(frozen=True)
class Exact:
    """Each indicator's score in points as an integer over a common denominator.

    None where no source with sheets is asked about the indicator, or none of them counts.
    """

    denominator: int
    numerators: tuple[int | None, ...]

    @property
    def complete(self) -> bool:
        """Whether every indicator has a score."""
        return None not in self.numerators

    def of(self, place: int) -> Fraction | None:
        """Return the score of the indicator at a place, from 0."""
        numerator = self.numerators[place]
        return None if numerator is None else Fraction(numerator, self.denominator)

    def sum_of(self, span: slice) -> Fraction | None:
        """Return the sum over some places; None where one of them has no score."""
        parts = self.numerators[span]
        if None in parts:
            return None
        return Fraction(sum(part or 0 for part in parts), self.denominator)


@dataclass(frozen=True)
class IndicatorResult:
    """An indicator's exact score in points, and each source's; `score` is None where it has none.

    `most` are the points that the standard gives it.
    """

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
    """A category's exact score in points; None where one of its indicators has none."""

    category: Category
    score: Fraction | None


@dataclass(frozen=True)
class Result:
    """What the sheets of one agency come to under a standard, by an annex.

    `sheets` counts the sheets by source, `by_source` has of each source with sheets the sum of
    tenths and the number of raters of each indicator. `band` is None where there is no total: where
    only sources of weight 0 have sheets, or an indicator has no score.
    """

    annex: Annex
    standard: Standard
    sheets: Mapping[str, int]
    by_source: Mapping[str, Sequence[tuple[int, int]]]
    exact: Exact
    total: Fraction | None
    band: str | None

    @property
    def missing_sources(self) -> tuple[str, ...]:
        """The sources that have no sheet, in their order."""
        return tuple(source for source, count in self.sheets.items() if not count)

    @property
    def shown_total(self) -> Decimal | None:
        """The total rounded half up to two decimals, from which the band is taken."""
        return None if self.total is None else round_half_up(self.total)

    @cached_property
    def weights(self) -> Mapping[str, Fraction]:
        """The weights of the sources that count, renormalised over all of them."""
        weights = self.standard.weights
        counting = [source for source in self.by_source if weights[source]]
        whole = sum((weights[source] for source in counting), Fraction())
        return {source: weights[source] / whole for source in counting}

    @cached_property
    def indicators(self) -> tuple[IndicatorResult, ...]:
        """The result of each indicator, in the annex's order."""
        return tuple(
            IndicatorResult(
                indicator,
                Fraction(self.standard.points[place], 10),
                self.exact.of(place),
                {
                    source: Fraction(tenths, 10 * raters)
                    for source, parts in self.by_source.items()
                    for tenths, raters in (parts[place],)
                    if raters
                },
            )
            for place, indicator in enumerate(self.annex.indicators)
        )

    @cached_property
    def categories(self) -> tuple[CategoryResult, ...]:
        """The result of each category, in the annex's order."""
        return tuple(
            CategoryResult(category, self.exact.sum_of(span))
            for category, span in zip(self.annex.categories, self.annex.spans, strict=True)
        )

    def as_mapping(self) -> dict[str, Any]:
        """Return the result as JSON shows it, each figure rounded by itself to two decimals."""
        below, scores = self.exact.denominator, self.exact.numerators
        return {
            "total": None if self.total is None else _shown(*self.total.as_integer_ratio()),
            "band": self.band,
            "categories": [
                {
                    "id": category.id,
                    "name": category.name,
                    "max": category.points,
                    "score": None
                    if None in scores[span]
                    else _shown(sum(score or 0 for score in scores[span]), below),
                }
                for category, span in zip(self.annex.categories, self.annex.spans, strict=True)
            ],
            "indicators": [
                {
                    "id": indicator.id,
                    "name": indicator.name,
                    "max": _shown(most, 10),
                    "score": None if score is None else _shown(score, below),
                    "by_source": {source: self._source(source, place) for source in self.sheets},
                }
                for place, (indicator, most, score) in enumerate(
                    zip(self.annex.indicators, self.standard.points, scores, strict=True)
                )
            ],
            "sheets": dict(self.sheets),
            "missing_sources": list(self.missing_sources),
        }

    def _source(self, source: str, place: int) -> float | None:
        if source not in self.by_source:
            return None
        tenths, raters = self.by_source[source][place]
        return _shown(tenths, 10 * raters) if raters else None


def combine(sheets: Iterable[Sheet], standard: Standard, annex: Annex) -> Result:
    """Combine the sheets of one agency under a standard, by the annex that it is made for.

    Raises ValueError where a sheet has an unknown source or not one score per indicator: both are
    refused where scores come in.
    """
    rated: dict[str, list[tuple[int | None, ...]]] = {source: [] for source in standard.sources}
    for sheet in sheets:
        if sheet.source not in rated or len(sheet.scores) != len(annex.indicators):
            raise ValueError(f"no sheet: {sheet}")
        rated[sheet.source].append(sheet.scores)
    sums = {source: _sums(rows, standard, source) for source, rows in rated.items() if rows}
    exact = _weighted(sums, standard, len(annex.indicators))
    total = exact.sum_of(slice(None))
    band = None if total is None else standard.band_of(hundredths(*total.as_integer_ratio()))
    counts = {source: len(rows) for source, rows in rated.items()}
    return Result(annex, standard, counts, sums, exact, total=total, band=band)


def as_concluded(
    sheets: Iterable[Sheet],
    standard: Standard,
    annex: Annex,
    *,
    exact: Exact | None,
    band: str,
) -> Result:
    """Return a result that was concluded: its scores and its band are taken as they were kept.

    `exact` is None of what was concluded before exact scores were kept; then they are the weighted
    means of the sheets. The band is not judged again.
    """
    rated: dict[str, list[tuple[int | None, ...]]] = {source: [] for source in standard.sources}
    for sheet in sheets:
        rated[sheet.source].append(sheet.scores)
    sums = {source: _sums(rows, standard, source) for source, rows in rated.items() if rows}
    exact = exact or _weighted(sums, standard, len(annex.indicators))
    counts = {source: len(rows) for source, rows in rated.items()}
    return Result(annex, standard, counts, sums, exact, total=exact.sum_of(slice(None)), band=band)


def _sums(
    rows: list[tuple[int | None, ...]], standard: Standard, source: str
) -> list[tuple[int, int]]:
    """Return the sum of tenths and the number of raters for each indicator."""
    asked = standard.asked.get(source)
    if asked is None and not any(None in row for row in rows):
        count = len(rows)
        return [(sum(column), count) for column in zip(*rows, strict=True)]
    found = []
    for number, column in enumerate(zip(*rows, strict=True), 1):
        given = [score for score in column if score is not None]
        counted = given if asked is None or number in asked else []
        found.append((sum(counted), len(counted)))
    return found


def _weighted(sums: Mapping[str, list[tuple[int, int]]], standard: Standard, width: int) -> Exact:
    """Return each indicator's weighted mean over the sources that are asked about it."""
    weighed = [(source, parts) for source, parts in sums.items() if standard.weights[source]]
    columns = list(zip(*(parts for _, parts in weighed), strict=True)) or [()] * width
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
    return Exact(
        denominator,
        tuple(None if one is None else one[0] * (denominator // one[1]) for one in found),
    )


def _shown(above: int, below: int) -> float:
    """Return a figure for JSON, rounded half up to two decimals."""
    return hundredths(above, below) / 100
