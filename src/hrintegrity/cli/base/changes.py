"""What changed in a record, in the words that people use: for the journal and for exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrintegrity.notice import names
from hrintegrity.text import shortened


def changes(
    table: str,
    fields: Mapping[str, Sequence[Any]],
    *,
    new: bool = False,
    longest: int | None = None,
) -> str:
    """Return per column what was and what is, each no longer than asked; of a `new` record what is.

    What the journal has as a hash, and what only the program needs, is left out.
    """
    found = []
    for field, (before, after) in fields.items():
        name = names.column(table, field)
        if name is None or before == after or (new and field == "agency_id"):
            continue
        if names.is_long(table, field) or _is_hashed(before) or _is_hashed(after):
            found.append(f"{name}（从略）")
            continue
        old, now = (
            "（空）" if one is None else shortened(names.value(table, field, one, fields), longest)
            for one in (before, after)
        )
        found.append(f"{name} {now}" if new else f"{name} {old} → {now}")
    return "；".join(found)


def _is_hashed(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(names.SALTED)
