"""Whether an archive is whole: its file, its guards, its papers, its rows against the journal."""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy.exc import DBAPIError

from hrintegrity.archive import guards, journal, tables
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.explaining import integrity_reason, reason_of
from hrintegrity.archive.serialisation import as_journalled, columns_of, table_name
from hrintegrity.archive.tables.base import Record

_FETCHED = 100
Line = tuple[str, int, Any]
"""A record's identity, 0 for an entry of the journal and 1 for a row, and which."""

_EVIDENCE = "先把档案库文件另存一份作证据，"
_REMEDIES = {
    "日志": "日志被改动过，所记的事不再可信："
    + _EVIDENCE
    + "再用改动前的备份恢复（hri archive restore 备份 --force）。",
    "触发器": "日志可能被改动过而看不出来：请与收过本库文件的单位核对封印（hri archive seals），"
    "再用完好的备份恢复。",
    "文件": "文件本身坏了：" + _EVIDENCE + "再用最近的备份恢复，并检查磁盘。",
    "关联": "有记录被越过程序删去：" + _EVIDENCE + "再用改动前的备份恢复。",
    "文书": "文书的正文被改动，印出来的不是当时送达的：" + _EVIDENCE + "再用改动前的备份恢复。",
    "记录": "记录被越过日志改动，以日志为准（hri archive log）："
    + _EVIDENCE
    + "再用改动前的备份恢复。",
}
"""What each kind of damage means, and what to do next."""


class Damage(NamedTuple):
    """Something that is not as it was left: where, and in Chinese what and what to do next."""

    where: str
    reason: str
    remedy: str = ""


def verify(archive: Archive) -> tuple[journal.ChainReport, list[Damage]]:
    """Check everything; what can't even be read is a damage too."""
    found: list[Damage] = []
    report = journal.ChainReport(0, journal.GENESIS, [])
    try:
        report = _chain(archive)
        found += [
            Damage(f"日志第 {fault.entry} 条", fault.reason, _REMEDIES["日志"])
            for fault in report.faults
        ]
    except DBAPIError as error:
        found.append(Damage("日志", _unreadable(error), _REMEDIES["文件"]))
    for what, check in _CHECKS:
        try:
            found += [damage._replace(remedy=_REMEDIES[what]) for damage in check(archive)]
        except DBAPIError as error:
            found.append(Damage(what, _unreadable(error), _REMEDIES["文件"]))
    return report, found


def _unreadable(error: DBAPIError) -> str:
    return f"读不出来（{reason_of(error)}）"


def _chain(archive: Archive) -> journal.ChainReport:
    names = ", ".join(f'"{column}"' for column in journal.COLUMNS)
    rows = _stream(archive, f"SELECT {names} FROM journal ORDER BY id")
    return journal.check_chain(rows)


def _file(archive: Archive) -> Iterator[Damage]:
    if archive.is_sqlite:
        for (text,) in _stream(archive, "PRAGMA integrity_check"):
            if text != "ok":
                yield Damage("文件", integrity_reason(text))


def _references(archive: Archive) -> Iterator[Damage]:
    # A server doesn't let a reference break; a file does, where it is opened without this check.
    if archive.is_sqlite:
        for table, row, parent, _ in _stream(archive, "PRAGMA foreign_key_check"):
            yield Damage(f"{table} 表第 {row} 行", f"指向的 {parent} 记录不存在")


def _guards(archive: Archive) -> Iterator[Damage]:
    for reason in guards.faults(archive.connection):
        yield Damage("日志", reason)


def _papers(archive: Archive) -> Iterator[Damage]:
    for model in _models():
        if {"body", "sha256"} <= set(columns_of(model)):
            name = table_name(model)
            for record, body, digest in _stream(archive, f"SELECT id, body, sha256 FROM {name}"):
                if hashlib.sha256(str(body).encode("utf-8", "surrogatepass")).hexdigest() != digest:
                    yield Damage(f"{name} {record}", "正文与签发时的 SHA-256 不符")


