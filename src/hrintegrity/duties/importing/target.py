"""Where the rows of a table go: what knows them, checks them and makes records of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import Record
from hrintegrity.days import iso
from hrintegrity.errors import HriError, Question
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.reading import Row

F = TypeVar("F")
K = TypeVar("K")
R = TypeVar("R")


class Fault(Exception):
    """A row that its target refuses: the field and in Chinese why.

    `rule` is the error to raise where rows are refused for this reason alone, `questions` what a
    person may be asked about it.
    """

    def __init__(
        self,
        field_name: str,
        reason: str,
        rule: HriError | None = None,
        questions: Sequence[Question] = (),
    ) -> None:
        super().__init__(reason)
        self.field = field_name
        self.reason = reason
        self.rule = rule
        self.questions = questions


class Remarks:
    """What is to be said of the rows that go in: each sentence once, however many rows it is about.

    A sentence has `{count}` for how many they are and, if it likes, `{first}` for the first few
    that differ.
    """

    SHOWN = 5

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._first: dict[str, dict[str, None]] = {}
        self._lasting: set[str] = set()

    def add(self, sentence: str, what: str = "", *, lasting: bool = False) -> None:
        """Say a sentence of one more; `lasting` is what can't be taken back once it is written."""
        if lasting:
            self._lasting.add(sentence)
        self._count[sentence] = self._count.get(sentence, 0) + 1
        first = self._first.setdefault(sentence, {})
        if len(first) <= self.SHOWN:
            first[what] = None

    def clear(self) -> None:
        """Say nothing of what was met so far."""
        self._count.clear()
        self._first.clear()
        self._lasting.clear()

    def lasting(self) -> list[str]:
        """Return what is said of what can't be taken back."""
        return [self._said(sentence) for sentence in self._count if sentence in self._lasting]

    def __iter__(self) -> Iterator[str]:
        return map(self._said, self._count)

    def _said(self, sentence: str) -> str:
        count = self._count[sentence]
        found = list(self._first[sentence])
        more = "等" if len(found) > self.SHOWN else ""
        first = "、".join(found[: self.SHOWN]) + more
        return sentence.replace("{count}", str(count)).replace("{first}", first)


@dataclass(slots=True)
class Case(Generic[F, K, R]):
    """A row on its way: its values, what was looked up for it, its key, and the record of that key.

    `found` is what `Rows.look_up` returned for the row; `record` is None where the archive has
    nothing of the key; `row` is the file's own row number.
    """

    row: int
    values: Mapping[str, Any]
    found: F
    key: K
    record: R | None = None


@dataclass
class Batch:
    """What a chunk of rows writes; inserted days are ISO 8601 text, as `archive.writer` has it."""

    inserts: dict[type[Record], list[dict[str, Any]]] = field(default_factory=dict)
    updates: dict[type[Record], list[tuple[Record, dict[str, Any]]]] = field(default_factory=dict)
    deletes: list[tuple[Record, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.inserts or self.updates or self.deletes)

    def insert(self, model: type[Record], row: dict[str, Any]) -> None:
        """Write a new record; a record that it points at goes in before it."""
        self.inserts.setdefault(model, []).append(row)

    def update(self, record: Record, changes: Mapping[str, Any]) -> None:
        """Write what changes in a record; nothing where nothing does."""
        if changes:
            self.updates.setdefault(type(record), []).append((record, dict(changes)))

    def delete(self, record: Record, reason: str) -> None:
        """Remove a record."""
        self.deletes.append((record, reason))

    def write(self, archive: Archive) -> None:
        """Write it all, each record with its entry in the journal."""
        for record, reason in self.deletes:
            writer.delete(archive, record, reason=reason)
        for model, changes in self.updates.items():
            writer.update_many(archive, model, changes)
        for model, rows in self.inserts.items():
            writer.insert_many(archive, model, rows)


class Rows(Generic[F, K, R]):
    """A kind of rows; what a method returns depends on the archive and its arguments alone.

    `F` is what is looked up for each row, `K` what a row is known by, `R` what the archive has of
    it. `model` is the table that gains one record for each new row. `remarks` are words on the rows
    that went in, shown beside those on how the file was read.
    """

    table: Table
    model: type[Record]

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.remarks = Remarks()

    def look_up(self, rows: Sequence[Row]) -> Sequence[F | Fault]:
        """Return for each row what its key needs of the archive, or why the row is refused."""
        return [None] * len(rows)  # type: ignore[list-item]  # those that look up say so themselves.

    def key(self, values: Mapping[str, Any], found: F) -> K:
        """Return what a row is known by. Raises Fault."""
        raise NotImplementedError

    def records(self, cases: Sequence[Case[F, K, R]]) -> Mapping[K, R]:
        """Return what the archive has of the keys of these rows."""
        raise NotImplementedError

    def is_known(self, record: R) -> bool:
        """Say whether the archive has the row itself, and not only something that bears on it."""
        return True

    def changes(self, case: Case[F, K, R]) -> dict[str, Any]:
        """Return what a row says otherwise than its record; an empty cell changes nothing."""
        raise NotImplementedError

    def difference(self, case: Case[F, K, R], changes: Mapping[str, Any]) -> str:
        """Say in Chinese in what a row and its record differ."""
        known = self.table.by_field
        return "、".join(known[name].header for name in changes if name in known)

    def check(self, case: Case[F, K, R]) -> None:
        """Refuse a row that would be written, by what the archive has. Raises Fault."""

    def add(self, case: Case[F, K, R], batch: Batch) -> None:
        """Put the records of a new row into `batch`. Raises Fault."""
        raise NotImplementedError

    def change(self, case: Case[F, K, R], changes: Mapping[str, Any], batch: Batch) -> None:
        """Put what a row changes into `batch`."""
        raise NotImplementedError

    def finish(self) -> None:
        """Remark on the rows that went in, once all are there."""


AnyCase = Case[Any, Any, Any]
AnyRows = Rows[Any, Any, Any]


def recorded(case: Case[F, K, R]) -> R:
    """Return the record of a row that the archive has."""
    assert case.record is not None
    return case.record


def differing(case: AnyCase, fields: Sequence[str]) -> dict[str, Any]:
    """Return those of these fields that a row says otherwise than its record."""
    record = recorded(case)
    return {
        name: value
        for name in fields
        if (value := case.values.get(name)) is not None and iso(getattr(record, name)) != value
    }
