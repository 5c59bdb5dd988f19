"""Journalled writes, the only ones there are: each row goes in with its journal entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Table
from sqlalchemy import delete as sql_delete
from sqlalchemy import insert as sql_insert
from sqlalchemy import update as sql_update
from sqlalchemy.orm.attributes import set_committed_value

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.journal import (
    COLUMNS,
    EVENT_TABLE,
    canonical,
    clock,
    hasher,
    last_entry,
)
from hrintegrity.archive.serialisation import (
    by_column,
    columns_of,
    row_serialiser,
    rows_as_journalled,
    table_name,
    table_of,
)
from hrintegrity.archive.tables.base import Record
from hrintegrity.chunking import chunks
from hrintegrity.notice.records import kind

CHUNK = 1000

R = TypeVar("R", bound=Record)


def insert(archive: Archive, row: R, *, reason: str | None = None) -> R:
    """Write a new row and its entry; return the row."""
    values = _values(row)
    with writes_allowed(archive.connection):
        archive.connection.execute(sql_insert(table_of(type(row))).values(values))
    _enter(archive, "insert", type(row), row.id, None, after=values, reason=reason)
    return row


def update(
    archive: Archive,
    row: R,
    values: Mapping[str, Any] | None = None,
    *,
    reason: str | None = None,
    **changes: Any,
) -> bool:
    """Write those of `changes` that differ from the row, with their entry; say if there were any.

    `values` are changes too, for a column that is called `reason` as the journal's own is. The row
    object itself then bears the new values.
    """
    changes |= values or {}
    before = {key: getattr(row, key) for key in changes if getattr(row, key) != changes[key]}
    if not before:
        return False
    after = {key: changes[key] for key in before}
    table = table_of(type(row))
    with writes_allowed(archive.connection):
        done = archive.connection.execute(
            sql_update(table).where(table.c.id == row.id).values(after)
        )
    _check_count(table.name, done.rowcount, 1)
    salt = {column: getattr(row, column) for column in _salt_columns(str(table.name))}
    old, new = salt | before, salt | after
    _enter(archive, "update", type(row), row.id, old, after=new, reason=reason)
    for key, value in after.items():
        set_committed_value(row, key, value)
    return True


def delete(archive: Archive, row: Record, *, reason: str | None = None) -> None:
    """Remove a row; its entry keeps what it was."""
    delete_many(archive, type(row), [row], reason=reason)


def delete_many(
    archive: Archive, model: type[Record], rows: Sequence[Record], *, reason: str | None = None
) -> None:
    """Remove many rows of a model, each with its entry, in their order."""
    mark = archive.mark
    sql = f'DELETE FROM "{table_name(model)}" WHERE id = {mark}'
    for chunk in chunks(rows, CHUNK):
        with writes_allowed(archive.connection):
            done = archive.connection.exec_driver_sql(sql, [(row.id,) for row in chunk])
        _check_count(table_name(model), done.rowcount, len(chunk))
        for row in chunk:
            if row in archive.session:
                archive.session.expunge(row)
        entries = [Entry("delete", model, row.id, _values(row), None) for row in chunk]
        enter_many(archive, entries, reason=reason)


def insert_many(
    archive: Archive,
    model: type[Record],
    rows: Iterable[dict[str, Any]],
    *,
    reason: str | None = None,
) -> int:
    """Write many new rows, each with its entry, in chunks of constant size; return how many.

    Every mapping has all columns of the table; days are ISO 8601 text already.
    """
    names, table = columns_of(model), table_name(model)
    in_order = itemgetter(*names)
    written = 0
    for chunk in chunks(map(in_order, rows), CHUNK):
        columns = by_column(names, chunk)
        insert_columns(archive, table, columns)
        after = rows_as_journalled(table, columns)
        lines = [
            ("insert", table, record, None, row, None)
            for record, row in zip(columns["id"], after, strict=True)
        ]
        _append(archive, lines, reason)
        written += len(chunk)
    return written


def update_many(
    archive: Archive,
    model: type[Record],
    changes: Sequence[tuple[R, dict[str, Any]]],
    *,
    reason: str | None = None,
) -> int:
    """Write the changes of many rows, each with its entry; return how many.

    Days are ISO 8601 text. The row objects are stale afterwards.
    """
    by_columns: dict[tuple[str, ...], list[tuple[R, dict[str, Any]]]] = {}
    for row, changed in changes:
        by_columns.setdefault(tuple(sorted(changed)), []).append((row, changed))
    mark, table = archive.mark, table_name(model)
    salt_too = _salt_columns(table)
    for columns, group in by_columns.items():
        assignments = ", ".join(f'"{column}" = {mark}' for column in columns)
        sql = f'UPDATE "{table}" SET {assignments} WHERE id = {mark}'
        values = [(*(changed[column] for column in columns), row.id) for row, changed in group]
        with writes_allowed(archive.connection):
            done = archive.connection.exec_driver_sql(sql, values)
        _check_count(table, done.rowcount, len(group))
        entries = []
        for row, changed in group:
            before = {column: getattr(row, column) for column in (*salt_too, *columns)}
            after = {column: before[column] for column in salt_too} | changed
            entries.append(Entry("update", model, row.id, before, after))
        enter_many(archive, entries, reason=reason)
    return len(changes)


def _salt_columns(table: str) -> list[str]:
    """Return what the journal needs of a row beside its changes, to hash them."""
    return ["salt"] if kind(table).erasable else []


def note(archive: Archive, action: str, record: Record, *, reason: str | None = None) -> None:
    """Enter something that happened to a record without changing it."""
    _enter(archive, action, type(record), record.id, None, after=None, reason=reason)


def enter_event(
    archive: Archive,
    action: str,
    identity: str,
    facts: Mapping[str, Any],
    *,
    reason: str | None = None,
) -> None:
    """Enter what happened to many records at once, such as an import; it has no row of its own."""
    after = canonical(facts) if facts else None
    _append(archive, [(action, EVENT_TABLE, identity, None, after, None)], reason)


def keep_unjournalled(archive: Archive, row: Record) -> None:
    """Replace a row of a table that holds no records, such as a draft; nothing is journalled."""
    table = _unjournalled(row)
    with writes_allowed(archive.connection):
        archive.connection.execute(sql_delete(table).where(table.c.id == row.id))
        archive.connection.execute(sql_insert(table).values(_values(row)))


def drop_unjournalled(archive: Archive, row: Record) -> None:
    """Remove a row of a table that holds no records."""
    table = _unjournalled(row)
    with writes_allowed(archive.connection):
        archive.connection.execute(sql_delete(table).where(table.c.id == row.id))


def _unjournalled(row: Record) -> Table:
    """Return a row's table, which holds no records."""
    table = table_of(type(row))
    if kind(str(table.name)).journalled:
        raise AssertionError(f"{table.name} is journalled")
    return table


