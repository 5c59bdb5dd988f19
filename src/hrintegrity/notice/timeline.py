"""What holds from a day on: the entries of a file in `data/`.

Each file in `data/` is a list of entries, the earliest first. An entry says from which day on it
holds (`from`), by which clause (`clause`), and on which day it was last compared with its source
(`checked`). Whoever needs a fact asks for it by day or by year, so that a later entry changes
nothing about the time before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from hrintegrity import resources
from hrintegrity.notice._reading import Value, own_file
from hrintegrity.notice.clauses import read_clause

T = TypeVar("T")

HEAD = ("from", "clause", "checked")
"""The keys that every entry has."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One entry: what holds from `start` on, by `clause`; compared with its source on `checked`."""

    start: dt.date
    clause: str
    checked: dt.date
    content: T


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """The entries of one file in the order of time; there is at least one."""

    entries: tuple[Entry[T], ...]

    def on(self, day: dt.date) -> T:
        """Return what holds on a day; before the first entry the first one serves."""
        return self.entry_on(day).content

    def in_year(self, year: int) -> T:
        """Return what holds for the campaign of a year."""
        return self.on(dt.date(year, 12, 31))

    def entry_on(self, day: dt.date) -> Entry[T]:
        """Return the entry that holds on a day, with its clause."""
        found = self.entries[0]
        for entry in self.entries:
            if entry.start <= day:
                found = entry
        return found


def read_timeline(
    name: str,
    read: Callable[[Mapping[str, Value], str], T],
    *,
    required: Collection[str],
    optional: Collection[str] = (),
    clause: Callable[[Value], str] = read_clause,
) -> Timeline[T]:
    """Read `data/<name>`: its `entries`, and whose words they are, the `notice` or another `law`.

    `read` turns the keys of one entry, with its clause, into what it holds. `clause` reads the
    clause: by default one of the notice; for another law `Value.text`. Raises UnusableError
    `data-broken`.
    """
    file = own_file(name)
    top = file.keys(("entries",), ("notice", "law"))
    if not {"notice", "law"} & set(top):
        file.fail("缺少 notice 或 law")
    found: list[Entry[T]] = []
    for item in top["entries"].items():
        part = item.keys((*HEAD, *required), optional)
        start, named, checked = part["from"].day(), clause(part["clause"]), part["checked"].day()
        if found and start <= found[-1].start:
            part["from"].fail("各条须按日期由早到晚排列")
        found.append(Entry(start, named, checked, read(part, named)))
    return Timeline(tuple(found))


@dataclass(frozen=True)
class Dated:
    """When an entry of a file in `data/` holds, and when it was last compared with its source.

    `until` is the last day before the next entry; None where there is none.
    """

    file: str
    start: dt.date
    until: dt.date | None
    clause: str
    checked: dt.date

    def holds_on(self, day: dt.date) -> bool:
        """Whether this is the entry of its file that holds on a day."""
        return self.start <= day and (self.until is None or day <= self.until)

    def is_stale(self, today: dt.date) -> bool:
        """Whether the comparison is more than a year old."""
        year, month, day = self.checked.year + 1, self.checked.month, self.checked.day
        # 29 February has no anniversary: the year is over with the end of the month.
        last = dt.date(year, month, 28 if (month, day) == (2, 29) else day)
        return today > last


def dated_entries() -> list[Dated]:
    """Return every entry of every file in `data/`, by file and time."""
    found = []
    for path in sorted(resources.folder("data").glob("*.yaml")):
        heads = [
            (part["from"].day(), part["clause"].text(), part["checked"].day())
            for part in (
                item.entries() for item in own_file(path.name).entries()["entries"].items()
            )
        ]
        ends = [start - dt.timedelta(days=1) for start, _, _ in heads[1:]]
        found += [
            Dated(path.name, start, until, clause, checked)
            for (start, clause, checked), until in zip(heads, [*ends, None], strict=True)
        ]
    return found
