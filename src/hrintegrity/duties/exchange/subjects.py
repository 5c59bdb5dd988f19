"""Whom or what a record is about, so that people read a name and not an identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.store import Row
from hrintegrity.notice import names

_NAME_COLUMN = {"office": "district", "complaint": "subject"}
"""What names a record of these kinds; of the others it is the first of the following."""
_NAME_COLUMNS = ("title", "name", "district", "year", "date")


class Subject(NamedTuple):
    """What people call it, None where nothing does; and its row where it is an agency."""

    name: str | None
    agency: Row


def subject_of(archive: Archive, table: str, row: Mapping[str, Any]) -> Subject:
    """Return whom or what a record is about in the end: mostly an agency, here or held."""
    if table == "agency":
        return Subject(row.get("name"), dict(row))
    record = row.get("agency_id")
    if record is not None:
        found = store.rows(archive, "agency", [record]).get(record)
        if found is None:
            found = next((dict(i.version.row) for i in store.held(archive, [record])), {})
        return Subject(found.get("name"), found)
    for column, target in kinds()[table].references.items():
        if row.get(column) is not None and (
            above := store.rows(archive, target, [row[column]]).get(row[column])
        ):
            return subject_of(archive, target, above)
    naming = (_NAME_COLUMN[table],) if table in _NAME_COLUMN else _NAME_COLUMNS
    found_in = next((column for column in naming if row.get(column) is not None), None)
    name = None if found_in is None else names.value(table, found_in, row[found_in])
    return Subject(name, {})
