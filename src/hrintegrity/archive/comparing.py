"""Whether the rows of the tables are what the entries of the journal make of them.

Entries and rows come in the order of identity, some hundreds at a time, so that memory stays flat.
Nearly every row has one entry, which is the row as text: such are compared as text. Only where
that differs are entries parsed and columns compared: where a row was changed, and where its table
has got a column since, which the entry does not have. Of a table that an upgrade gave a column
every earlier row is such, and takes two and a half times as long.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from hrintegrity.archive import journal
from hrintegrity.archive.reader import FETCHED, Reader
from hrintegrity.archive.serialisation import as_journalled, rows_as_journalled
from hrintegrity.chunking import chunks
from hrintegrity.days import iso
from hrintegrity.notice.records import Kind

T = TypeVar("T", bound=Sequence[Any])

Entry = Sequence[Any]
"""The record that an entry is about; its number, action, table, before and after."""


class Row(NamedTuple):
    """A row: its record and table, the text that the journal would have of it, and its values.

    The text is None where a value is none that could have been entered.
    """

    record: str
    table: str
    text: str | None
    values: Sequence[Any]


Fault = tuple[str, str]
"""Where a row is not what the journal has, and in Chinese in what."""


def faults(archive: Reader, kinds: Sequence[Kind]) -> Iterator[Fault]:
    """Yield where the rows of these tables and the journal differ, in the order of identity."""
    tables = {kind.name: _Table(archive, kind) for kind in kinds}
    for entries, last in _entries(archive):
        rows = [row for table in tables.values() for row in table.rows_until(last)]
        doubtful = _doubtful(entries, rows)
        entries_of, rows_of = _by_record(doubtful, entries), _by_record(doubtful, rows)
        for record in sorted(doubtful, key=_sortable):
            yield from _differences(record, entries_of[record], rows_of[record], tables)


def _by_record(records: set[Any], each: Sequence[T]) -> dict[Any, list[T]]:
    """Return the entries or rows of these records by record."""
    found: dict[Any, list[T]] = {record: [] for record in records}
    for one in each if records else ():
        if one[0] in records:
            found[one[0]].append(one)
    return found


def _batches(archive: Reader, sql: str) -> Iterator[list[Any]]:
    """Yield the rows of a query in lists; it is not asked before the first are wanted."""
    yield from chunks(archive.stream(sql), FETCHED)


def _entries(archive: Reader) -> Iterator[tuple[list[Entry], str | None]]:
    """Yield all entries of some records, and the last of these; None for whatever may follow."""
    sql = 'SELECT record, id, action, "table", before, after FROM journal ORDER BY record{}, id'
    waiting: list[Entry] = []
    for batch in _batches(archive, sql.format(_plain_order(archive))):
        # The next batch may go on with the last record.
        going_on = batch[-1][0]
        end = len(batch)
        while end and batch[end - 1][0] == going_on:
            end -= 1
        if end or (waiting and waiting[-1][0] != going_on):
            whole = [*waiting, *batch[:end]]
            yield whole, _sortable(whole[-1][0])
            waiting = []
        waiting += batch[end:]
    yield waiting, None


class _Table:
    """The rows of a table in the order of identity."""

    def __init__(self, archive: Reader, kind: Kind) -> None:
        self._name, self._columns = kind.name, kind.columns
        self._flags = [field.name for field in kind.which("is_flag")]
        self._identity = self._columns.index("id")
        listed = ", ".join(f'"{column}"' for column in self._columns)
        sql = f'SELECT {listed} FROM "{self._name}" ORDER BY id{_plain_order(archive)}'
        self._batches = _batches(archive, sql)
        self._ahead: list[Row] = []
        self._more = True

    def rows_until(self, last: str | None) -> list[Row]:
        """Return the next rows up to the record `last`, or all that are left."""
        found: list[Row] = []
        while self._ahead or (self._more and self._fetch()):
            if last is not None and self._ahead[-1].record > last:
                end = bisect_right(self._ahead, last, key=itemgetter(0))
                found += self._ahead[:end]
                del self._ahead[:end]
                break
            found += self._ahead
            self._ahead = []
        return found

    def _fetch(self) -> bool:
        """Read more rows; say whether there were any."""
        rows = next(self._batches, [])
        self._more = bool(rows)
        if rows:
            records = map(_sortable, map(itemgetter(self._identity), rows))
            each = zip(records, repeat(self._name), self._texts(rows), rows)
            self._ahead = list(map(Row._make, each))
        return self._more

    def _texts(self, rows: Sequence[Sequence[Any]]) -> Sequence[str | None]:
        columns = dict(zip(self._columns, zip(*rows, strict=True), strict=True))
        for name in self._flags:
            # The program writes yes and no, of which a file keeps 1 and 0.
            columns[name] = tuple(bool(v) if v in (0, 1) else v for v in columns[name])
        try:
            return rows_as_journalled(self._name, columns)
        except TypeError:
            return [None] * len(rows)

    def journalled(self, values: Sequence[Any]) -> Mapping[str, Any]:
        """Return a row's values as the journal has them, days as text."""
        return as_journalled(self._name, dict(zip(self._columns, map(iso, values), strict=True)))


