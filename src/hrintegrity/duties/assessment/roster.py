"""The agencies of a campaign and how far each is: the work list and the ranking.

A city has thousands of agencies, so the lists read in chunks what they need and no more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select as columns
from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import results, sheets
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.assessment import rank

T = TypeVar("T")

CHUNK = 200


class Member(NamedTuple):
    """An agency as the lists need it."""

    id: str
    code: str
    name: str
    district: str
    location: str | None
    status: str


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

    rows: list[Ranked]
    standards: list[str]


def members(archive: Archive, district: str | None) -> list[Member]:
    """Return the agencies of a district or of all, in the order of annex 2, then by code."""
    query = columns(
        col(Agency.id),
        col(Agency.code),
        col(Agency.name),
        col(Agency.district),
        col(Agency.location),
        col(Agency.status),
    )
    if district is not None:
        query = query.where(col(Agency.district) == district)
    order = {code: place for place, code in enumerate(BY_CODE)}
    found = [Member(*row) for row in archive.connection.execute(query)]
    return sorted(found, key=lambda member: (order[member.district], member.code))


def member_of(agency: Agency) -> Member:
    """Return an agency as the lists have it."""
    return Member(
        agency.id, agency.code, agency.name, agency.district, agency.location, agency.status
    )


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


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Return items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def work_list(
    archive: Archive, *, district: str | None = None, year: int | None = None
) -> list[WorkItem]:
    """Return the agencies of this campaign and how far each is.

    Active agencies, and those that closed but have sheets of the year.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    return [item for item, _ in _items(archive, district, year)]


def ranking(archive: Archive, *, district: str | None = None, year: int | None = None) -> Ranking:
    """Return the agencies that have a total, the highest first; provisional totals among them.

    Standards are told apart by what they say, since two may bear one name.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    placed = [pair for pair in _items(archive, district, year) if pair[0].total is not None]
    ranked = rank(placed, lambda pair: pair[0].total)
    names = _names([standard for _, (_, standard) in ranked])
    rows = [
        Ranked(
            place,
            item.code,
            item.name,
            item.district,
            item.total,
            item.band,
            item.status,
            item.missing_sources,
            names[standard],
            item.id,
        )
        for place, (item, standard) in ranked
    ]
    return Ranking(rows, list(names.values()))


def _names(contents: Iterable[str]) -> dict[str, str]:
    """Return a name for each standard; a name that several bear is numbered."""
    names = {content: str(json.loads(content)["name"]) for content in dict.fromkeys(contents)}
    several = {name for name, count in Counter(names.values()).items() if count > 1}
    seen: Counter[str] = Counter()
    for content, name in names.items():
        if name in several:
            seen[name] += 1
            names[content] = f"{name}（内容不同之{seen[name]}）"
    return names


def _items(archive: Archive, district: str | None, year: int) -> Iterator[tuple[WorkItem, str]]:
    """Return the work list with each agency's standard as JSON text."""
    everyone = members(archive, district)
    done = dict(_concluded_items(archive, year, {member.id: member for member in everyone}))
    standards = _Texts(Standards(archive, year))
    for chunk in chunks(everyone):
        rows = sheets.of_agencies(archive, year, [m.id for m in chunk if m.id not in done])
        for member in chunk:
            mine = rows.get(member.id, [])
            if member.id in done:
                yield done[member.id]
            elif mine or member.status == "active":
                yield _open_item(member, mine, standards)


def rated_by(archive: Archive, standard_id: str, year: int) -> tuple[int, int]:
    """Return how many sheets wait to be concluded under a standard, and how many don't fit it.

    Those have a score above its points: they were filled in under another one.
    """
    standards = Standards(archive, year)
    done = concluded(archive, year)
    found = too_high = 0
    for chunk in chunks(members(archive, None)):
        used = {member.id: standards.of(member.district) for member in chunk}
        ids = [i for i, view in used.items() if view.id == standard_id and i not in done]
        for agency_id, rows in sheets.of_agencies(archive, year, ids).items():
            found += len(rows)
            standard = used[agency_id].standard
            too_high += sum(bool(results.too_high([sheets.as_rule(r)], standard)) for r in rows)
    return found, too_high


class _Texts:
    """The standards in use by district, with their JSON text, each made once."""

    def __init__(self, standards: Standards) -> None:
        self._standards = standards
        self._known: dict[str, tuple[Any, str]] = {}

    def of(self, district: str) -> tuple[Any, str]:
        if district not in self._known:
            standard = self._standards.of(district).standard
            self._known[district] = (standard, sheets.as_json(standard.as_mapping()))
        return self._known[district]


def _open_item(
    member: Member, rows: Sequence[ScoreSheet], standards: _Texts
) -> tuple[WorkItem, str]:
    standard, text = standards.of(member.district)
    found = results.reckon(rows, standard)
    return (
        WorkItem(
            member.code,
            member.name,
            member.district,
            dict(found.sheets),
            "open" if rows else "none",
            found.shown_total,
            found.band,
            list(found.missing_sources),
            member.id,
        ),
        text,
    )


def _concluded_items(
    archive: Archive, year: int, wanted: dict[str, Member]
) -> Iterator[tuple[str, tuple[WorkItem, str]]]:
    """Return the concluded ones; of their long JSON only a row at a time is in memory."""
    query = (
        columns(
            col(Conclusion.agency_id),
            col(Conclusion.total),
            col(Conclusion.band),
            col(Conclusion.sheets),
            col(Conclusion.standard),
            col(IssuedPaper.id),
            col(Service.id),
        )
        .select_from(Conclusion)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Conclusion.id, isouter=True)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .where(col(Conclusion.year) == year, col(Conclusion.reopened).is_(None))
        .execution_options(yield_per=CHUNK)
    )
    texts: dict[str, str] = {}
    for agency_id, total, band, made_of, standard, paper, service in archive.connection.execute(
        query
    ):
        member = wanted.get(agency_id)
        if member is None:
            continue
        status = "concluded" if paper is None else "notified" if service is None else "served"
        counts = Counter(sheet["source"] for sheet in json.loads(made_of))
        item = WorkItem(
            member.code,
            member.name,
            member.district,
            {source: counts[source] for source in SOURCE},
            status,
            Decimal(total).scaleb(-2),
            band,
            [source for source in SOURCE if not counts[source]],
            member.id,
        )
        yield agency_id, (item, texts.setdefault(standard, standard))
