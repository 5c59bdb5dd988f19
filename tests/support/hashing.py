"""The hash of an entry of the journal, from all that it tells in one line."""

from __future__ import annotations

from itertools import zip_longest

from hrintegrity.archive.journal import COLUMNS, hasher

_TOLD = COLUMNS[1:-2]
"""The columns of an entry but its number, its predecessor's hash and its own."""


def entry_hash(previous: str, number: int, *told: str | None) -> str:
    """Return the SHA-256 of an entry, over its predecessor's and all its own columns.

    `told` are in the order of the columns; origin and login may be left out.
    """
    entry = dict(zip_longest(_TOLD, told))
    at, operator, action, table, reason, login = (
        entry[name] for name in ("at", "operator", "action", "table", "reason", "login")
    )
    hash_of = hasher((at, operator, action, table, reason, login))
    changed = (entry[name] for name in ("record", "before", "after"))
    return hash_of(previous, number, *changed, origin=entry["origin"])