def _sortable(identity: Any) -> str:
    """Return an identity as text; one that is none, which only tampering leaves, comes last."""
    return identity if isinstance(identity, str) else f"\U0010ffff{identity!r}"


def _doubtful(entries: Sequence[Entry], rows: Sequence[Row]) -> set[Any]:
    """Return the records of which entries do not leave, as text, the very rows that are there.

    Also those with an entry that changes some columns: what it leaves has to be worked out.
    """
    left: dict[Any, tuple[str, str | None]] = {}
    doubtful = set()
    for record, _, action, table, before, after in entries:
        if action == "insert" and before is None and record not in left:
            left[record] = (table, after)
        elif action == "delete" and after is None and left.get(record) == (table, before):
            del left[record]
        else:
            doubtful.add(record)
    for record, table, text, _ in rows:
        if text is None or left.pop(record, None) != (table, text):
            doubtful.add(record)
    return doubtful | left.keys()


def _differences(
    record: Any, entries: Sequence[Entry], rows: Sequence[Row], tables: dict[str, _Table]
) -> Iterator[Fault]:
    """Yield where the rows of one identity are not what the entries make of them."""
    states: dict[str, dict[str, Any] | None] = {}
    for _, number, action, table, before, after in entries:
        if table == journal.EVENT_TABLE:
            continue
        state = states.get(table)
        try:
            old, new = (json.loads(one) if one else {} for one in (before, after))
        except ValueError:
            yield f"日志第 {number} 条", "内容不是 JSON"
            continue
        if state is not None and any(state.get(key) != value for key, value in old.items()):
            yield f"日志第 {number} 条", "改动前的内容与此前的日志不符"
        if action == "delete":
            states[table] = None
        elif action == "insert" or after is not None:
            states[table] = {**(state or {}), **new}
    there = {row.table: row.values for row in rows}
    for table in sorted({*states, *there}):
        where, state, values = f"{table} {record}", states.get(table), there.get(table)
        if values is None:
            if state is not None:
                yield where, "日志里有，表里没有：被越过日志删除"
        elif state is None:
            yield where, "表里有，日志里没有：被越过日志写入"
        elif changed := _differing(tables[table].journalled(values), state):
            yield where, f"与日志不符，被越过日志改动：{'、'.join(changed)}"


def _differing(row: Mapping[str, Any], state: dict[str, Any]) -> list[str]:
    """Return the columns that differ from the journal; one that came later may be empty."""
    return [
        key for key, value in row.items() if state.get(key) != value and (key in state or value)
    ]


def _plain_order(archive: Reader) -> str:
    """Order by code points, as Python compares; a server may order by a language."""
    return "" if archive.is_sqlite else ' COLLATE "C"'
