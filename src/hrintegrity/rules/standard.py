"""A district's assessment standard on top of the year's annex (clause 三(五)).

The notice fixes the points of the categories. Points per indicator, weights, ways of evaluation,
bands and eligibility are each district's; the defaults are the project's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import gt
from types import MappingProxyType
from typing import Any, NamedTuple

from hrintegrity.notice.words import SOURCE
from hrintegrity.rules import standard_fields as forms
from hrintegrity.rules.standard_fields import Band, Eligibility, Form


class Weighing(NamedTuple):
    """The factor of each source's sum of tenths, 0 without raters, over a common denominator."""

    denominator: int
    factors: tuple[int, ...]

    def over(self, denominator: int) -> list[int]:
        """Return the factors over a multiple of their denominator."""
        times = denominator // self.denominator
        return [factor * times for factor in self.factors]


@dataclass(frozen=True)
class Standard:
    """A standard: `points` in tenths for each indicator, exact `weights` by source, bands downward.

    Weights sum to 1, points to each category's total, and the last band begins at 0. `ways` are
    further ways of evaluation beside the three (等方式), with their words. `asked` are the
    indicators that a source scores, where it does not score all of them. `procedure` is the
    district's written procedure (评估规程). `complaint_days` is the term of answers to complaints,
    None where the district leaves it to the default.
    """

    name: str = field(metadata=forms.NAME.declared)
    points: tuple[int, ...] = field(metadata=forms.POINTS.declared)
    weights: Mapping[str, Fraction] = field(metadata=forms.WEIGHTS.declared)
    bands: tuple[Band, ...] = field(metadata=forms.BANDS.declared)
    eligibility: Eligibility = field(metadata=forms.ELIGIBILITY.declared)
    ways: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), metadata=forms.WAYS.declared
    )
    asked: Mapping[str, frozenset[int]] = field(
        default_factory=lambda: MappingProxyType({}), metadata=forms.ASKED.declared
    )
    procedure: str | None = field(default=None, metadata=forms.PROCEDURE.declared)
    complaint_days: int | None = field(default=None, metadata=forms.COMPLAINT_DAYS.declared)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources in their order: the three of the notice, then the district's own ways."""
        return tuple(self.weights)

    @cached_property
    def counting_sources(self) -> tuple[str, ...]:
        """Those of the sources that count: their weight is not 0."""
        return tuple(source for source, weight in self.weights.items() if weight)

    def word(self, source: str) -> str:
        """Return the Chinese word of a source; one that the standard has not, as it is."""
        return SOURCE.chinese(source) if source in SOURCE else self.ways.get(source, source)

    def asks(self, source: str, number: int) -> bool:
        """Say whether a source scores an indicator, by its number."""
        return source not in self.asked or number in self.asked[source]

    def fits(self, source: str, scores: Sequence[int | None]) -> bool:
        """Say whether a source that is asked everything scored it, in tenths, within the points."""
        if source in self.asked or None in scores:
            return False
        return not any(map(gt, scores, self.points))  # type: ignore[arg-type]  # None is not among them.

    @cached_property
    def partly_asked(self) -> frozenset[int]:
        """The numbers of the indicators that not every source scores in every case."""
        everything = frozenset(range(1, len(self.points) + 1))
        return everything - everything.intersection(*self.asked.values())

    def band_of(self, hundredths: int) -> str:
        """Return the band of a total that was rounded to hundredths of a point."""
        found = (band.name for band in self.bands if hundredths >= band.least)
        return next(found, self.bands[-1].name)

    def weighing(self, sources: tuple[str, ...], raters: tuple[int, ...]) -> Weighing:
        """Return how the sums of these sources make a score in points; each has so many raters.

        The sum of a source's tenths counts weight / (10 × raters), the weights renormalised over
        the sources that have raters. Over one denominator the work is on integers, since a city's
        list does this for every agency; few combinations come again and again, so they are kept.
        """
        found = self._weighings.get((sources, raters))
        if found is None:
            counting = dict(zip(sources, raters, strict=True))
            whole = sum((self.weights[s] for s, count in counting.items() if count), Fraction())
            factors = [
                self.weights[source] / (whole * 10 * count) if count else Fraction()
                for source, count in counting.items()
            ]
            denominator = lcm(*(factor.denominator for factor in factors))
            found = Weighing(denominator, tuple(int(factor * denominator) for factor in factors))
            self._weighings[sources, raters] = found
        return found

    @cached_property
    def _weighings(self) -> dict[tuple[tuple[str, ...], tuple[int, ...]], Weighing]:
        return {}

    def as_mapping(self, *, whole: bool = False) -> dict[str, Any]:
        """Return what `standard_reading.parse_standard` reads back to an equal standard, for JSON.

        What a district did not set is left out, so that equal standards stay equal texts; the
        `whole` shows it as not set.
        """
        found: dict[str, Any] = {}
        for name, form in FORMS.items():
            value = getattr(self, name)
            if value != _UNSET.get(name, ...):
                found[name] = form.plain(value)
            elif whole:
                found[name] = form.unset
        return found


FORMS: Mapping[str, Form] = MappingProxyType(
    {one.name: one.metadata["form"] for one in fields(Standard)}
)
"""The form of each field, by its name and in their order."""

_UNSET = {
    one.name: one.default if one.default_factory is MISSING else one.default_factory()
    for one in fields(Standard)
    if one.default_factory is not MISSING or one.default is not MISSING
}
