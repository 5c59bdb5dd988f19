"""Changes of an agency's entry, each kept with its day, so that it can be seen as it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency, AgencyChange, FormerName
from hrintegrity.archive.tables.base import Record
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


def withdraw_name(archive: Archive, former: FormerName, *, reason: str) -> list[Record]:
    """Let an agency never have borne a former name; return the records that go, its own the last.

    What followed the name then followed what was before it. Where that is one name, as after a
    slip that was put right, nothing changed at all.
    """
    query = select(AgencyChange).where(
        AgencyChange.agency_id == former.agency_id, AgencyChange.field == "name"
    )
    changes = sorted(archive.session.exec(query), key=lambda change: change.id, reverse=True)
    # A change is entered just before the name that it ended.
    ended = max(
        (change for change in changes if change.before == former.name),
        key=lambda change: (change.date == former.until, change.id < former.id, change.id),
    )
    earlier = changes[changes.index(ended) + 1 :]
    going: list[Record] = [ended]
    for change in takewhile(lambda change: change.after == former.name, earlier):
        before = ended.after if change.before == former.name else change.before
        if name_key(str(before)) == name_key(str(ended.after)):
            going += _ended_by(archive, change)
        if before == ended.after and change.before != former.name:
            going.append(change)
        else:
            writer.update(archive, change, reason=reason, before=before, after=ended.after)
    return [*going, former]


def _ended_by(archive: Archive, change: AgencyChange) -> list[FormerName]:
    """Return the former name that a change left, if it did."""
    query = select(FormerName).where(
        FormerName.agency_id == change.agency_id,
        FormerName.name == change.before,
        FormerName.until == change.date,
        FormerName.id > change.id,
    )
    return list(archive.session.exec(query.order_by(FormerName.id).limit(1)))
