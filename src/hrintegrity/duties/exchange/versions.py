"""Versions of a record, folded from the journal: a hash of what it is and of what it was before.

A version is the hash of a record's state, as the journal shows it, and of the versions that it
follows. Equal changes to equal versions give equal versions, wherever they are made. What an
archive did itself needs no note of its version: it follows from its entries. An entry with an
`origin` says the version outright: it came in a bundle, or joined two versions. Such an origin is
`{"version", "ancestors", "into"?, "from"?, "key"?, "points"?}`, or `{"aside": true}` where the
record went from its table into the conflicts. A record that points at one that was merged into
another points at that one here, and is no other version for it; `points` keeps what it was written
with.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlmodel import col, or_, select

from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.journal import canonical
from hrintegrity.archive.serialisation import as_journalled
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.compact_json import encode_sorted
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.errors import UnusableError

_ENTRIES = 'SELECT record, "table", action, before, after, origin FROM journal WHERE record IN'
_IN_ORDER = "ORDER BY record, id"


@dataclass(frozen=True)
class Version:
    """One version of a record, and all versions that came before it.

    `row` is the record whole, days as ISO 8601 text, with what it pointed at when it was written;
    of a deletion (not `alive`) it is what the record was, and `into` the record that it was merged
    into. `sender` and `key` say in whose
    bundle it came; both are empty for what was done here.
    """

    table: str
    record: str
    version: str
    ancestors: frozenset[str]
    row: Mapping[str, Any]
    alive: bool = True
    into: str | None = None
    sender: str | None = None
    key: str | None = None

    def knows(self, version: str) -> bool:
        """Whether `version` is this one or came before it."""
        return version == self.version or version in self.ancestors

    def origin(self, row: Mapping[str, Any] | None) -> str:
        """Return what the journal's entry says of this version, where its row here is `row`."""
        content: dict[str, Any] = {"version": self.version, "ancestors": sorted(self.ancestors)}
        for key, value in (("into", self.into), ("from", self.sender), ("key", self.key)):
            if value is not None:
                content[key] = value
        columns = kinds()[self.table].references if row else ()
        points = {c: self.row.get(c) for c in columns if row and self.row.get(c) != row.get(c)}
        return canonical(content | ({"points": points} if points else {}))

    def with_row(self, row: Mapping[str, Any]) -> Version:
        """Return this version with its row whole, from the `row` that is here."""
        columns = kinds()[self.table].references
        return dataclasses.replace(self, row={**row, **{c: self.row.get(c) for c in columns}})


DISPLACED = canonical({"aside": True})
"""The origin of an entry that takes a record out of its table, to be held; the key is kept."""


def successor(
    parents: Sequence[Version],
    row: Mapping[str, Any],
    *,
    alive: bool = True,
    into: str | None = None,
) -> Version:
    """Return the version that follows `parents`, made here: a deletion, or a joining of two."""
    table, record = parents[0].table, parents[0].record
    versions = sorted(parent.version for parent in parents)
    state = as_journalled(table, row) if alive else None
    ancestors = frozenset(versions).union(*(parent.ancestors for parent in parents))
    return Version(
        table=table,
        record=record,
        version=_hash(table, record, state, versions, into),
        ancestors=ancestors,
        row=row,
        alive=alive,
        into=into,
    )


def current(archive: Archive, records: Iterable[str]) -> dict[str, Version]:
    """Return the version of each record as it is here; what was never here is left out.

    Its `row` is as the journal shows it.
    """
    return {version.record: version for version in fold(_entries(archive, records))}


def _entries(archive: Archive, records: Iterable[str]) -> Sequence[Any]:
    """Return the entries about these records, those of each in their order."""
    return among(archive, _ENTRIES, records, _IN_ORDER)


def version_of(archive: Archive, record: str) -> Version:
    """Return the version of a record that is here. Raises UnusableError `archive-damaged`."""
    found = current(archive, [record]).get(record)
    if found is None:
        raise unjournalled(record)
    return found


def unjournalled(record: str) -> UnusableError:
    """Return the error for a row that was put in past the journal."""
    return UnusableError(
        "archive-damaged",
        f"记录 {record} 不在日志里：档案库被越过日志改动，不能收发文件。",
        "请运行 hri archive verify 查明，再用完好的备份恢复。",
    )


def reported(archive: Archive, records: Iterable[str], *, besides: str) -> set[str]:
    """Return which of these records an office `besides` one ever sent, whoever changed them."""
    query = select(JournalEntry.record, JournalEntry.origin).where(
        col(JournalEntry.record).in_(list(records)), col(JournalEntry.origin).is_not(None)
    )
    entries = archive.session.exec(query)
    return {
        record
        for record, origin in entries
        if json.loads(origin or "{}").get("from") not in (None, besides)
    }


