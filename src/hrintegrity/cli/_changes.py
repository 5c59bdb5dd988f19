"""What changed in a record, in the words that people use: for the journal and for exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrintegrity.notice import names

_LONGEST = 40


def changes(table: str, fields: Mapping[str, Sequence[Any]], *, new: bool = False) -> str:
    """Return per column what was and what is; of a `new` record what is."""
    told = []
    for field, (before, after) in fields.items():
        name = names.column(table, field)
        if name is None or before == after or (new and field == "agency_id"):
            continue
        if names.is_long(table, field):
            told.append(f"{name}（从略）")
        elif new:
            told.append(f"{name} {_short(table, field, after)}")
        else:
            told.append(f"{name} {_short(table, field, before)} → {_short(table, field, after)}")
    return "；".join(told)


def _short(table: str, field: str, value: Any) -> str:
    """Return a value short enough for a line of a table."""
    if value is None:
        return "（空）"
    text = names.value(table, field, value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "…"
