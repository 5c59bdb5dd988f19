"""The agencies of a campaign and how far each is: the work list and the ranking.

A city has thousands of agencies, so the lists read in chunks what they need and no more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
from hrintegrity.packing import Packed, packed_in_order
from hrintegrity.rules.assessment import assess
from hrintegrity.rules.ordering import ranks
from hrintegrity.rules.standard_reading import kept_standard


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


@dataclass(frozen=True)
class Ranked:
    """A place in the ranking; ties share a place."""

    rank: int | None
    code: str
    name: str
    district: str
    total: Decimal | None
    band: str | None
    status: str
    missing_sources: list[str]
    standard: str
    id: str


@dataclass(frozen=True)
class Ranking:
    """The ranking, and under which standards its totals came about."""

    rows: Packed[Ranked]
    standards: list[str]


def members(archive: Archive, district: str | None) -> Packed[Member]:
    """Return the agencies of a district or of all, in the order of annex 2, then by code."""
    return Packed(each_member(archive, district))


def each_member(archive: Archive, district: str | None) -> Iterator[Member]:
    """Yield what `members` returns, to whoever asks and writes nothing until the last."""
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


def ranking(
    archive: Archive, *, today: dt.date, district: str | None = None, year: int | None = None
) -> Ranking:
    """Return the agencies that have a total, the highest first; provisional totals among them.

    Standards are told apart by what they say, since two may bear one name.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    # A standard is a long text, so it is kept once and agencies have its number.
    numbers: dict[str, int] = {}
    placed = packed_in_order(
        (
            _Placed(item, item.total, numbers.setdefault(standard, len(numbers)))
            for _, item, standard in items(archive, district, year, today)
            if item.total is not None and standard is not None
        ),
        key=lambda one: -one.total,
    )
    contents = list(numbers)
    names = _names(contents[number] for number in dict.fromkeys(one.standard for one in placed))
    rows = (
        Ranked(
            rank=rank,
            code=item.code,
            name=item.name,
            district=item.district,
            total=total,
            band=item.band,
            status=item.status,
            missing_sources=item.missing_sources,
            standard=names[contents[number]],
            id=item.id,
        )
        for (item, total, number), rank in zip(
            placed, ranks(one.total for one in placed), strict=True
        )
    )
    return Ranking(Packed(rows), list(names.values()))


class _Placed(NamedTuple):
    """An agency with a total, and the number of its standard among those of the ranking."""

    item: WorkItem
    total: Decimal
    standard: int


def _names(contents: Iterable[str]) -> dict[str, str]:
    """Return a name for each standard; a name that several bear is numbered."""
    names = {content: kept_standard(content).name for content in dict.fromkeys(contents)}
    several = {name for name, count in Counter(names.values()).items() if count > 1}
    seen: Counter[str] = Counter()
    for content, name in names.items():
        if name in several:
            seen[name] += 1
            names[content] = f"{name}（内容不同之{seen[name]}）"
    return names


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
