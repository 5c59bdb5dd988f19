"""Rows that become records of one table, each of one agency: reviews, penalties, rewards …."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import columns_of
from hrintegrity.archive.tables.base import Record, new_id
from hrintegrity.days import iso
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.importing.of_agencies import AGENCY_COLUMNS, EITHER, RowsOfAgencies
from hrintegrity.duties.importing.target import Batch, Case, Fault, differing, recorded
from hrintegrity.errors import HriError
from hrintegrity.sheets.columns import Column, Table

Key = tuple[Any, ...]
EntryCase = Case[AgencyRow, Key, Record]


@dataclass(frozen=True)
class Entries:
    """A kind of rows: its table, the fields that a row is known by beside its agency.

    `key_of` gives of a record, and of a row's values, what it is known by where that is no field
    of its own, such as the campaign of a day. `alike` are the fields in which a new row is compared
    with earlier records, and remarked on where they are the same. `given` are columns that no row
    has. `refuse` raises an HriError where an agency takes no such record, `fixed` says in Chinese
    why a record can't be changed, empty where it can. `unlike` are words about a row that looks
    odd, with its agency.
    """

    model: type[Record]
    table: Table
    key: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    key_of: Callable[[Mapping[str, Any]], Any] | None = None
    refuse: Callable[[AgencyRow], None] = lambda _: None
    fixed: Callable[[Any], str] = lambda _: ""
    unlike: Callable[[AgencyRow, Mapping[str, Any]], Sequence[str]] = lambda *_: ()


def table_of(name: str, title: str, columns: Sequence[Column], *key: str) -> Table:
    """Return a table of records about agencies, known by agency and `key`."""
    return Table(name, title, (*AGENCY_COLUMNS, *columns), key=key or ("code",), either=EITHER)


class EntryRows(RowsOfAgencies[Key, Record]):
    """Rows that become records of one table."""

    def __init__(self, archive: Archive, entries: Entries) -> None:
        super().__init__(archive)
        self.entries = entries
        self.table = entries.table
        self.model = entries.model
        own = {column.field for column in AGENCY_COLUMNS}
        self._start = new_id()
        self._alike: set[Key] = set()
        self._fields = tuple(c.field for c in self.table.columns if c.field not in own)

    def key(self, values: Mapping[str, Any], found: AgencyRow) -> Key:
        """Return agency and what else a row is known by."""
        return (found.id, *self._known_by(values))

    def _known_by(self, values: Mapping[str, Any]) -> Key:
        more = () if self.entries.key_of is None else (self.entries.key_of(values),)
        return (*(values.get(name) for name in self.entries.key), *more)

    def records(self, cases: Sequence[EntryCase]) -> Mapping[Key, Record]:
        """Return the records of these keys; of several the one that was entered last."""
        model: Any = self.model
        query = (
            select(model)
            .where(col(model.agency_id).in_({case.found.id for case in cases}))
            .order_by(model.id)
        )
        given = self.entries.given
        found = {}
        for row in self.archive.session.exec(query):
            values = {name: iso(getattr(row, name)) for name in columns_of(self.model)}
            if all(values[name] == value for name, value in given.items()):
                found[(row.agency_id, *self._known_by(values))] = row
                if self.entries.alike and row.id < self._start:
                    self._alike.add(self._like(row.agency_id, values))
        return found

    def _like(self, agency_id: str, values: Mapping[str, Any]) -> Key:
        return (agency_id, *(values.get(name) for name in self.entries.alike))

    def changes(self, case: EntryCase) -> dict[str, Any]:
        """Return what a row says otherwise than its record."""
        return differing(case, self._fields)

    def check(self, case: EntryCase) -> None:
        """Refuse what the agency takes not, and a change of what can't be changed."""
        try:
            self.entries.refuse(case.found)
        except HriError as error:
            named = "code" if case.values.get("code") else "name"
            raise Fault(named, error.message.rstrip("。"), error) from None
        why = self.entries.fixed(case.record) if case.record is not None else ""
        if why:
            raise Fault(self.table.key[0], why)
        if case.record is None and self._like(case.found.id, case.values) in self._alike:
            self.remarks.add(self._same_again, f"第 {case.row} 行 {case.found.name}")
        for sentence in self.entries.unlike(case.found, case.values):
            self.remarks.add(sentence, case.found.name)

    @property
    def _same_again(self) -> str:
        known = self.table.by_field
        alike = "、".join(known[name].header for name in self.entries.alike)
        return f"{{count}} 行和档案库里已有的记录{alike}都相同，请核对是不是同一件：{{first}}。"

    def add(self, case: EntryCase, batch: Batch) -> None:
        """Enter a new record."""
        row = {
            **dict.fromkeys(columns_of(self.model)),
            **{name: case.values.get(name) for name in self._fields},
            **self.entries.given,
            "id": new_id(),
            "agency_id": case.found.id,
        }
        batch.insert(self.model, row)

    def change(self, case: EntryCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change a record."""
        batch.update(recorded(case), changes)
