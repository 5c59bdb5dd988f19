"""The summary of the campaign month (四(四)): every figure once, for whatever file it goes into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.duties import offices
from hrintegrity.duties.campaign import activities
from hrintegrity.duties.campaign.activities import ActivityView
from hrintegrity.duties.recommendation import quotas
from hrintegrity.duties.reporting import counting, registry
from hrintegrity.duties.reporting.figure import Counted, Figure, Value, shown
from hrintegrity.duties.reporting.figures_assessment import (
    best_and_weakest,
    indicator_rates,
    standard_of,
)
from hrintegrity.duties.reporting.querying import Period
from hrintegrity.duties.reporting.remarks import Remarks
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.indicators import Indicator
from hrintegrity.rules.rates import percent

CITY_NAME = "全市"


@dataclass(frozen=True)
class Shown:
    """A figure with its value; `text` is how people read it, without the unit."""

    figure: Figure
    value: Value

    @property
    def text(self) -> str:
        """The value as people read it."""
        return shown(self.value, self.figure.unit)

    @property
    def with_unit(self) -> str:
        """The value with its unit; what has none stands alone."""
        return self.text if self.value is None else f"{self.text}{self.figure.unit}"

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        one = self.figure
        return {"value": self.value, "unit": one.unit, "clause": one.clause, "label": one.label}


Figures = Mapping[str, Shown]


@dataclass(frozen=True)
class Standard:
    """A standard by which some were assessed, and how many."""

    name: str
    agencies: int


@dataclass(frozen=True)
class Rated:
    """An indicator and its mean rate in per cent."""

    indicator: Indicator
    rate: Value


@dataclass(frozen=True)
class Summary:
    """All that the summary says of a district, or with `district` None of the whole city."""

    period: Period
    district: str | None
    district_name: str
    office: offices.OfficeView
    chapters: Mapping[str, tuple[Figure, ...]]
    figures: Figures
    activities: list[ActivityView]
    standards: list[Standard]
    best: list[Rated]
    weakest: list[Rated]
    bands: tuple[str, ...]
    districts: Mapping[str, Figures]
    remarks: Remarks

    @property
    def year(self) -> int:
        """The campaign's year."""
        return self.period.year

    @property
    def date(self) -> dt.date:
        """The day that it bears."""
        return self.period.today

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it; the keys of docs/contract.md first."""
        head = {
            "year": self.year,
            "district": self.district,
            "figures": _as_mapping(self.figures),
            "activities": [_activity(one) for one in self.activities],
            "district_name": self.district_name,
            "date": self.date,
            "start": self.period.start,
            "end": self.period.end,
            "deadline": self.period.deadline,
            "office": {
                "name": self.office.name,
                "leader": self.office.leader,
                "department": self.office.department,
                "plan": bool(self.office.plan),
            },
            "standards": [{"name": one.name, "agencies": one.agencies} for one in self.standards],
            "best_indicators": [_rated(one) for one in self.best],
            "weakest_indicators": [_rated(one) for one in self.weakest],
            "problems": [one.text for one in self.remarks.problems],
            "proposals": [one.text for one in self.remarks.proposals],
        }
        if self.district is None:
            head["districts"] = [
                {"district": code, "district_name": BY_CODE[code].name, "figures": _as_mapping(own)}
                for code, own in self.districts.items()
            ]
        return head


def summarise(
    archive: Archive,
    *,
    district: str | None,
    year: int | None,
    today: dt.date,
    remarks: Remarks = Remarks(),  # noqa: B008 — frozen.
) -> Summary:
    """Count everything that the summary says. Raises RuleError `not-ours`."""
    month = offices.campaign(archive, year)
    district = offices.scope(archive, district)
    period = Period.of(month, today, district)
    counted = counting.count_all(archive, period)
    places = _places(archive, month.year)
    for code, one in counted.items():
        one.quota = places.get(code)
    whole = counting.together(archive, period, counted)
    bands = _bands(whole)
    best, weakest = best_and_weakest(whole)
    rates = indicator_rates(whole)
    figures = registry.figures(month.year, bands)
    return Summary(
        period,
        district,
        CITY_NAME if district is None else BY_CODE[district].name,
        offices.office_of(archive, district or offices.CITY),
        registry.chapters(month.year, bands),
        _shown(figures, whole),
        activities.listing(archive, district=district, year=month.year),
        _standards(whole),
        [Rated(one, percent(rates[one])) for one in best],
        [Rated(one, percent(rates[one])) for one in weakest],
        bands,
        {code: _shown(figures, one) for code, one in counted.items()} if district is None else {},
        remarks,
    )


def _shown(figures: Mapping[str, Figure], counted: Counted) -> Figures:
    return {name: Shown(one, one.value(counted)) for name, one in figures.items()}


def _as_mapping(figures: Figures) -> dict[str, Any]:
    return {name: one.as_mapping() for name, one in figures.items()}


def _places(archive: Archive, year: int) -> Mapping[str, int]:
    """Return the quotas; a year without any has none."""
    try:
        return quotas.in_use(archive, year).quotas
    except LookupFailedError:
        return {}


def _bands(counted: Counted) -> tuple[str, ...]:
    """Return the bands of all standards by which was assessed, the highest first."""
    least: dict[str, Fraction] = {}
    for text in counted.standards:
        for band in standard_of(text)["bands"]:
            bound = Fraction(str(band["from"]))
            least[band["name"]] = max(bound, least.get(band["name"], bound))
    # A total below the lowest bound has a band as well, which a standard need not name.
    for band in counted.bands:
        least.setdefault(band, Fraction(-1))
    return tuple(sorted(least, key=lambda name: -least[name]))


def _standards(counted: Counted) -> list[Standard]:
    found = [
        Standard(standard_of(text)["name"], scored.agencies)
        for text, scored in counted.standards.items()
    ]
    return sorted(found, key=lambda one: (-one.agencies, one.name))


def _activity(one: ActivityView) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "date": one.date,
        "title": one.title,
        "people": one.people,
        "agencies": one.agencies,
        "media": one.media,
        "note": one.note,
        "district": one.district,
        "attachments": [{"name": f.name, "sha256": f.sha256} for f in one.attachments],
        "id": one.id,
    }


def _rated(one: Rated) -> dict[str, Any]:
    return {"id": one.indicator.id, "name": one.indicator.name, "rate": one.rate}