def deleted(archive: Archive) -> list[str]:
    """Return the records that were deleted, or displaced, at some time."""
    query = select(JournalEntry.record).where(JournalEntry.action == "delete").distinct()
    return sorted(archive.session.exec(query))


def once_pointing(archive: Archive, tables: Iterable[str], record: str) -> list[tuple[str, str]]:
    """Return table and identity of the records in whose entries another was ever named."""
    named = f'%"{record}"%'
    query = (
        select(JournalEntry.table, JournalEntry.record)
        .where(col(JournalEntry.table).in_(list(tables)))
        .where(or_(col(JournalEntry.after).like(named), col(JournalEntry.origin).like(named)))
        .distinct()
    )
    return sorted(archive.session.exec(query))


def fold(entries: Iterable[Any]) -> Iterator[Version]:
    """Yield the last version of each record, from entries in the order of records and numbers.

    What was last displaced has none.
    """
    for record, of_record in groupby(entries, key=lambda entry: entry[0]):
        *_, last = history(record, of_record)
        if last is not None:
            yield last


def states(archive: Archive, record: str) -> list[Mapping[str, Any]]:
    """Return everything that a record ever was here, as the journal shows it, the oldest first."""
    entries = history(record, _entries(archive, [record]))
    return [version.row for version in entries if version is not None]


def history(record: str, entries: Iterable[Any]) -> Iterator[Version | None]:
    """Yield the version of a record after each of its entries; None before and between."""
    found: Version | None = None
    state: dict[str, Any] = {}
    for _, table, action, before, after, origin in entries:
        if origin is None and before is None and after is None:
            yield found
            continue
        alive = action != "delete"
        state = row = {**state, **json.loads((after if alive else before) or "{}")}
        if origin is None:
            parents = [found.version] if found else []
            version = _hash(table, record, row if alive else None, parents, None)
            ancestors = found.ancestors.union(parents) if found else frozenset()
            found = Version(
                table=table,
                record=record,
                version=version,
                ancestors=ancestors,
                row=row,
                alive=alive,
            )
        else:
            found = _from_origin(table, record, row, alive, json.loads(origin))
        yield found


def _from_origin(
    table: str, record: str, row: Mapping[str, Any], alive: bool, origin: Mapping[str, Any]
) -> Version | None:
    """Return the version that an entry's origin names, or None where it was displaced."""
    if "aside" in origin:
        return None
    return Version(
        table=table,
        record=record,
        version=origin["version"],
        ancestors=frozenset(origin["ancestors"]),
        row={**row, **origin.get("points", {})},
        alive=alive,
        into=origin.get("into"),
        sender=origin.get("from"),
        key=origin.get("key"),
    )


def other_content(known: Version, version: Version) -> str | None:
    """Return a column in which two versions under one hash differ, or None.

    `known` is as the journal or the conflicts have it, `version` as a bundle does. Of deletions
    only that they are ones, and what the record was merged into, is compared.
    """
    if (known.alive, known.into) != (version.alive, version.into):
        return "into"
    if not known.alive:
        return None
    here, there = _filled(known.table, known.row), _filled(known.table, version.row)
    journalled = as_journalled(known.table, version.row)
    for column in sorted({*here, *there} - {"salt"}):
        # What is long is hashed in the journal, and not among the conflicts; what may have to be
        # erased is there in clear where it was written before there were salts.
        if here.get(column) not in (there.get(column), journalled.get(column)):
            return column
    return None


def _filled(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are not empty, with truth as a truth value."""
    types = kinds()[table].types
    return {
        key: bool(value) if types.get(key) is bool else value
        for key, value in row.items()
        if value is not None
    }


def earlier(archive: Archive, records: Iterable[str]) -> dict[tuple[str, str], Version]:
    """Return every version that these records ever had here, by record and version."""
    return {
        (record, version.version): version
        for record, of_record in groupby(_entries(archive, records), key=lambda entry: entry[0])
        for version in history(record, of_record)
        if version is not None
    }


def _hash(
    table: str,
    record: str,
    state: Mapping[str, Any] | None,
    parents: Sequence[str],
    into: str | None,
) -> str:
    """Hash a version. Empty columns don't count, so that a column that comes later changes none."""
    filled = None if state is None else _filled(table, state)
    text = encode_sorted([table, record, filled, list(parents), into])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
