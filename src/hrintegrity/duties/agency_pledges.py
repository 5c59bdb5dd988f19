"""The pledge in a row of the register: one an agency and campaign (三(三)二)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.people import Pledge
from hrintegrity.days import iso
from hrintegrity.duties.agency_columns import PLEDGE
from hrintegrity.duties.importing.target import Batch

FIELDS = frozenset(column.field for column in PLEDGE)


class Pledges:
    """The pledges of the agencies of a chunk of rows, by agency and year of their day."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._found: dict[tuple[str, str], Pledge] = {}

    def look_up(self, agency_ids: Collection[str]) -> None:
        """Look up the pledges of these agencies."""
        query = select(Pledge).where(col(Pledge.agency_id).in_(agency_ids))
        rows = self._archive.session.exec(query)
        self._found = {(row.agency_id, str(row.date.year)): row for row in rows}

    def changes(self, agency_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says otherwise than the pledge; nothing without a day."""
        if values.get("pledged") is None:
            return {}
        known = self._of(agency_id, values)
        had = (known.date, known.displayed) if known else (None, None)
        return {
            name: values[name]
            for name, old in zip(("pledged", "displayed"), had, strict=True)
            if values.get(name) not in (None, iso(old))
        }

    def write(self, agency_id: str, values: Mapping[str, Any], batch: Batch) -> None:
        """Put a new pledge, or what changes in one, into `batch`; nothing without a day."""
        changes = self.changes(agency_id, values)
        if not changes:
            return
        known = self._of(agency_id, values)
        if known is not None:
            names = {"pledged": "date", "displayed": "displayed"}
            batch.update(known, {names[name]: value for name, value in changes.items()})
            return
        # Agencies go in before the pledges that point at them.
        batch.inserts.setdefault(Agency, [])
        row = {"date": values["pledged"], "displayed": values.get("displayed")}
        batch.insert(Pledge, {"id": new_id(), "agency_id": agency_id, **row})

    def _of(self, agency_id: str, values: Mapping[str, Any]) -> Pledge | None:
        return self._found.get((agency_id, values["pledged"][:4]))
