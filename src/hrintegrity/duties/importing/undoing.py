"""Taking back an import: all that it wrote, by entries to the contrary."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Date, Table, select
from sqlmodel import col
from sqlmodel import select as select_rows

from hrintegrity.archive import tables, writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import table_name, table_of
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.base import Record
from hrintegrity.chunking import AT_ONCE, chunks
from hrintegrity.duties.entering import words
from hrintegrity.duties.identities import ambiguous, where_to_find
from hrintegrity.duties.importing import history
from hrintegrity.duties.importing.history import ImportView
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice import names
from hrintegrity.notice.records import kind

_SHOWN = 5


class Entry(NamedTuple):
    """An entry of the journal that the import made."""

    number: int
    action: str
    model: type[Record]
    record: str
    before: dict[str, Any]
    after: dict[str, Any]


def undo(archive: Archive, identity: str, *, reason: str) -> ImportView:
    """Take an import back; the journal keeps what it was.

    Raises LookupFailedError `import-missing`, RuleError `import-undone`, `built-on` where something
    that was entered since rests on it, `not-restorable` where it changed what the journal has as a
    hash only.
    """
    reason = words(reason, "理由")
    view = _find(archive, identity)
    entries = _entries(archive, view)
    _refuse_built_on(archive, view, entries)
    first = history.last_number(archive) + 1
    for run in _runs(entries[::-1]):
        _take_back(archive, run, reason)
    facts = {"first": first, "last": history.last_number(archive)}
    writer.enter_event(archive, history.UNDONE, view.id, facts, reason=reason)
    return _find(archive, view.id, undone=True)


def _find(archive: Archive, identity: str, *, undone: bool = False) -> ImportView:
    wanted = identity.strip().lower()
    found = [view for view in history.listing(archive) if wanted and view.id.endswith(wanted)]
    if len(found) > 1:
        raise ambiguous(identity)
    if not found:
        raise LookupFailedError(
            "import-missing",
            f"没有这次导入：{identity}",
            where_to_find(identity, "hri archive imports"),
        )
    if found[0].undone and not undone:
        raise RuleError(
            "import-undone", f"这次导入已于 {found[0].undone[:10]} 撤销。", "不必再撤。"
        )
    return found[0]


def _entries(archive: Archive, view: ImportView) -> list[Entry]:
    tables.load_all()
    models = {table_name(model): model for model in Record.__subclasses__()}
    mark = archive.mark
    sql = (
        'SELECT id, action, "table", record, before, after FROM journal'
        f" WHERE id BETWEEN {mark} AND {mark} ORDER BY id"
    )
    rows = archive.connection.exec_driver_sql(sql, (view.first, view.last))
    return [
        Entry(
            number=row.id,
            action=row.action,
            model=models[row.table],
            record=row.record,
            before=json.loads(row.before or "{}"),
            after=json.loads(row.after or "{}"),
        )
        for row in rows
    ]


def _refuse_built_on(archive: Archive, view: ImportView, entries: Sequence[Entry]) -> None:
    """Refuse to take back what something that was entered since rests on."""
    built = [
        *_changed_since(archive, view, entries),
        *_pointed_at(archive, entries),
        *_concluded(archive, entries),
    ]
    if built:
        shown = "、".join(dict.fromkeys(built[:_SHOWN]))
        more = f"等 {len(built)} 处" if len(built) > _SHOWN else ""
        raise RuleError(
            "built-on",
            f"导入之后又有记录以它为根据：{shown}{more}。",
            "先把这些撤去（hri archive log 可查），再撤销导入。",
        )


def _changed_since(archive: Archive, view: ImportView, entries: Sequence[Entry]) -> Iterator[str]:
    """Name what changed the import's records since, but for imports that were undone."""
    back = history.taken_back(archive)
    touched = {entry.record for entry in entries}
    mark = archive.mark
    sql = f'SELECT id, action, "table", record FROM journal WHERE id > {mark} ORDER BY id'
    for number, action, table, record in archive.connection.exec_driver_sql(sql, (view.last,)):
        if record in touched and not any(number in numbers for numbers in back):
            what = f"{names.table(table)}（日志第 {number} 条，{names.ACTIONS[action]}）"
            yield what


def _pointed_at(archive: Archive, entries: Sequence[Entry]) -> Iterator[str]:
    """Name the records that point at one that the import added, and are not its own."""
    added: dict[str, list[str]] = {}
    own = {entry.record for entry in entries if entry.action == "insert"}
    for entry in entries:
        if entry.action == "insert":
            added.setdefault(table_name(entry.model), []).append(entry.record)
    for model in Record.__subclasses__():
        table = table_of(model)
        for column in table.columns:
            for key in column.foreign_keys:
                for chunk in chunks(added.get(key.column.table.name, [])):
                    query = select(table.c.id).where(column.in_(chunk))
                    for (record,) in archive.connection.execute(query):
                        if record not in own:
                            yield f"{names.table(table.name)} {record[-8:]}"


def _concluded(archive: Archive, entries: Sequence[Entry]) -> Iterator[str]:
    """Name the conclusions that were drawn from sheets of the import."""
    sheets = [entry.record for entry in entries if entry.model is ScoreSheet]
    for chunk in chunks(sheets):
        query = (
            select(col(Conclusion.id))
            .join(
                ScoreSheet,
                (col(ScoreSheet.agency_id) == col(Conclusion.agency_id))
                & (col(ScoreSheet.year) == col(Conclusion.year)),
            )
            .where(col(ScoreSheet.id).in_(chunk), col(Conclusion.reopened).is_(None))
        )
        for (record,) in archive.connection.execute(query):
            yield f"{names.table('conclusion')} {record[-8:]}"


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield entries in their order, in runs that are written at once: alike, no record twice."""

    def what(entry: Entry) -> tuple[Any, ...]:
        return entry.action, entry.model, tuple(entry.before)

    for _, alike in groupby(entries, key=what):
        run: dict[str, Entry] = {}
        for entry in alike:
            if entry.record in run or len(run) == AT_ONCE:
                yield list(run.values())
                run = {}
            run[entry.record] = entry
        yield list(run.values())


def _take_back(archive: Archive, run: Sequence[Entry], reason: str) -> None:
    """Write the contrary of entries of one kind."""
    action, model = run[0].action, run[0].model
    if action == "delete":
        for entry in run:
            restored = model(**_typed(table_of(model), entry.before))
            writer.insert(archive, restored, reason=reason)
        return
    query = select_rows(model).where(col(model.id).in_([entry.record for entry in run]))
    query = query.execution_options(populate_existing=True)
    rows = {row.id: row for row in archive.session.exec(query)}
    if action == "insert":
        writer.delete_many(archive, model, [rows[entry.record] for entry in run], reason=reason)
    elif action == "update":
        hidden = kind(table_name(model)).hidden & run[0].before.keys()
        if any(entry.before[name] is not None for entry in run for name in hidden):
            raise RuleError(
                "not-restorable",
                f"导入改动过{names.table(table_name(model))}里日志只留有哈希的内容，原文不能恢复。",
                "请用相应的命令逐条更正。",
            )
        changes = [(rows[entry.record], entry.before) for entry in run]
        writer.update_many(archive, model, changes, reason=reason)


def _typed(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of the journal as the table has them."""
    return {
        name: dt.date.fromisoformat(value)
        if value is not None and isinstance(table.c[name].type, Date)
        else value
        for name, value in values.items()
    }
