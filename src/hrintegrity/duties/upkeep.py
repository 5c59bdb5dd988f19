"""The archive itself: what it holds, and its journal."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive import journal
from hrintegrity.archive.engine import SCHEMA, Archive
from hrintegrity.duties import agencies, offices, ownership
from hrintegrity.notice import names
from hrintegrity.text import IDENTITY

_IDENTITY = re.compile(f'"({IDENTITY.pattern})"')


@dataclass(frozen=True)
class Info:
    """What an archive holds; `id` is its owner's, `size` in bytes, None on a server."""

    id: str
    archive: str
    district: str
    district_name: str
    schema: str
    campaigns: list[int]
    agencies: int
    score_sheets: int
    conclusions: int
    papers: int
    entries: int
    head: str
    size: int | None


@dataclass(frozen=True)
class LogEntry:
    """An entry of the journal; `changes` has per column the value before and after.

    `sender` is the district whose bundle it came in, None for what was done here. `login` is who
    was logged in, whoever `operator` says acted; None in entries from before that was kept.
    """

    id: int
    at: str
    operator: str
    action: str
    table: str
    record: str
    changes: dict[str, list[Any]]
    reason: str | None
    sender: str | None
    sender_name: str | None
    login: str | None


def info(archive: Archive) -> Info:
    """Return what the archive holds."""
    own = offices.owner(archive)
    entries, head = journal.last_entry(archive.connection)
    years = archive.connection.exec_driver_sql("SELECT year FROM campaign ORDER BY year").scalars()
    path = archive.location.path
    return Info(
        id=ownership.archive_id(archive),
        archive=str(archive.location),
        district=own.code,
        district_name=names.office(own.code),
        schema=SCHEMA,
        campaigns=list(years),
        agencies=_count(archive, "agency"),
        score_sheets=_count(archive, "score_sheet"),
        conclusions=_count(archive, "conclusion"),
        papers=_count(archive, "paper"),
        entries=entries,
        head=head,
        size=None if path is None else path.stat().st_size,
    )


def log(archive: Archive, agency: str | None, since: dt.date | None) -> Iterator[LogEntry]:
    """Return the entries of the journal, of all records or of one agency's, since a day.

    An agency's are its own and those of all records that point at it, or at one of these: sheets,
    conclusions, papers, their service.
    """
    family = None if agency is None else {agencies.find(archive, agency).id}
    from_moment = "" if since is None else _midnight(since)
    rows = archive.connection.exec_driver_sql(
        'SELECT id, at, operator, action, "table", record, before, after, reason, origin, login'
        " FROM journal ORDER BY id"
    )
    for row in rows:
        if family is not None and row.record not in family:
            if family.isdisjoint(_IDENTITY.findall(row.after or "")):
                continue
            family.add(row.record)
        if row.at >= from_moment:
            sender = json.loads(row.origin).get("from") if row.origin else None
            yield LogEntry(
                id=row.id,
                at=row.at,
                operator=row.operator,
                action=row.action,
                table=row.table,
                record=row.record,
                changes=_changes(row.before, row.after),
                reason=row.reason,
                sender=sender,
                sender_name=None if sender is None else names.office(sender),
                login=row.login,
            )


def _midnight(day: dt.date) -> str:
    """Return when a day began here, as the journal writes moments: in UTC."""
    began = dt.datetime.combine(day, dt.time()).astimezone()
    return began.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _changes(before: str | None, after: str | None) -> dict[str, list[Any]]:
    old = json.loads(before) if before else {}
    new = json.loads(after) if after else {}
    return {key: [old.get(key), new.get(key)] for key in sorted({*old, *new})}


def _count(archive: Archive, table: str) -> int:
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()
    return found
