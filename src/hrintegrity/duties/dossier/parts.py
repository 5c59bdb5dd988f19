"""What the six parts of a dossier hold (三(六)1), in the notice's order.

Which fields an entry has follows from the declarations of `notice.records`; beside them stands what
is computed. Days are ISO 8601 text. Every entry has an `id`; a complaint's entry never says who
complained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hrintegrity.notice.records import Field, kind

Entry = dict[str, Any]
Entries = tuple[Entry, ...]


@dataclass(frozen=True)
class Dossier:
    """The dossier: six parts in the notice's order, and the agency's identity.

    `basic` is the agency's entry in the register. `compliance` has `reviews`, `penalties`,
    `inspections` (each with its `gaps`) and `education`; `rewards_and_sanctions` has `rewards`,
    `outstanding`, `creation_titles`, `titles` and `sanctions`; `promises` has `pledges`, the counts
    `staff` and `staff_pledged` of who has not left, and `practitioners`, who left and who did not.
    """

    basic: Entry
    compliance: Mapping[str, Entries]
    complaints: Entries
    rewards_and_sanctions: Mapping[str, Entries]
    promises: Mapping[str, Any]
    assessments: Entries
    id: str


def entry(table: str, row: Mapping[str, Any], **others: Any) -> Entry:
    """Return the entry of a row: its declared fields, and what `others` gives beside or instead."""
    return _values(kind(table).which("dossier"), row) | others


def entries(table: str, rows: Iterable[Mapping[str, Any]]) -> Entries:
    """Return the entries of rows that say all that their entries have."""
    return tuple(entry(table, row) for row in rows)


def basic(row: Mapping[str, Any], **computed: Any) -> Entry:
    """Return an agency's entry in the register, in the order of its declaration."""
    return _values(kind("agency").shown, {**row, **computed})


def _values(fields: Iterable[Field], row: Mapping[str, Any]) -> Entry:
    # The journal's rows lack the columns that came later.
    found = {field.name: _value(field, row.get(field.name)) for field in fields}
    return {"id": row["id"]} | found


def _value(field: Field, value: Any) -> Any:
    """Return a value as scripts see it; SQLite's rows have a flag as a number."""
    return bool(value) if field.is_flag and value is not None else value
