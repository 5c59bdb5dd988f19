"""Decisions that are to be reported for publication, within the working days that there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from hrintegrity.archive.asking import as_day
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import ownership
from hrintegrity.duties.sanctions.procedures import rules_of
from hrintegrity.notice.words import REPORT_SYSTEM
from hrintegrity.rules import workdays


@dataclass(frozen=True)
class Unreported:
    """A decision that `system` has not heard of; `due` is the last working day for that."""

    agency: str
    code: str
    system: str
    due: dt.date
    id: str


_UNREPORTED = """
    SELECT s.id, s.date, s.decided_by, s.district, a.name, a.code, a.district
    FROM sanction s JOIN agency a ON a.id = s.agency_id
    WHERE s.withdrawn IS NULL AND s.id NOT IN (
        SELECT sanction_id FROM sanction_report WHERE system = :system AND event = 'imposed'
    ) ORDER BY s.date, s.id
"""


def unreported(archive: Reader) -> Iterator[Unreported]:
    """Yield the standing decisions that were not reported yet, by system and day."""
    scope = ownership.scope(archive, None)
    for system in REPORT_SYSTEM:
        rows = archive.query(_UNREPORTED, {"system": system}).all()
        for id_, date, decided_by, district, agency, code, place in rows:
            if scope in (None, place):
                decided = as_day(date)
                days = rules_of(archive, decided_by or district, decided).publication_days
                last = workdays.after(decided, days, working=True)
                yield Unreported(agency, code, system, last, id_)
