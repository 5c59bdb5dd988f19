"""A district's assessment standard on top of the year's annex (clause 三(五)).

The notice fixes the points of the categories. Points per indicator, weights, ways of evaluation,
bands and eligibility are each district's; the defaults are the project's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cached_property
from math import lcm
from types import MappingProxyType
from typing import Any

from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import plain_number

Weighing = tuple[int, tuple[int, ...]]
"""A common denominator, and the factor of each source's sum of tenths over it."""


@dataclass(frozen=True)
class Band:
    """A band of the result, from so many hundredths of a point upwards."""

    name: str
    least: int


@dataclass(frozen=True)
class Eligibility:
    """Who may be recommended; each rule can be switched off, and none is the notice's.

    `concluded`: an assessment of this campaign is concluded. `expert_sheet`: an expert's sheet is
    in it. `refused_bands`: bands that rule out. `active`: the agency is not closed. `no_sanction`:
    none of this campaign year. `no_open_rectification`: no order to rectify is still open.
    `no_substantiated_complaint`: none this year. `no_lost_title`: none this year.
    """

    concluded: bool
    expert_sheet: bool
    refused_bands: tuple[str, ...]
    active: bool
    no_sanction: bool
    no_open_rectification: bool
    no_substantiated_complaint: bool
    no_lost_title: bool

    def as_mapping(self) -> dict[str, Any]:
        """Return the rules by name, fit for JSON."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return found | {"refused_bands": list(self.refused_bands)}


@dataclass(frozen=True)
class Standard:
    """A standard: `points` in tenths for each indicator, exact `weights` by source, bands downward.

    Weights sum to 1, points to each category's total, and the last band begins at 0. `ways` are
    further ways of evaluation beside the three (等方式), with their words. `asked` are the
    indicators that a source scores, where it does not score all of them. `procedure` is the
    district's written procedure (评估规程). `complaint_days` is the term of answers to complaints,
    None where the district leaves it to the default.
    """

    name: str
    points: tuple[int, ...]
    weights: Mapping[str, Fraction]
    bands: tuple[Band, ...]
    eligibility: Eligibility
    ways: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    asked: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    procedure: str | None = None
    complaint_days: int | None = None

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources in their order: the three of the notice, then the district's own ways."""
        return tuple(self.weights)

    def word(self, source: str) -> str:
        """Return the Chinese word of a source; one that the standard has not, as it is."""
        return SOURCE.chinese(source) if source in SOURCE else self.ways.get(source, source)

    @cached_property
    def partly_asked(self) -> frozenset[int]:
        """The numbers of the indicators that not every source scores in every case."""
        everything = frozenset(range(1, len(self.points) + 1))
        return everything - everything.intersection(*self.asked.values())

    def band_of(self, hundredths: int) -> str:
        """Return the band of a total that was rounded to hundredths of a point."""
        found = (band.name for band in self.bands if hundredths >= band.least)
        return next(found, self.bands[-1].name)

    def weighing(self, raters: tuple[tuple[str, int], ...]) -> Weighing:
        """Return how the sums of these sources make a score in points; each has so many raters.

        The sum of a source's tenths counts weight / (10 × raters), the weights renormalised over
        these sources. Over one denominator the work is on integers, since a city's list does this
        for every agency; few combinations of raters come again and again, so they are kept.
        """
        found = self._weighings.get(raters)
        if found is None:
            whole = sum((self.weights[source] for source, _ in raters), Fraction())
            factors = [self.weights[source] / (whole * 10 * count) for source, count in raters]
            denominator = lcm(*(factor.denominator for factor in factors))
            found = denominator, tuple(int(factor * denominator) for factor in factors)
            self._weighings[raters] = found
        return found

    @cached_property
    def _weighings(self) -> dict[tuple[tuple[str, int], ...], Weighing]:
        return {}

    def as_mapping(self) -> dict[str, Any]:
        """Return what `reading.parse_standard` reads back to an equal standard, fit for JSON."""
        found: dict[str, Any] = {
            "name": self.name,
            "points": {
                str(number): plain_number(Fraction(tenths, 10))
                for number, tenths in enumerate(self.points, 1)
            },
            "weights": {source: plain_number(weight) for source, weight in self.weights.items()},
            "bands": [
                {"name": band.name, "from": plain_number(Fraction(band.least, 100))}
                for band in self.bands
            ],
            "eligibility": self.eligibility.as_mapping(),
        }
        # What a district did not set is left out, so that equal standards stay equal texts.
        if self.ways:
            found["ways"] = dict(self.ways)
        if self.asked:
            found["asked"] = {source: sorted(numbers) for source, numbers in self.asked.items()}
        if self.procedure is not None:
            found["procedure"] = self.procedure
        if self.complaint_days is not None:
            found["complaint_days"] = self.complaint_days
        return found
