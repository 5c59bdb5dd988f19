"""Whose archive it is, who is in charge (四(一)), and which campaign is meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hrintegrity.archive.asking import as_day
from hrintegrity.archive.reader import Reader
from hrintegrity.duties.ownership import (
    CITY,
    district_name,
    is_city,
    not_ours,
    owner,
    scope,
)
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.districts import BY_CODE

__all__ = [
    "CITY",
    "CampaignView",
    "OfficeView",
    "campaign",
    "district_name",
    "is_city",
    "not_ours",
    "office_of",
    "owner",
    "prefix_of",
    "scope",
]


@dataclass(frozen=True)
class OfficeView:
    """An office as papers name it; what it has not set itself is the project's default.

    `id` is None where nothing was recorded of it yet.
    """

    id: str | None
    district: str
    district_name: str
    name: str
    prefix: str
    leader: str | None
    department: str | None
    plan: str | None
    keeps_register: bool
    address: str | None = None


@dataclass(frozen=True)
class CampaignView:
    """A campaign month of one year (三(四)), and the day by which its summary is due."""

    id: str
    year: int
    start: dt.date
    end: dt.date
    deadline: dt.date


_SETTINGS = ("id", "name", "prefix", "leader", "department", "plan", "address", "keeps_register")
_OFFICE = f"SELECT {', '.join(_SETTINGS)} FROM office WHERE district = :district"


def office_of(archive: Reader, district: str) -> OfficeView:
    """Return the office of a district, its own settings over the defaults."""
    known = BY_CODE[district]
    row = archive.query(_OFFICE, {"district": district}).first()
    own = dict(zip(_SETTINGS, row or (), strict=row is not None))
    return OfficeView(
        id=own.get("id"),
        district=district,
        district_name=known.name,
        name=own.get("name") or known.office,
        prefix=own.get("prefix") or known.assessment_prefix,
        leader=own.get("leader"),
        department=own.get("department"),
        plan=own.get("plan"),
        keeps_register=bool(own.get("keeps_register", True)),
        address=own.get("address"),
    )


_MARKS = {"sanction": "诚惩", "sanction-notice": "诚告", "revocation": "诚撤", "conferral": "诚授"}
"""What stands in the prefix of a series in the place of 诚评."""


def prefix_of(series: str, assessment_prefix: str) -> str:
    """Return the prefix of a series of papers that goes with that of assessment notices."""
    mark = _MARKS.get(series)
    if mark is None:
        return assessment_prefix
    if "诚评" in assessment_prefix:
        return assessment_prefix.replace("诚评", mark)
    return assessment_prefix + mark


_CAMPAIGN = 'SELECT id, year, start, campaign."end", deadline FROM campaign'


def campaign(archive: Reader, year: int | None) -> CampaignView:
    """Return the campaign of `year`, by default the one started last.

    Raises LookupFailedError `campaign-missing`.
    """
    which = "ORDER BY start DESC" if year is None else "WHERE year = :year"
    found = archive.query(f"{_CAMPAIGN} {which}", {"year": year}).first()
    if found is None:
        what = f"{year}年的活动" if year else "任何活动"
        raise LookupFailedError(
            "campaign-missing", f"档案库里没有{what}。", "请先用 hri campaign start 登记。"
        )
    identity, found_year, *days = found
    return CampaignView(identity, found_year, *map(as_day, days))


def no_campaign(archive: Reader, date: dt.date, *, what: str) -> tuple[str, ...]:
    """Return the warning for a day in a year of which no campaign is on record."""
    years = [year for (year,) in archive.query("SELECT year FROM campaign", {})]
    if date.year in years or not years:
        return ()
    return (f"{what} {date} 不在{max(years)}年，{date.year}年也没有登记活动，请核对。",)


def days_of_year(archive: Reader, year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a campaign's year. Raises as `campaign`."""
    found = campaign(archive, year).year
    return dt.date(found, 1, 1), dt.date(found, 12, 31)
