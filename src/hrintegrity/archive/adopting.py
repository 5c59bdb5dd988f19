"""Making records what another archive says they are, each with its journal entry."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Table
from sqlalchemy import delete as sql_delete

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.serialisation import by_column, columns_of, table_name, table_of
from hrintegrity.archive.tables.base import Record
from hrintegrity.archive.writer import Entry, enter_many, insert_columns
from hrintegrity.notice.records import kind


class Adopted(NamedTuple):
    """A record as it was here and as it is to be, whole; no row where there is none.

    Days are ISO 8601 text. `origin` as in `archive.tables.journal`.
    """

    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    origin: str


def adopt_many(
    archive: Archive,
    model: type[Record],
    changes: Sequence[Adopted],
    *,
    reason: str | None = None,
) -> None:
    """Make records what another archive says they are, each with its entry.

    An entry is written for each, also where only the version is new, or where a record was deleted
    elsewhere that was never here. Row objects of these records are stale afterwards.
    """
    names = columns_of(model)
    new = [change.after for change in changes if change.before is None and change.after]
    if new:
        columns = by_column(names, map(itemgetter(*names), new))
        insert_columns(archive, table_name(model), columns)
    with writes_allowed(archive.connection):
        entries = [_adopted(archive, model, change) for change in changes]
    enter_many(archive, entries, reason=reason)


def _adopted(archive: Archive, model: type[Record], change: Adopted) -> Entry:
    """Change or delete a record, unless it is a new one; return the entry of what was done."""
    record, before, after, origin = change
    if before and after:
        action = "update"
        differing = [key for key, value in after.items() if before[key] != value]
        _set_columns(archive, table_of(model), record, {key: after[key] for key in differing})
        entered, erasable = {*differing}, kind(table_name(model)).erasable
        if erasable:
            entered.add("salt")
            if before["salt"] != after["salt"]:
                # Under another salt what stays the same has another hash.
                entered |= erasable
        before, after = ({key: row[key] for key in entered} for row in (before, after))
    elif after:
        action = "insert"
    else:
        action = "delete"
        table = table_of(model)
        archive.connection.execute(sql_delete(table).where(table.c.id == record))
    return Entry(
        action=action, model=model, record=record, before=before, after=after, origin=origin
    )


def _set_columns(archive: Archive, table: Table, record: str, values: dict[str, Any]) -> None:
    if values:
        mark = archive.mark
        assignments = ", ".join(f'"{column}" = {mark}' for column in values)
        archive.connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET {assignments} WHERE id = {mark}',
            (*values.values(), record),
        )
