"""Statutory facts whose comparison with the source is more than a year old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.duties import papers
from hrintegrity.notice.timeline import Dated, dated_entries

_OF_ASSESSMENT = {"indicators.yaml", "default_standard.yaml"}
_OF_SANCTIONS = {"sanctions.yaml", "procedure.yaml", "remedies.yaml"}
_OF_BOTH = {"hotlines.yaml"}


@dataclass(frozen=True)
class Stale:
    """An entry of `data/` that was compared with its source on `checked`, and what rests on it.

    `papers` are the numbers of the papers that were issued while the entry held.
    """

    id: str
    file: str
    start: dt.date
    clause: str
    checked: dt.date
    days: int
    papers: list[str] = field(default_factory=list)


def check(location: Location, *, operator: str, today: dt.date) -> list[Stale]:
    """Return the entries that were compared more than a year before `today`.

    Without an archive at the default place there are no papers.
    """
    stale = [entry for entry in dated_entries() if entry.is_stale(today)]
    if not stale or _is_fresh(location):
        return [_stale(entry, (), today) for entry in stale]
    with open_archive(location, operator=operator, write=False) as archive:
        issued = _issued(archive)
        return [_stale(entry, issued, today) for entry in stale]


def _is_fresh(location: Location) -> bool:
    return location.default and location.path is not None and not location.path.exists()


def _issued(archive: Archive) -> Sequence[IssuedPaper]:
    order = (col(IssuedPaper.series), col(IssuedPaper.year), col(IssuedPaper.number))
    return archive.session.exec(select(IssuedPaper).order_by(*order)).all()


def _stale(entry: Dated, issued: Sequence[IssuedPaper], today: dt.date) -> Stale:
    return Stale(
        id=f"{entry.file}:{entry.start.isoformat()}",
        file=entry.file,
        start=entry.start,
        clause=entry.clause,
        checked=entry.checked,
        days=(today - entry.checked).days,
        papers=[paper.reference for paper in issued if _rests_on(paper, entry)],
    )


def _rests_on(paper: IssuedPaper, entry: Dated) -> bool:
    """Whether a paper says what an entry says: an annex by its year, all else by its day."""
    if paper.series == papers.ASSESSMENT:
        if entry.file in _OF_ASSESSMENT:
            return entry.holds_on(dt.date(paper.year, 12, 31))
        return entry.file in _OF_BOTH and entry.holds_on(paper.date)
    return entry.file in _OF_SANCTIONS | _OF_BOTH and entry.holds_on(paper.date)
