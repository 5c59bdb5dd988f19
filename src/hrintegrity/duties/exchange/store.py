"""Rows and held versions as exchange reads and writes them, in chunks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select, tuple_

from hrintegrity.archive import writer
from hrintegrity.archive.asking import among, as_truth
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.journal import canonical
from hrintegrity.archive.serialisation import columns_of
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.exchange import Conflict
from hrintegrity.days import iso
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.duties.exchange.versions import Version

CHUNK = 1000

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Held:
    """A version that is not applied here, and why; `kind` and `blocker` as in the table."""

    id: str
    kind: str
    blocker: str | None
    version: Version


def rows(archive: Archive, table: str, records: Iterable[str]) -> dict[str, Row]:
    """Return the rows of these records that are here, days as ISO 8601 text."""
    kind = kinds()[table]
    sql = f'SELECT {quoted(kind.columns)} FROM "{table}" WHERE id IN'
    found = among(archive, sql, records, "ORDER BY id")
    return {row["id"]: row for row in _as_rows(kind, found)}


def matching(archive: Archive, kind: Kind, condition: ColumnElement[bool]) -> list[Row]:
    """Return the rows that fit, in the order of identity."""
    query = select(kind.table).where(condition).order_by(kind.table.c.id)
    return list(_as_rows(kind, archive.connection.execute(query)))


def quoted(columns: Iterable[str]) -> str:
    """Return columns as a query lists them."""
    return ", ".join(f'"{column}"' for column in columns)


def _as_rows(kind: Kind, found: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Yield what a driver gives of all columns as rows: days as text, truth as a truth value."""
    days = [column for column, type_ in kind.types.items() if type_ is dt.date]
    truths = [column for column, type_ in kind.types.items() if type_ is bool]
    for values in found:
        row = dict(zip(kind.columns, values, strict=True))
        for column in days:
            row[column] = iso(row[column])
        for column in truths:
            row[column] = as_truth(row[column])
        yield row


def pointing(archive: Archive, table: str, column: str, record: str) -> list[Row]:
    """Return the rows of a table whose column points at a record."""
    kind = kinds()[table]
    return matching(archive, kind, kind.table.c[column] == record)


def clashing(archive: Archive, kind: Kind, wanted: Collection[Row]) -> list[tuple[Row, Row]]:
    """Return what clashes with rows that are here: each wanted row with one that bars it."""
    found = []
    for key in kind.keys:
        by_value: dict[tuple[Any, ...], list[Row]] = {}
        for row in wanted:
            by_value.setdefault(tuple(row[column] for column in key), []).append(row)
        columns = [kind.table.c[column] for column in key]
        values = [tuple(_typed(kind, c, v) for c, v in zip(key, k, strict=True)) for k in by_value]
        for there in matching(archive, kind, tuple_(*columns).in_(values)) if values else ():
            for row in by_value.get(tuple(there[column] for column in key), ()):
                if row["id"] != there["id"]:
                    found.append((row, there))
    return found


def held(archive: Archive, records: Iterable[str] | None = None) -> list[Held]:
    """Return the versions that are not applied here, of these records or of all."""
    columns = columns_of(Conflict)
    sql = f"SELECT {quoted(columns)} FROM conflict"
    if records is None:
        found: Iterable[Any] = archive.connection.exec_driver_sql(f"{sql} ORDER BY id")
    else:
        found = among(archive, f"{sql} WHERE record IN", records, "ORDER BY id")
    return [_held(dict(zip(columns, row, strict=True))) for row in found]


def hold(
    archive: Archive, kept: Sequence[tuple[Version, str, str | None]], *, today: dt.date
) -> None:
    """Keep versions that can't be applied here, each with the reason and what bars it."""
    writer.insert_many(
        archive,
        Conflict,
        [
            {
                "id": new_id(),
                "kind": reason,
                "table": version.table,
                "record": version.record,
                "version": version.version,
                "ancestors": json.dumps(sorted(version.ancestors)),
                "row": canonical(version.row),
                "alive": version.alive,
                "into": version.into,
                "blocker": blocker,
                "sender": version.sender,
                "fingerprint": version.key,
                "received": today.isoformat(),
            }
            for version, reason, blocker in kept
        ],
    )


def drop(archive: Archive, items: Iterable[Held]) -> None:
    """Forget held versions that are applied now, or that a later one has overtaken."""
    for item in items:
        row = archive.session.get(Conflict, item.id)
        if row is not None:
            writer.delete(archive, row)


def explain(archive: Archive, item: Held, kind: str, blocker: str | None) -> None:
    """Write down another reason why a version is not applied."""
    row = archive.session.get(Conflict, item.id)
    if row is not None:
        writer.update(archive, row, kind=kind, blocker=blocker)


def whole(kind: Kind, row: Mapping[str, Any]) -> Row:
    """Return a row with all columns of its table, those it lacks empty."""
    return {column: row.get(column) for column in kind.columns}


def _held(row: Row) -> Held:
    version = Version(
        table=row["table"],
        record=row["record"],
        version=row["version"],
        ancestors=frozenset(json.loads(row["ancestors"])),
        row=json.loads(row["row"]),
        alive=bool(row["alive"]),
        into=row["into"],
        sender=row["sender"],
        key=row["fingerprint"],
    )
    return Held(row["id"], row["kind"], row["blocker"], version)


def _typed(kind: Kind, column: str, value: Any) -> Any:
    if kind.types[column] is dt.date and value is not None:
        return dt.date.fromisoformat(value)
    return value
