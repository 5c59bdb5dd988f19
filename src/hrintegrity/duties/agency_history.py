"""Changes of an agency's entry, each kept with its day, so that it can be seen as it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency, AgencyChange, FormerName
from hrintegrity.days import iso
from hrintegrity.duties.agency_texts import name_key
from hrintegrity.notice.records.agencies import AGENCY

_DATED = frozenset(field.name for field in AGENCY.which("dated"))


def change(
    archive: Archive, agency: Agency, *, date: dt.date, reason: str | None = None, **changes: Any
) -> bool:
    """Write changes of an agency's entry with what keeps its past; say if there were any.

    What holds already, but was recorded for a later day only, is kept for this day too.
    """
    before = {name: getattr(agency, name) for name in changes}
    changed = writer.update(archive, agency, reason=reason, **changes)
    kept: list[AgencyChange | FormerName] = past(agency.id, date, before, changes)
    later = select(AgencyChange.field).where(
        AgencyChange.agency_id == agency.id, AgencyChange.date > date
    )
    for name in sorted(set(archive.session.exec(later)) & changes.keys()):
        if before[name] == changes[name]:
            value = iso(changes[name])
            kept.append(
                AgencyChange(agency_id=agency.id, date=date, field=name, before=value, after=value)
            )
    for row in kept:
        writer.insert(archive, row)
    return changed or bool(kept)


def past(
    agency_id: str, date: dt.date, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[AgencyChange | FormerName]:
    """Return the records that keep what an agency was before it changed on a day.

    Days in `before` and `after` are days or ISO 8601 text.
    """
    rows: list[AgencyChange | FormerName] = []
    for name, new in after.items():
        old, given = iso(before[name]), iso(new)
        if name in _DATED and old != given:
            rows.append(
                AgencyChange(agency_id=agency_id, date=date, field=name, before=old, after=given)
            )
            # Another width or case is another spelling, not another name.
            key = name_key(str(old))
            if name == "name" and key != name_key(str(given)):
                rows.append(
                    FormerName(agency_id=agency_id, name=str(old), name_key=key, until=date)
                )
    return rows
