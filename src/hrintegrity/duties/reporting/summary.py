"""The summary of the campaign month (四(四)): every figure once, for whatever file it goes into."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import annexes
from hrintegrity.duties.campaign import activity_views
from hrintegrity.duties.campaign.activity_views import ActivityView
from hrintegrity.duties.recommendation import quotas
from hrintegrity.duties.reporting import counting, registry
from hrintegrity.duties.reporting.figure import Counted, Figure, Value, shown
from hrintegrity.duties.reporting.figures_assessment import best_and_weakest, indicator_rates
from hrintegrity.duties.reporting.querying import Period
from hrintegrity.duties.reporting.remarks import Remarks
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.indicators import Annex, Indicator
from hrintegrity.rules.rates import percent
from hrintegrity.rules.standard_reading import default_standard, kept_standard

CITY_NAME = "全市"

WHOLE_CITY = ""
"""The district under which a summary of all districts is kept."""


@dataclass(frozen=True)
class Shown:
    """A figure with its value; `text` is how people read it, without the unit."""

    figure: Figure
    value: Value

    @property
    def text(self) -> str:
        """The value as people read it."""
        return shown(self.value)

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
    """A standard by which some were assessed, and how many; `content` is its JSON text."""

    name: str
    agencies: int
    content: str

    def as_context(self, year: int) -> dict[str, Any]:
        """Return how papers name it; that nobody has made one is said as it is."""
        own = kept_standard(self.content) != default_standard(year)
        told = f"“{self.name}”" if own else "评估软件所附的默认标准（没有另行制定）"
        return {"told": told, "agencies": self.agencies}


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
    annex: Annex
    standards: list[Standard]
    best: list[Rated]
    weakest: list[Rated]
    bands: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]
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
    archive: Reader,
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
    annex = _annex(archive, month.year, whole)
    bands, ways = _bands(whole), _ways(whole)
    best, weakest = best_and_weakest(whole, annex)
    rates = indicator_rates(whole, annex)
    figures = registry.figures(month.year, annex, bands, ways)
    shown = {code: _shown(figures, one) for code, one in counted.items()}
    return Summary(
        period=period,
        district=district,
        district_name=CITY_NAME if district is None else BY_CODE[district].name,
        office=offices.office_of(archive, district or offices.CITY),
        chapters=registry.chapters(month.year, annex, bands, ways),
        figures=_shown(figures, whole),
        activities=activity_views.listing(archive, district=district, year=month.year),
        annex=annex,
        standards=_standards(whole),
        best=[Rated(one, percent(rates[one])) for one in best],
        weakest=[Rated(one, percent(rates[one])) for one in weakest],
        bands=bands,
        ways=ways,
        districts=shown if district is None else {},
        remarks=remarks,
    )


def _annex(archive: Reader, year: int, counted: Counted) -> Annex:
    """Return the annex by which most were assessed; where nobody was, the one in use."""
    agencies: Counter[Annex] = Counter()
    for (_, annex), scored in counted.scored.items():
        agencies[annex] += scored.agencies
    return agencies.most_common(1)[0][0] if agencies else annexes.in_use(archive, year)


def _shown(figures: Mapping[str, Figure], counted: Counted) -> Figures:
    return {name: Shown(one, one.value(counted)) for name, one in figures.items()}


def _as_mapping(figures: Figures) -> dict[str, Any]:
    return {name: one.as_mapping() for name, one in figures.items()}


def _places(archive: Reader, year: int) -> Mapping[str, int]:
    """Return the quotas; a year without any has none."""
    try:
        return quotas.in_use(archive, year).quotas
    except LookupFailedError:
        return {}


def _bands(counted: Counted) -> tuple[str, ...]:
    """Return the bands of all standards by which was assessed, the highest first."""
    least: dict[str, int] = {}
    for text, _ in counted.scored:
        for band in kept_standard(text).bands:
            least[band.name] = max(band.least, least.get(band.name, band.least))
    # What an earlier program kept may name a band that its standard does not.
    for name in counted.bands:
        least.setdefault(name, -1)
    return tuple(sorted(least, key=lambda name: -least[name]))


def _ways(counted: Counted) -> tuple[tuple[str, str], ...]:
    """Return the districts' own ways of evaluation, with their words."""
    found: dict[str, str] = {}
    for text, _ in counted.scored:
        found |= kept_standard(text).ways
    return tuple(found.items())


def _standards(counted: Counted) -> list[Standard]:
    agencies: Counter[str] = Counter()
    for (text, _), scored in counted.scored.items():
        agencies[text] += scored.agencies
    found = [Standard(kept_standard(text).name, n, text) for text, n in agencies.items()]
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
