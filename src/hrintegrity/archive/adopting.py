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
    elsewhere that never stood here. Row objects of these records are stale afterwards.
    """
    table = table_of(model)
    entries = []
    new = [change.after for change in changes if change.before is None and change.after]
    names = columns_of(model)
    if new:
        columns = by_column(names, map(itemgetter(*names), new))
        insert_columns(archive, table_name(model), columns)
    with writes_allowed(archive.connection):
        for record, before, after, origin in changes:
            if before and after:
                changed_from, changed_to = _differing(before, after)
                _set_columns(archive, table, record, changed_to)
                if model.journal_salted:
                    # Under another salt what stays the same has another hash.
                    hashed = model.journal_salted if before["salt"] != after["salt"] else ()
                    for column in ("salt", *sorted(hashed)):
                        changed_from[column] = before[column]
                        changed_to[column] = after[column]
                entries.append(
                    Entry(
                        action="update",
                        model=model,
                        record=record,
                        before=changed_from,
                        after=changed_to,
                        origin=origin,
                    )
                )
            elif after:
                entries.append(
                    Entry(
                        action="insert",
                        model=model,
                        record=record,
                        before=None,
                        after=after,
                        origin=origin,
                    )
                )
            else:
                archive.connection.execute(sql_delete(table).where(table.c.id == record))
                entries.append(
                    Entry(
                        action="delete",
                        model=model,
                        record=record,
                        before=before,
                        after=None,
                        origin=origin,
                    )
                )
    enter_many(archive, entries, reason=reason)


def _differing(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [key for key, value in after.items() if before[key] != value]
    return {key: before[key] for key in changed}, {key: after[key] for key in changed}


def _set_columns(archive: Archive, table: Table, record: str, values: dict[str, Any]) -> None:
    if values:
        mark = archive.mark
        assignments = ", ".join(f'"{column}" = {mark}' for column in values)
        archive.connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET {assignments} WHERE id = {mark}',
            (*values.values(), record),
        )
