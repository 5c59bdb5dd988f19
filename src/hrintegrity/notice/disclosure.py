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


def items(day: dt.date) -> Mapping[str, Item]:
    """Return what may be published on a day, by name. Raises UnusableError `data-broken`."""
    return _timeline().on(day)


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


@cache
def _timeline() -> Timeline[dict[str, Item]]:
    return read_timeline("disclosure.yaml", _items, required=("items",))


def _items(part: Mapping[str, Value], _: str) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for value in part["items"].items():
        item = _item(value)
        if item.name in found:
            value.fail("这一项写了两次")
        found[item.name] = item
    return found


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
