"""What may be published of an agency: an allow-list, each item with its legal basis (三(六)2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hrintegrity.notice._reading import Value, given_file, own_file
from hrintegrity.notice.clauses import read_clause


@dataclass(frozen=True)
class Item:
    """Something that may be published; `always` is what a look-up can't do without."""

    name: str
    word: str
    clause: str
    always: bool
    publish: bool


@cache
def items() -> dict[str, Item]:
    """Return what may be published, by name. Raises UnusableError `data-broken`."""
    top = own_file("disclosure.yaml").keys(("notice", "items"))
    found: dict[str, Item] = {}
    for value in top["items"].items():
        item = _item(value)
        if item.name in found:
            value.fail("这一项写了两次")
        found[item.name] = item
    return found


def default_list() -> tuple[str, ...]:
    """Return what is published unless an office says otherwise."""
    return tuple(name for name, item in items().items() if item.publish)


def read_list(path: Path) -> tuple[str, ...]:
    """Read an office's own list, `publish: [name, …]`, narrower or wider than the default.

    Raises InputError `disclosure-refused` for what has no basis, LookupFailedError `file-missing`.
    """
    wanted = given_file(path, "disclosure-refused").keys(("publish",))["publish"]
    chosen = {name for name, item in items().items() if item.always}
    for value in wanted.items():
        if value.text() not in items():
            value.fail(f"没有公开的依据；可以公开的有：{'、'.join(items())}")
        chosen.add(value.text())
    return tuple(name for name in items() if name in chosen)


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
