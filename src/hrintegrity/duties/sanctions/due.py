"""What is due in the cases of sanctions: service, publication, orders, plaques."""

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
from hrintegrity.notice.words import MEASURE, REPORT_SYSTEM
from hrintegrity.rules import workdays


@dataclass(frozen=True)
class Due:
    """Something to be done by a day; `command` is what to type next."""

    what: str
    agency: str
    code: str
    due: dt.date
    id: str
    command: str


def unreported(archive: Archive) -> Iterator[Due]:
    """Yield the decisions that a system has not heard of, by the working days that there are."""
    scope = ownership.scope(archive, None)
    for system in REPORT_SYSTEM:
        told = select(SanctionReport.sanction_id).where(
            SanctionReport.system == system, SanctionReport.event == "imposed"
        )
        query = (
            select(Sanction, Agency)
            .join(Agency)
            .where(col(Sanction.withdrawn).is_(None), col(Sanction.id).not_in(told))
            .order_by(col(Sanction.date), Sanction.id)
        )
        if scope is not None:
            query = query.where(Agency.district == scope)
        for row, agency in archive.session.exec(query):
            days = cases.rules_of(archive, cases.body_of(row), row.date).publication_days
            last = workdays.after(row.date, days, working=True)
            unsure = (
                "" if workdays.is_known(last) else "（该年的节假日安排尚未公布，按周一至周五计）"
            )
            yield Due(
                what=f"{MEASURE.chinese(row.kind)}未记入{REPORT_SYSTEM.chinese(system)}{unsure}",
                agency=agency.name,
                code=agency.code,
                due=last,
                id=row.id,
                command=f"hri sanction export 文件.xlsx --system {system}",
            )
