"""What a case comes to: total, band and scores, and how they are shown (clause 三(五)).

Only what is shown is rounded, and the band is taken from the rounded total. A result is a pure
function of a case (`rules.case`); how sheets are weighed stands in `rules.weighing`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import Any

from hrintegrity.compact_json import encode
from hrintegrity.notice.indicators import Annex, Category, Indicator
from hrintegrity.rules.case import Case
from hrintegrity.rules.exact import hundredths
from hrintegrity.rules.standard import Standard
from hrintegrity.rules.weighing import Exact, Given, counted, weighted


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
    """What a case comes to, or came to when it was concluded.

    `sheets` counts the sheets by source, `by_source` has what each source with sheets gave. `band`
    is None where there is no total: where only sources of weight 0 have sheets, an indicator has no
    score, or sheets don't fit the standard; `problems` says in Chinese where.
    """

    case: Case
    sheets: Mapping[str, int]
    by_source: Mapping[str, Given]
    exact: Exact
    band: str | None
    problems: tuple[str, ...] = ()

    @property
    def standard(self) -> Standard:
        """The standard of the case."""
        return self.case.standard

    @property
    def annex(self) -> Annex:
        """The annex of the case."""
        return self.case.annex

    @property
    def total(self) -> Fraction | None:
        """The exact total in points, if there is one."""
        return None if self.band is None else self.exact.points(self.exact.total)

    @property
    def total_hundredths(self) -> int | None:
        """The total in hundredths of a point, rounded half up, from which the band is taken."""
        if self.band is None or self.exact.total is None:
            return None
        return hundredths(self.exact.total, self.exact.denominator)

    @property
    def shown_total(self) -> Decimal | None:
        """The total rounded half up to two decimals."""
        found = self.total_hundredths
        return None if found is None else Decimal(found).scaleb(-2)

    @cached_property
    def missing_sources(self) -> tuple[str, ...]:
        """The sources that have no sheet, in their order."""
        return tuple([source for source, count in self.sheets.items() if not count])

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
                self.exact.points(self.exact.indicators[place]),
                {
                    source: mean
                    for source, given in self.by_source.items()
                    if (mean := given.mean(place)) is not None
                },
            )
            for place, indicator in enumerate(self.annex.indicators)
        )

    @cached_property
    def categories(self) -> tuple[CategoryResult, ...]:
        """The result of each category, in the annex's order."""
        return tuple(
            CategoryResult(category, self.exact.points(score))
            for category, score in zip(self.annex.categories, self.exact.categories, strict=True)
        )

    def as_json(self) -> str:
        """Return the result as JSON, each figure rounded by itself to two decimals."""
        # A city's results differ in their figures only, so these are put into one text that all of
        # a standard share: to make and encode a mapping for each takes four times as long.
        below = self.exact.denominator
        scores = map(_shown, self.exact.indicators, repeat(below))
        indicators = zip(scores, *map(self._means, self.sheets), strict=True)
        figures = (
            _shown(self.total_hundredths, 100),
            encode(self.band),
            *map(_shown, self.exact.categories, repeat(below)),
            *chain.from_iterable(indicators),
            *self.sheets.values(),
            encode(self.missing_sources),
        )
        return _template(self.annex, self.standard.points, self.standard.sources) % figures

    def as_mapping(self) -> dict[str, Any]:
        """Return what `as_json` says."""
        found: dict[str, Any] = json.loads(self.as_json())
        return found

    def _means(self, source: str) -> Iterable[str]:
        """Return what a source gave on average, indicator by indicator, as JSON shows it."""
        given = self.by_source.get(source)
        if given is None:
            return ["null"] * len(self.annex.indicators)
        return map(_shown, given.tenths, [10 * raters for raters in given.raters])


def assess(case: Case) -> Result:
    """Return what the sheets of a case come to."""
    problems = case.misfits()
    fitting = filter(case.has_place_for, case.sheets) if problems else case.sheets
    counts, sums = counted(fitting, case)
    exact = weighted(sums, case)
    band = None
    if exact.total is not None and not problems:
        band = case.standard.band_of(hundredths(exact.total, exact.denominator))
    return Result(case, counts, sums, exact, band=band, problems=problems)


def as_concluded(case: Case, exact: Exact | None, band: str) -> Result:
    """Return a result that was concluded: its scores and its band are taken as they were kept.

    `exact` is None of what was concluded before exact scores were kept; then they are the weighted
    means of the sheets. The band is not judged again.
    """
    counts, sums = counted(case.sheets, case)
    return Result(case, counts, sums, exact or weighted(sums, case), band)


# A city's results are made of a few hundred different scores.
@lru_cache(maxsize=4096)
def _shown(above: int | None, below: int) -> str:
    """Return a figure as JSON, rounded half up to two decimals; null where there is none."""
    return encode(hundredths(above, below) / 100 if above is not None and below else None)


@lru_cache(maxsize=64)
def _template(annex: Annex, points: tuple[int, ...], sources: tuple[str, ...]) -> str:
    """Return what results have in common as JSON, with `%s` for each figure.

    The figures are in the order in which `Result.as_json` gives them.
    """
    figure = "\0"
    content = {
        "total": figure,
        "band": figure,
        "categories": [
            {"id": one.id, "name": one.name, "max": one.points, "score": figure}
            for one in annex.categories
        ],
        "indicators": [
            {
                "id": one.id,
                "name": one.name,
                "max": most / 10,
                "score": figure,
                "by_source": dict.fromkeys(sources, figure),
            }
            for one, most in zip(annex.indicators, points, strict=True)
        ],
        "sheets": dict.fromkeys(sources, figure),
        "missing_sources": figure,
    }
    return encode(content).replace("%", "%%").replace(encode(figure), "%s")
