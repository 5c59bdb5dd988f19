"""Whose archive it is, who is in charge (四(一)), and which campaign is meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.office import Campaign, Office
from hrintegrity.duties.ownership import (
    CITY,
    district_name,
    is_city,
    not_ours,
    owner,
    scope,
)
from hrintegrity.errors import InputError, LookupFailedError
from hrintegrity.files import read_input
from hrintegrity.notice import deadlines
from hrintegrity.notice.districts import BY_CODE

__all__ = [
    "CITY",
    "OfficeView",
    "Started",
    "campaign",
    "district_name",
    "initialise",
    "is_city",
    "not_ours",
    "office_of",
    "owner",
    "prefix_of",
    "scope",
    "set_office",
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
class Started:
    """What `init` made: the archive, its office and its first campaign."""

    id: str
    archive: str
    district: str
    district_name: str
    year: int
    start: dt.date
    end: dt.date
    deadline: dt.date
    default_dates: bool


def initialise(
    location: Location,
    *,
    operator: str,
    district: str = CITY,
    year: int | None = None,
    leader: str | None = None,
    department: str | None = None,
) -> Started:
    """Make an archive with its office and the campaign of `year`, whole or not at all.

    The notice dates its own campaign only (三(四)), which is the default; another year takes the
    same days, and `default_dates` says so. Raises LookupFailedError `archive-exists`.
    """
    from hrintegrity.archive.schema import new_archive  # noqa: PLC0415 — loads Alembic.

    year = deadlines.first_campaign().year if year is None else year
    known = deadlines.campaign_like(year)
    dates = [day.replace(year=year) for day in (known.first_day, known.last_day, known.deadline)]
    with new_archive(location, operator=operator) as archive:
        office = writer.insert(
            archive,
            Office(
                district=district, owner=True, leader=leader or None, department=department or None
            ),
        )
        writer.insert(archive, Campaign(year=year, start=dates[0], end=dates[1], deadline=dates[2]))
    name = BY_CODE[district].name
    start, end, deadline = dates
    return Started(
        id=office.id,
        archive=str(location),
        district=district,
        district_name=name,
        year=year,
        start=start,
        end=end,
        deadline=deadline,
        default_dates=known.year != year,
    )


def office_of(archive: Archive, district: str) -> OfficeView:
    """Return the office of a district, its own settings over the defaults."""
    row = _row(archive, district)
    known = BY_CODE[district]
    if row is None:
        return OfficeView(
            id=None,
            district=district,
            district_name=known.name,
            name=known.office,
            prefix=known.assessment_prefix,
            leader=None,
            department=None,
            plan=None,
            keeps_register=True,
        )
    return OfficeView(
        id=row.id,
        district=district,
        district_name=known.name,
        name=row.name or known.office,
        prefix=row.prefix or known.assessment_prefix,
        leader=row.leader,
        department=row.department,
        plan=row.plan,
        keeps_register=row.keeps_register,
        address=row.address,
    )


def set_office(
    archive: Archive,
    district: str,
    *,
    leader: str | None = None,
    department: str | None = None,
    name: str | None = None,
    prefix: str | None = None,
    plan: Path | None = None,
    address: str | None = None,
) -> OfficeView:
    """Record who is in charge, names and address on papers, and the work plan (四(一)).

    An empty text takes back what was set. Raises InputError `bad-prefix`, LookupFailedError
    `file-missing` or `prefix-taken`.
    """
    if prefix is not None:
        _check_prefix(archive, district, prefix)
    changes = {
        "leader": leader,
        "department": department,
        "name": name,
        "prefix": prefix,
        "plan": None if plan is None else _plan_text(plan),
        "address": address,
    }
    given = {key: value or None for key, value in changes.items() if value is not None}
    row = _row(archive, district)
    if row is None:
        row = writer.insert(archive, Office(district=district))
    writer.update(archive, row, given)
    return office_of(archive, district)


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


def campaign(archive: Archive, year: int | None) -> Campaign:
    """Return the campaign of `year`, by default the one started last.

    Raises LookupFailedError `campaign-missing`.
    """
    query = select(Campaign)
    if year is None:
        found = archive.session.exec(query.order_by(Campaign.start.desc())).first()  # type: ignore[attr-defined]  # a column at run time
    else:
        found = archive.session.exec(query.where(Campaign.year == year)).first()
    if found is None:
        what = f"{year}年的活动" if year else "任何活动"
        raise LookupFailedError(
            "campaign-missing", f"档案库里没有{what}。", "请先用 hri campaign start 登记。"
        )
    return found


def no_campaign(archive: Archive, date: dt.date, *, what: str) -> tuple[str, ...]:
    """Return the warning for a day in a year of which no campaign is on record."""
    years = archive.session.exec(select(Campaign.year)).all()
    if date.year in years or not years:
        return ()
    return (f"{what} {date} 不在{max(years)}年，{date.year}年也没有登记活动，请核对。",)


def days_of_year(archive: Archive, year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a campaign's year. Raises as `campaign`."""
    found = campaign(archive, year).year
    return dt.date(found, 1, 1), dt.date(found, 12, 31)


def _row(archive: Archive, district: str) -> Office | None:
    return archive.session.exec(select(Office).where(Office.district == district)).first()


def _check_prefix(archive: Archive, district: str, prefix: str) -> None:
    """Refuse a prefix that can't stand in a number, or under which another district numbers."""
    if not prefix or set(prefix) & set("〔〕 \t\r\n"):
        raise InputError("bad-prefix", f"发文字号前缀不对：“{prefix}”", "例如 海人社诚评。")
    for code in BY_CODE:
        if code != district and office_of(archive, code).prefix == prefix:
            raise LookupFailedError(
                "prefix-taken", f"{BY_CODE[code].name}已用前缀 {prefix}。", "请换一个前缀。"
            )


def _plan_text(path: Path) -> str:
    try:
        return read_input(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(
            "plan-refused", f"工作方案不是 UTF-8 文本：{path}", "请另存为 UTF-8 编码的文本文件。"
        ) from None