def _rows(archive: Archive) -> Iterator[Damage]:
    """Compare each row with what the journal says of it; both come in the order of identity.

    One record is held at a time, so that memory stays flat.
    """
    models = {table_name(model): model for model in _models()}
    streams = [_entries(archive), *(_kept(archive, model) for model in models.values())]
    together = heapq.merge(*streams, key=lambda line: line[:2])
    for record, lines in groupby(together, key=lambda line: line[0]):
        entries, rows = [], {}
        for _, kind, what in lines:
            if kind == 0:
                entries.append(what)
            else:
                rows.update(what)
        yield from _compare(record, entries, rows, models)


def _entries(archive: Archive) -> Iterator[Line]:
    sql = 'SELECT record, id, action, "table", before, after FROM journal ORDER BY record{}, id'
    for record, *entry in _stream(archive, sql.format(_plain_order(archive))):
        yield record, 0, entry


def _kept(archive: Archive, model: type[Record]) -> Iterator[Line]:
    name, columns = table_name(model), columns_of(model)
    listed = ", ".join(f'"{column}"' for column in columns)
    sql = f'SELECT {listed} FROM "{name}" ORDER BY id{_plain_order(archive)}'
    for row in _stream(archive, sql):
        values: dict[str, Any] = dict(zip(columns, map(_plain, row), strict=True))
        yield values["id"], 1, {name: values}


def _plain(value: Any) -> Any:
    """Return a day as text; a file has it so already."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _compare(
    record: str,
    entries: list[list[Any]],
    rows: dict[str, dict[str, Any]],
    models: dict[str, type[Record]],
) -> Iterator[Damage]:
    """Say where the rows of one identity are not what the entries make of them."""
    told: dict[str, dict[str, Any] | None] = {}
    for number, action, table, before, after in entries:
        if table == journal.EVENT_TABLE:
            continue
        state = told.get(table)
        try:
            old, new = (json.loads(one) if one else {} for one in (before, after))
        except ValueError:
            yield Damage(f"日志第 {number} 条", "内容不是 JSON")
            continue
        if state is not None and any(state.get(key) != value for key, value in old.items()):
            yield Damage(f"日志第 {number} 条", "改动前的内容与此前的日志不符")
        if action == "delete":
            told[table] = None
        elif action == "insert" or after is not None:
            told[table] = {**(state or {}), **new}
    for table in sorted({*told, *rows}):
        where, state, row = f"{table} {record}", told.get(table), rows.get(table)
        if row is None:
            if state is not None:
                yield Damage(where, "日志里有，表里没有：被越过日志删除")
        elif state is None:
            yield Damage(where, "表里有，日志里没有：被越过日志写入")
        elif changed := _differing(as_journalled(models[table], row), state):
            yield Damage(where, f"与日志不符，被越过日志改动：{'、'.join(changed)}")


def _differing(row: dict[str, Any], state: dict[str, Any]) -> list[str]:
    """Return the columns in which a row is not as told; a column that came later may be empty."""
    return [
        key for key, value in row.items() if state.get(key) != value and (key in state or value)
    ]


def _models() -> list[type[Record]]:
    """Return the models of all tables whose rows are journalled."""
    tables.load_all()
    return sorted((m for m in Record.__subclasses__() if m.journalled), key=table_name)


def _plain_order(archive: Archive) -> str:
    """Order by code points, as Python compares; a server may order by a language."""
    return "" if archive.is_sqlite else ' COLLATE "C"'


def _stream(archive: Archive, sql: str) -> Iterator[Any]:
    """Yield rows, fetched by the hundred: each fetch costs more than the row."""
    streaming = archive.connection.execution_options(stream_results=True)
    for rows in streaming.exec_driver_sql(sql).partitions(_FETCHED):
        yield from rows


_CHECKS: tuple[tuple[str, Callable[[Archive], Iterator[Damage]]], ...] = (
    ("文件", _file),
    ("关联", _references),
    ("触发器", _guards),
    ("文书", _papers),
    ("记录", _rows),
)
