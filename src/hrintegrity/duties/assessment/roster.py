"""The agencies of a campaign and how far each is: the work list.

A city has thousands of agencies, so the lists read in chunks what they need and no more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import case
from sqlalchemy import select as columns
from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.chunking import AT_ONCE, chunks
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import cases, sheets
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.words import SOURCE
from hrintegrity.packing import Packed
from hrintegrity.rules.assessment import assess


class Member(NamedTuple):
    """An agency as the lists need it."""

    id: str
    code: str
    name: str
    district: str
    location: str | None
    status: str
    kind: str
    grade: str | None
    since: dt.date | None


@dataclass(frozen=True)
class WorkItem:
    """How far one agency's assessment is; before `concluded`, total and band are provisional."""

    code: str
    name: str
    district: str
    sheets: dict[str, int]
    status: str
    total: Decimal | None
    band: str | None
    missing_sources: list[str]
    id: str


class Listed(NamedTuple):
    """An agency of the work list, how far it is, and its standard as JSON text, if it has one."""

    member: Member
    item: WorkItem
    standard: str | None


def members(archive: Archive, district: str | None) -> Packed[Member]:
    """Return the agencies of a district or of all, in the order of annex 2, then by code."""
    return Packed(each_member(archive, district))


def each_member(archive: Archive, district: str | None) -> Iterator[Member]:
    """Yield the same from an open cursor; who asks must not write before the last."""
    query = columns(*(getattr(Agency, field) for field in Member._fields))
    if district is not None:
        query = query.where(col(Agency.district) == district)
    order = {code: place for place, code in enumerate(BY_CODE)}
    query = query.order_by(case(order, value=col(Agency.district)), col(Agency.code))
    found = archive.connection.execute(query.execution_options(yield_per=AT_ONCE))
    return map(Member._make, found)


def member_of(agency: Agency) -> Member:
    """Return an agency as the lists have it."""
    return Member(*(getattr(agency, field) for field in Member._fields))


def with_sheets(archive: Archive, year: int) -> set[str]:
    """Return the ids of the agencies that have score sheets of a year."""
    query = select(ScoreSheet.agency_id).where(ScoreSheet.year == year).distinct()
    return set(archive.session.exec(query))


def concluded(archive: Archive, year: int) -> dict[str, str]:
    """Return the ids of the conclusions that stand, by agency."""
    query = select(Conclusion.agency_id, Conclusion.id).where(
        Conclusion.year == year, col(Conclusion.reopened).is_(None)
    )
    return dict(iter(archive.session.exec(query)))


def work_list(
    archive: Archive, *, today: dt.date, district: str | None = None, year: int | None = None
) -> Packed[WorkItem]:
    """Return the agencies of this campaign and how far each is, as of today.

    Active agencies, and those that closed but have sheets of the year.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    return Packed(each.item for each in items(archive, district, year, today))


def items(archive: Archive, district: str | None, year: int, today: dt.date) -> Iterator[Listed]:
    """Yield the agencies of the work list."""
    standards = Standards(archive, year)
    for chunk in chunks(members(archive, district)):
        done = _concluded(archive, year, {member.id: member for member in chunk})
        rows = sheets.of_agencies(archive, year, [m.id for m in chunk if m.id not in done])
        for member in chunk:
            mine = rows.get(member.id, [])
            if member.id in done:
                yield done[member.id]
            elif mine or member.status == "active":
                yield _open(member, mine, standards, today)


def rated_by(archive: Archive, standard_id: str, year: int, today: dt.date) -> tuple[int, int]:
    """Return how many sheets wait to be concluded under a standard, and how many don't fit it.

    Those have scores above its points or lack some: they were filled in under another one.
    """
    standards = Standards(archive, year)
    done = concluded(archive, year)
    found = misfits = 0
    for chunk in chunks(members(archive, None)):
        mine = {
            member.id: member
            for member in chunk
            if (used := standards.find(member.district)) is not None
            and used.id == standard_id
            and member.id not in done
        }
        for agency_id, rows in sheets.of_agencies(archive, year, mine).items():
            found += len(rows)
            each = (cases.by_district(mine[agency_id], standards, today, [row]) for row in rows)
            misfits += sum(bool(case.misfits()) for case in each)
    return found, misfits


def _open(
    member: Member, rows: Sequence[sheets.Rated], standards: Standards, today: dt.date
) -> Listed:
    """Return an agency that is not concluded, with what its sheets come to so far."""
    used = standards.find(member.district)
    found = None
    if used is not None:
        found = assess(cases.case_of(member, used.standard, standards.annex, today, rows))
    counted = Counter(row.source for row in rows)
    counts = {source: counted[source] for source in SOURCE} if found is None else found.sheets
    item = WorkItem(
        code=member.code,
        name=member.name,
        district=member.district,
        sheets=dict(counts),
        status="open" if rows else "none",
        total=None if found is None else found.shown_total,
        band=None if found is None else found.band,
        missing_sources=[source for source, count in counts.items() if not count],
        id=member.id,
    )
    return Listed(member, item, None if used is None else used.text)


def _concluded(archive: Archive, year: int, wanted: dict[str, Member]) -> dict[str, Listed]:
    """Return those of some agencies that are concluded."""
    query = (
        columns(
            col(Conclusion.agency_id),
            col(Conclusion.total),
            col(Conclusion.band),
            col(Conclusion.result),
            col(Conclusion.standard),
            col(IssuedPaper.id),
            col(Service.id),
        )
        .select_from(Conclusion)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Conclusion.id, isouter=True)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .where(col(Conclusion.year) == year, col(Conclusion.reopened).is_(None))
        .where(col(Conclusion.agency_id).in_(wanted))
    )
    found = {}
    for row in archive.connection.execute(query):
        agency_id, total, band, result, standard, paper, service = row
        member = wanted[agency_id]
        status = "concluded" if paper is None else "notified" if service is None else "served"
        shown = json.loads(result)
        item = WorkItem(
            code=member.code,
            name=member.name,
            district=member.district,
            sheets=shown["sheets"],
            status=status,
            total=Decimal(total).scaleb(-2),
            band=band,
            missing_sources=shown["missing_sources"],
            id=member.id,
        )
        found[agency_id] = Listed(member, item, standard)
    return found
