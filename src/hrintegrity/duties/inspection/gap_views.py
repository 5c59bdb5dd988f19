"""Gaps that inspections found, as scripts see them: which are open, overdue, mended (三(四) 二)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive.asking import as_day, named, named_among
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import agency_lookup, offices, ownership
from hrintegrity.packing import Packed
from hrintegrity.rules.inspection import is_overdue


@dataclass(frozen=True)
class GapView:
    """A gap as scripts see it; `agency` is the name, `overdue` is judged by the day of today.

    `lacks` are the things of 公示 that were lacking; it is empty for the other systems.
    """

    id: str
    agency: str
    code: str
    system: str
    lacks: tuple[str, ...]
    found: dt.date
    deadline: dt.date
    mended: dt.date | None
    overdue: bool
    inspection: str


def items_of(lacks: str | None) -> tuple[str, ...]:
    """Return the things of 公示 that a row names as lacking."""
    return tuple(lacks.split(",")) if lacks else ()


def view(archive: Reader, gap_id: str, today: dt.date) -> GapView:
    """Return one gap, which is there."""
    (found,) = named_among(archive, f"{_SELECT} WHERE g.id IN", [gap_id])
    return _view(found, today)


def of_inspections(
    archive: Reader, inspections: Iterable[str], today: dt.date
) -> dict[str, list[GapView]]:
    """Return the gaps that inspections found, each one's in the order they were entered."""
    found: dict[str, list[GapView]] = {}
    rows = named_among(archive, f"{_SELECT} WHERE g.inspection_id IN", inspections)
    for row in sorted(rows, key=lambda row: str(row["id"])):
        found.setdefault(row["inspection"], []).append(_view(row, today))
    return found


def listing(
    archive: Reader,
    *,
    today: dt.date,
    text: str | None = None,
    district: str | None = None,
    year: int | None = None,
    is_open: bool = False,
    overdue: bool = False,
) -> Packed[GapView]:
    """Return the gaps by deadline; with `year` those found in the year of that campaign.

    Raises LookupFailedError `agency-missing` or `campaign-missing`, RuleError `not-ours`.
    """
    agency = None if text is None else agency_lookup.find(archive, text).id
    district = ownership.scope(archive, district)
    first, last = (today, today) if year is None else offices.days_of_year(archive, year)
    values = {"agency": agency, "district": district, "today": today, "first": first, "last": last}
    conditions = {
        "g.agency_id = :agency": agency,
        "a.district = :district": district,
        "g.found BETWEEN :first AND :last": year is not None,
        "g.mended IS NULL": is_open or overdue,
        "g.deadline < :today": overdue,
    }
    wanted = " AND ".join(condition for condition, given in conditions.items() if given)
    sql = f"{_SELECT} {wanted and f'WHERE {wanted}'} ORDER BY g.deadline, a.code, g.id"
    return Packed(_view(row, today) for row in named(archive.query(sql, values, many=True)))


_SELECT = """
    SELECT g.id, a.name AS agency, a.code, g.system, i.lacks, g.found, g.deadline, g.mended,
        g.inspection_id AS inspection
    FROM gap g JOIN agency a ON a.id = g.agency_id JOIN inspection i ON i.id = g.inspection_id
"""


def _view(row: dict[str, Any], today: dt.date) -> GapView:
    mended = row["mended"] and as_day(row["mended"])
    days = {"found": as_day(row["found"]), "deadline": as_day(row["deadline"]), "mended": mended}
    lacks = items_of(row["lacks"]) if row["system"] == "publicity" else ()
    overdue = is_overdue(days["deadline"], mended, today)
    return GapView(**row | days | {"lacks": lacks, "overdue": overdue})
