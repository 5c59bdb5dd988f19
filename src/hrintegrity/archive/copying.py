"""An archive copied whole to another place: from a file to a server, from a server to a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, select
from sqlalchemy import insert as sql_insert
from sqlalchemy import update as sql_update
from sqlmodel import SQLModel

from hrintegrity.archive import contents, tables
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.journal import COLUMNS, GENESIS, check_chain
from hrintegrity.archive.location import Location
from hrintegrity.archive.schema import new_archive
from hrintegrity.archive.writer import CHUNK
from hrintegrity.errors import UnusableError
from hrintegrity.files import make_folder

JOURNAL = "journal"

Place = Callable[[Location, str], Path]
"""Where an archive keeps the content of an attachment of that SHA-256."""


class Copied(NamedTuple):
    """What was copied: rows by table, the journal's last hash, and the attachments.

    `missing` are the hashes of attachments that are not where the source should have them.
    """

    rows: dict[str, int]
    head: str
    attachments: int
    missing: tuple[str, ...]


class _Sum(NamedTuple):
    """How many rows a table has, and the SHA-256 over them in the order of their identity."""

    rows: int
    digest: str


def copy_archive(source: Location, target: Location, *, operator: str, place: Place) -> Copied:
    """Copy every row of every table, ids and hashes too, and the attachments.

    The copy shows one moment of the source and is read back whole before it appears. Raises what
    `open_archive` and `new_archive` raise, UnusableError `archive-damaged` where the source's
    journal doesn't hold, and `copy-differs`.
    """
    kept: list[Path] = []
    try:
        with (
            new_archive(target, operator=operator) as new,
            open_archive(source, operator=operator, write=False) as old,
        ):
            missing = tuple(_copy_files(old, target, place, kept))
            written = {table.name: _write(old, new, table) for table in _tables()}
            head = _read_back(new, written, source)
    except BaseException:
        _take_back(kept)
        raise
    rows = {name: found.rows for name, found in written.items()}
    return Copied(rows, head, len(kept), missing)


def _tables() -> Sequence[Table]:
    """Return all tables, those first that others point at."""
    tables.load_all()
    # The copy is in the clear, and has no use for the key to encrypted attachments.
    return [table for table in SQLModel.metadata.sorted_tables if table.name != "vault"]


def _write(old: Archive, new: Archive, table: Table) -> _Sum:
    # A row may point at a later one of its own table; so its pointer is set when all are there.
    own = [
        key.parent.name
        for constraint in table.foreign_key_constraints
        for key in constraint.elements
        if key.column.table is table
    ]
    pointing: list[dict[str, Any]] = []
    summing = _Summing()
    for chunk in _chunks(old.connection, table):
        rows = []
        for row in chunk:
            summing.add(row)
            values = row._asdict()
            if any(values[column] is not None for column in own):
                pointing.append({f"new_{name}": values[name] for name in ("id", *own)})
                values |= dict.fromkeys(own)
            rows.append(values)
        with writes_allowed(new.connection):
            new.connection.execute(sql_insert(table), rows)
    if pointing:
        values = {column: bindparam(f"new_{column}") for column in own}
        with writes_allowed(new.connection):
            new.connection.execute(
                sql_update(table).where(table.c.id == bindparam("new_id")).values(values), pointing
            )
    return summing.sum()


def _read_back(new: Archive, written: dict[str, _Sum], source: Location) -> str:
    """Read the copy and compare; return the hash of the journal's last entry."""
    head = GENESIS
    for table in _tables():
        summing = _Summing()
        rows = (summing.add(row) for chunk in _chunks(new.connection, table) for row in chunk)
        if table.name == JOURNAL:
            report = check_chain(tuple(getattr(row, name) for name in COLUMNS) for row in rows)
            head = report.head
            if report.faults:
                fault = report.faults[0]
                raise UnusableError(
                    "archive-damaged",
                    f"{source} 的日志第 {fault.entry} 条{fault.reason}，没有复制。",
                    "请先用 hri archive verify 查看，再用完好的备份恢复。",
                )
        else:
            for _ in rows:
                pass
        if summing.sum() != written[table.name]:
            raise UnusableError(
                "copy-differs",
                f"复制出来的 {table.name} 表与原来的不同，已撤销。",
                "请再试一次；仍不行的，请联系维护人员。",
            )
    return head


def _chunks(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Yield all rows in the order of their identity, a constant number at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    found = connection.execute(query, execution_options={"stream_results": True})
    yield from found.partitions(CHUNK)


class _Summing:
    """Adds up what a table holds."""

    def __init__(self) -> None:
        self._rows = 0
        self._digest = hashlib.sha256()

    def add(self, row: Any) -> Any:
        """Take a row into account and return it."""
        self._rows += 1
        self._digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        return row

    def sum(self) -> _Sum:
        """Return what was added up."""
        return _Sum(self._rows, self._digest.hexdigest())


def _copy_files(old: Archive, target: Location, place: Place, kept: list[Path]) -> Iterator[str]:
    """Copy attachments that the target lacks to `kept`; yield the hashes of those not there.

    They are named by their SHA-256, so what is there already is the same.
    """
    identity = contents.identity_of(old)
    hashes = "SELECT DISTINCT sha256 FROM attachment ORDER BY sha256"
    for (sha256,) in old.connection.exec_driver_sql(hashes).all():
        here, there = place(old.location, sha256), place(target, sha256)
        if not here.is_file():
            yield sha256
        elif not there.exists():
            make_folder(there.parent)
            with contents.opened(here, identity) as content:
                contents.write(there, iter(lambda: content.read(1 << 20), b""), None)
            kept.append(there)


def _take_back(kept: list[Path]) -> None:
    for path in kept:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # another attachment is in the folder.
            path.parent.rmdir()
            path.parent.parent.rmdir()
