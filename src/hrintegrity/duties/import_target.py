"""Where the rows of a table go: what knows them, checks them and makes records of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from hrintegrity.archive.tables.base import Record
from hrintegrity.errors import HriError
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.reading import Row


class Fault(Exception):
    """A row that its target refuses: the field and in Chinese why.

    `rule` is the error to raise where rows are refused for this reason alone.
    """

    def __init__(self, field_name: str, reason: str, rule: HriError | None = None) -> None:
        super().__init__(reason)
        self.field = field_name
        self.reason = reason
        self.rule = rule


class Remarks:
    """What is to be said of the rows that go in: each sentence once, however many rows it is about.

    A sentence has `{count}` for how many they are and, if it likes, `{first}` for the first few.
    """

    SHOWN = 5

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._first: dict[str, list[str]] = {}

    def add(self, sentence: str, what: str = "") -> None:
        """Say a sentence of one more."""
        self._count[sentence] = self._count.get(sentence, 0) + 1
        first = self._first.setdefault(sentence, [])
        if len(first) < self.SHOWN:
            first.append(what)

    def clear(self) -> None:
        """Say nothing of what was met so far."""
        self._count.clear()
        self._first.clear()

    def __iter__(self) -> Iterator[str]:
        for sentence, count in self._count.items():
            more = "等" if count > self.SHOWN else ""
            first = "、".join(self._first[sentence]) + more
            yield sentence.replace("{count}", str(count)).replace("{first}", first)


class Target(Protocol):
    """Where the rows of a table go: what knows them, checks them and makes records of them."""

    table: Table
    model: type[Record]

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up what the rows of a chunk need."""

    def key(self, values: Mapping[str, Any]) -> Hashable:
        """Return what a row is known by. Raises Fault."""

    def existing(self, keys: Sequence[Any]) -> Mapping[Any, Any]:
        """Return the archive's records of these keys."""

    def changes(self, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row would change in a record; an empty cell changes nothing."""

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse a row that would be written, by what the archive knows. Raises Fault."""

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return all columns of a new record, days as ISO 8601 text."""


@runtime_checkable
class OwnWriter(Protocol):
    """A target that writes by itself, since a row becomes records of more than one table.

    `remarks` are its own words on what it did, shown beside those on how the file was read.
    """

    remarks: Remarks

    def write(
        self, new: Sequence[dict[str, Any]], changed: Sequence[tuple[Any, dict[str, Any]]]
    ) -> int:
        """Write the new and the changed rows; return how many rows `model`'s table gained."""


@runtime_checkable
class OwnTeller(Protocol):
    """A target that says by itself what a row would change, since that is not in `model` alone."""

    def different(self, record: Any, changes: Mapping[str, Any]) -> str:
        """Say in Chinese what a row would change."""


def iso(value: Any) -> Any:
    """Return a day as ISO 8601 text and everything else as it is."""
    return value.isoformat() if isinstance(value, dt.date) else value
