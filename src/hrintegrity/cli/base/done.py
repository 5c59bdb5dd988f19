"""What a command returns; `base.output` shows it as a table, JSON, CSV or workbook."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Columns = Sequence[tuple[str, str]]
"""What a table shows: JSON key and Chinese heading of each column, in order."""

Words = Mapping[str, Callable[[Any], Any]]
"""Per key the function that turns the English word into the Chinese one."""


def with_columns(columns: Columns, rows: Collection[Any], *, after: str, **more: str) -> Columns:
    """Add after a column those in which any row has a value; `more` are headings by attribute.

    A column is called what its field is called where scripts see it.
    """
    from hrintegrity.cli.program.plain import key_of

    first = next(iter(rows), None)
    fields = {} if first is None else {one.name: one for one in dataclasses.fields(first)}
    wanted = [
        (key_of(fields[name]), heading)
        for name, heading in more.items()
        if any(getattr(row, name) for row in rows)
    ]
    place = [key for key, _ in columns].index(after) + 1
    return [*columns[:place], *wanted, *columns[place:]]


@dataclass(frozen=True)
class Rows:
    """A list: JSON whole, CSV under its JSON keys, a table under `columns`.

    `more` are columns that only `--wide` and a file show, `first` the keys of those that the list
    is for, which a narrow terminal shows before the others, `below` that of a long one which it
    shows on a line of its own beneath the row. A CSV without rows has the keys of `kind`, the
    dataclass of the rows, or `keys`. `shown` are the rows for people where they differ from those
    for programs, `record` is the JSON where it is more than the rows; a table has `head` above it
    and `foot` below it; one without rows is what `empty` says. `status` is the exit status of a
    command that judges.
    """

    rows: Iterable[Any]
    columns: Columns
    words: Words | None = None
    kind: type | None = None
    more: Columns = ()
    first: Sequence[str] = ()
    below: str = ""
    keys: Sequence[str] = ()
    shown: Iterable[Any] | None = None
    record: Any = None
    head: Iterable[str] = ()
    foot: Iterable[str | Rows] = ()
    empty: str = ""
    warnings: Iterable[str] = ()
    status: int = 0


@dataclass(frozen=True)
class Record:
    """One record: JSON or CSV like a list of one, a table with a field a line, `foot` below it."""

    record: Any
    columns: Columns
    words: Words | None = None
    foot: Iterable[str] = ()
    warnings: Iterable[str] = ()


@dataclass(frozen=True)
class Done:
    """What was done: the record for programs, `lines` and one sentence for people.

    `rows` is the CSV, where there is one. `status` is the exit status of a command that judges.
    `reversible` says of a command that asks first that this time nothing needs to be asked.
    """

    record: Any
    message: str = ""
    warnings: Iterable[str] = ()
    lines: Iterable[str | Rows] = ()
    rows: Rows | None = None
    status: int = 0
    reversible: bool = False


def intended(message: str) -> str:
    """Return what a command says when it is done, 已报送, as what it will do, 将报送."""
    return f"将{message.removeprefix('已')}" if message.startswith("已") else message


Result = Done | Rows | Record
