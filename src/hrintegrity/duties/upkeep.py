"""The archive itself: what it holds, whether it is whole, and its journal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive import journal
from hrintegrity.archive.engine import SCHEMA, Archive
from hrintegrity.duties import agencies, offices

_JOURNAL = ", ".join(f'"{column}"' for column in journal.COLUMNS)


@dataclass(frozen=True)
class Info:
    """What an archive holds; `size` in bytes, None on a server."""

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
class Problem:
    """Something damaged: where, and in Chinese what."""

    where: str
    reason: str


@dataclass(frozen=True)
class Verification:
    """The result of checking an archive."""

    ok: bool
    entries: int
    head: str
    problems: list[Problem]


@dataclass(frozen=True)
class LogEntry:
    """An entry of the journal; `changes` has per column the value before and after."""

    id: int
    at: str
    operator: str
    action: str
    table: str
    record: str
    changes: dict[str, list[Any]]
    reason: str | None


def info(archive: Archive) -> Info:
    """Return what the archive holds."""
    own = offices.owner(archive)
    entries, head = journal.last_entry(archive.connection)
    years = archive.connection.exec_driver_sql("SELECT year FROM campaign ORDER BY year").scalars()
    path = archive.location.path
    return Info(
        str(archive.location),
        own.code,
        own.name,
        SCHEMA,
        list(years),
        _count(archive, "agency"),
        _count(archive, "score_sheet"),
        _count(archive, "conclusion"),
        _count(archive, "paper"),
        entries,
        head,
        None if path is None else path.stat().st_size,
    )


def verify(archive: Archive) -> Verification:
    """Check the file, the foreign keys, the journal's chain and the words of issued papers."""
    problems = []
    if archive.is_sqlite:
        problems += [
            Problem("文件", text)
            for text in archive.connection.exec_driver_sql("PRAGMA integrity_check").scalars()
            if text != "ok"
        ]
        problems += [
            Problem(f"{table} {row}", f"指向不存在的 {parent}")
            for table, row, parent, _ in archive.connection.exec_driver_sql(
                "PRAGMA foreign_key_check"
            )
        ]
    rows = archive.connection.exec_driver_sql(f"SELECT {_JOURNAL} FROM journal ORDER BY id")
    chain = journal.check_chain(tuple(row) for row in rows)
    problems += [Problem(f"日志第 {fault.entry} 条", fault.reason) for fault in chain.faults]
    return Verification(not problems, chain.entries, chain.head, problems)


def log(archive: Archive, agency: str | None, since: dt.date | None) -> Iterator[LogEntry]:
    """Return the entries of the journal, of all records or of one agency's."""
    sql = 'SELECT id, at, operator, action, "table", record, before, after, reason FROM journal'
    mark = "?" if archive.is_sqlite else "%s"
    wanted: list[Any] = []
    clauses = []
    if agency is not None:
        record = agencies.find(archive, agency).id
        clauses.append(f"(record = {mark} OR after LIKE {mark})")
        wanted += [record, f'%"agency_id":"{record}"%']
    if since is not None:
        clauses.append(f"at >= {mark}")
        wanted.append(since.isoformat())
    where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
    for row in archive.connection.exec_driver_sql(f"{sql}{where} ORDER BY id", tuple(wanted)):
        number, at, operator, action, table, changed, before, after, reason = row
        yield LogEntry(
            number, at, operator, action, table, changed, _changes(before, after), reason
        )


def _changes(before: str | None, after: str | None) -> dict[str, list[Any]]:
    old = json.loads(before) if before else {}
    new = json.loads(after) if after else {}
    return {key: [old.get(key), new.get(key)] for key in sorted({*old, *new})}


def _count(archive: Archive, table: str) -> int:
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one()
    return found
