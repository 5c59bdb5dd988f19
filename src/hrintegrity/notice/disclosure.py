"""What may be published of an agency: an allow-list, each item with its legal basis (三(六)2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hrintegrity.notice._reading import Value, given_file
from hrintegrity.notice.clauses import read_clause
from hrintegrity.notice.timeline import Timeline, read_timeline


@dataclass(frozen=True)
class Item:
    """Something that may be published; `always` is what a look-up can't do without."""

    name: str
    word: str
    clause: str
    always: bool
    publish: bool


@dataclass(frozen=True)
class PublicTerm:
    """For how many months something is published: where it is serious, and else."""

    ordinary: int
    serious: int


def items(day: dt.date) -> Mapping[str, Item]:
    """Return what may be published on a day, by name. Raises UnusableError `data-broken`."""
    return _timeline().on(day).items


def public_until(what: str, day: dt.date, *, serious: bool = False) -> dt.date | None:
    """Return the last day on which something of a day is published; None where it has no term.

    `what` is a kind of sanction, or `title-lost`. The term that held on its day counts from it.
    Raises UnusableError `data-broken`.
    """
    term = _timeline().on(day).terms.get(what)
    if term is None:
        return None
    return _months_after(day, term.serious if serious else term.ordinary)


def default_list(day: dt.date) -> tuple[str, ...]:
    """Return what is published unless an office says otherwise."""
    return tuple(name for name, item in items(day).items() if item.publish)


def read_list(path: Path, day: dt.date) -> tuple[str, ...]:
    """Read an office's own list, `publish: [name, …]`, narrower or wider than the default.

    Raises InputError `disclosure-refused` for what has no basis, LookupFailedError `file-missing`.
    """
    known = items(day)
    wanted = given_file(path, "disclosure-refused").keys(("publish",))["publish"]
    chosen = {name for name, item in known.items() if item.always}
    for value in wanted.items():
        if value.text() not in known:
            value.fail(f"没有公开的依据；可以公开的有：{'、'.join(known)}")
        chosen.add(value.text())
    return tuple(name for name in known if name in chosen)


@dataclass(frozen=True)
class _Disclosure:
    items: dict[str, Item]
    terms: dict[str, PublicTerm]


@cache
def _timeline() -> Timeline[_Disclosure]:
    last: list[dict[str, Item]] = []

    def read(part: Mapping[str, Value], _: str) -> _Disclosure:
        # What an entry does not list again stays as the entry before it had it.
        if "items" in part:
            last.append(_items(part["items"]))
        if not last:
            part["until"].fail("第一条要有 items")
        return _Disclosure(last[-1], _terms(part["until"]))

    return read_timeline(
        "disclosure.yaml", read, required=("until",), optional=("items", "source"),
        clause=Value.text,
    )  # fmt: skip


def _items(value: Value) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for one in value.items():
        item = _item(one)
        if item.name in found:
            one.fail("这一项写了两次")
        found[item.name] = item
    return found


def _terms(value: Value) -> dict[str, PublicTerm]:
    found = {}
    for what, term in value.entries().items():
        part = term.keys(("ordinary", "serious"))
        found[what] = PublicTerm(part["ordinary"].whole(1), part["serious"].whole(1))
    return found


def _months_after(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(f"{day} has no day {months} months later")


def _item(value: Value) -> Item:
    part = value.keys(("name", "word", "clause", "always", "publish"))
    item = Item(
        part["name"].text(),
        part["word"].text(),
        read_clause(part["clause"]),
        part["always"].flag(),
        part["publish"].flag(),
    )
    if item.always and not item.publish:
        part["publish"].fail("always 的一项总要公开")
    return item
