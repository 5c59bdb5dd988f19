"""To which agencies the association's convention was handed (三(四) 一 由各区县协助发放)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.campaign import Distribution
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.entering import of_id, own_agency
from hrintegrity.errors import LookupFailedError, UsageError


@dataclass(frozen=True)
class DistributionView:
    """Whether the convention was handed to an agency; `id` and `date` are None where not yet."""

    id: str | None
    code: str
    name: str
    district: str
    date: dt.date | None
    year: int


def distribute(
    archive: Archive,
    texts: Sequence[str],
    *,
    date: dt.date,
    everyone: bool = False,
    district: str | None = None,
    year: int | None = None,
) -> list[DistributionView]:
    """Record that agencies were handed the convention, each once a campaign; return the new ones.

    `everyone` are the active agencies. Raises UsageError `agency-missing` where none is meant,
    LookupFailedError `distribution-exists` where all of them had it already.
    """
    if not texts and not everyone:
        raise UsageError("agency-missing", "没有说是哪些机构。", "请给出机构，或用 --all。")
    year = offices.campaign(archive, year).year
    had = _rows(archive, year)
    if everyone:
        found = _active(archive, district)
    else:
        found = list({one.id: one for one in (agencies.find(archive, t) for t in texts)}.values())
    new = [agency for agency in found if agency.id not in had]
    if not new:
        raise LookupFailedError(
            "distribution-exists", f"{year}年的公约都已登记发放，未改动。", "无需再次登记。"
        )
    return [
        _view(
            agency,
            writer.insert(archive, Distribution(agency_id=agency.id, year=year, date=date)),
            year,
        )
        for agency in new
    ]


def listing(
    archive: Archive, *, district: str | None, year: int | None, missing: bool = False
) -> list[DistributionView]:
    """Return the active agencies by code, each with the day on which it was handed the convention.

    `missing` leaves only those that were not.
    """
    year = offices.campaign(archive, year).year
    had = _rows(archive, year)
    found = [_view(agency, had.get(agency.id), year) for agency in _active(archive, district)]
    return [one for one in found if one.date is None or not missing]


def remove(archive: Archive, text: str, *, reason: str) -> DistributionView:
    """Take back that an agency was handed the convention.

    Raises LookupFailedError `record-missing`, RuleError `not-ours`.
    """
    row = of_id(archive, Distribution, text, "发放记录", "hri campaign list --distribution")
    agency = own_agency(archive, row.agency_id)
    writer.delete(archive, row, reason=reason)
    return _view(agency, row, row.year)


def _rows(archive: Archive, year: int) -> dict[str, Distribution]:
    query = select(Distribution).where(Distribution.year == year)
    return {row.agency_id: row for row in archive.session.exec(query)}


def _active(archive: Archive, district: str | None) -> Sequence[Agency]:
    query = select(Agency).where(Agency.status == "active").order_by(col(Agency.code))
    district = offices.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    return archive.session.exec(query).all()


def _view(agency: Agency, row: Distribution | None, year: int) -> DistributionView:
    return DistributionView(
        id=row.id if row else None,
        code=agency.code,
        name=agency.name,
        district=agency.district,
        date=row.date if row else None,
        year=year,
    )
