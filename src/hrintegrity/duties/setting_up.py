"""Making an archive with its office and first campaign; recording who is in charge (四(一))."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.office import Campaign, Office
from hrintegrity.duties.offices import CITY, OfficeView, office_of
from hrintegrity.errors import InputError, LookupFailedError
from hrintegrity.files import read_input
from hrintegrity.notice import deadlines
from hrintegrity.notice.districts import BY_CODE


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
    row = archive.session.exec(select(Office).where(Office.district == district)).first()
    if row is None:
        row = writer.insert(archive, Office(district=district))
    writer.update(archive, row, given)
    return office_of(archive, district)


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
