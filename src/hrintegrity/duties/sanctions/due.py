"""Decisions that are to be reported for publication, within the working days that there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction, SanctionReport
from hrintegrity.duties import ownership
from hrintegrity.duties.sanctions import cases
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


def unreported(archive: Archive) -> Iterator[Unreported]:
    """Yield the standing decisions that were not reported yet, by system and day."""
    scope = ownership.scope(archive, None)
    for system in REPORT_SYSTEM:
        reported = select(SanctionReport.sanction_id).where(
            SanctionReport.system == system, SanctionReport.event == "imposed"
        )
        query = (
            select(Sanction, Agency)
            .join(Agency)
            .where(col(Sanction.withdrawn).is_(None), col(Sanction.id).not_in(reported))
            .order_by(col(Sanction.date), Sanction.id)
        )
        if scope is not None:
            query = query.where(Agency.district == scope)
        for row, agency in archive.session.exec(query):
            days = cases.rules_of(archive, cases.body_of(row), row.date).publication_days
            last = workdays.after(row.date, days, working=True)
            yield Unreported(agency.name, agency.code, system, last, row.id)