class Entry(NamedTuple):
    """What an entry of the journal says; `origin` as in `archive.tables.journal`."""

    action: str
    model: type[Record]
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    origin: str | None = None


def enter_many(archive: Archive, entries: Sequence[Entry], *, reason: str | None = None) -> None:
    """Append entries to the chain."""
    lines = []
    for action, model, record, before, after, origin in entries:
        table = table_name(model)
        serialise = row_serialiser(table)
        old = None if before is None else serialise(before)
        new = None if after is None else serialise(after)
        lines.append((action, table, record, old, new, origin))
    _append(archive, lines, reason)


Line = tuple[str, str, str, str | None, str | None, str | None]
"""Action, table, record, before and after as the journal has them, origin."""


def _append(archive: Archive, lines: Iterable[Line], reason: str | None) -> None:
    """Append entries to the chain: each bears the hash of the one before."""
    last, previous = last_entry(archive.connection)
    at, operator, login = clock(), archive.operator, archive.login
    entries: list[Sequence[Any]] = []
    for number, (action, table, record, before, after, origin) in enumerate(lines, last + 1):
        hash_of = hasher((at, operator, action, table, reason, login))
        digest = hash_of(previous, number, record, before, after, origin=origin)
        # In the order of COLUMNS.
        content = (action, table, record, before, after, reason, origin, login)
        entries.append((number, at, operator, *content, previous, digest))
        previous = digest
    if entries:
        insert_columns(archive, "journal", by_column(COLUMNS, entries))
    archive.entered = True


def _enter(
    archive: Archive,
    action: str,
    model: type[Record],
    record: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reason: str | None,
) -> None:
    enter_many(archive, [Entry(action, model, record, before, after)], reason=reason)


def _check_count(table: str, count: int, wanted: int) -> None:
    """Fail where a statement touched other rows than its entries in the journal will tell of."""
    if count != wanted:
        raise AssertionError(f"{table}: {count} rows were written instead of {wanted}")


def insert_columns(archive: Archive, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows of a table, one at least, given as columns of equal length.

    No entry is made of it. Where no row fills a column the statement itself says NULL: sqlite3
    takes longer over each None than over a text.
    """
    marks, filled = [], []
    for column in columns.values():
        # Most columns are full, and counting in them costs more than a look at the first.
        if column[0] is None and column.count(None) == len(column):
            marks.append("NULL")
        else:
            marks.append(archive.mark)
            filled.append(column)
    listed = ", ".join(f'"{name}"' for name in columns)
    sql = f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join(marks)})'
    with writes_allowed(archive.connection):
        archive.connection.exec_driver_sql(sql, list(zip(*filled, strict=True)))


def _values(row: Record) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table_of(type(row)).columns}
