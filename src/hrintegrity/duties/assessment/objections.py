"""What agencies object to their concluded assessments, and what was answered (三(五))."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Objection
from hrintegrity.duties.assessment.conclusions import out_of_order, standing


@dataclass(frozen=True)
class ObjectionView:
    """An objection as scripts see it."""

    id: str
    code: str
    name: str
    year: int
    date: dt.date
    text: str


def object_to(
    archive: Archive, text: str, *, year: int | None, date: dt.date, objection: str
) -> tuple[ObjectionView, tuple[str, ...]]:
    """Record what an agency objects to its result, and say what looks odd about it.

    Raises RuleError `not-concluded`.
    """
    agency, conclusion = standing(archive, text, year)
    row = writer.insert(archive, Objection(conclusion_id=conclusion.id, date=date, text=objection))
    view = ObjectionView(
        id=row.id,
        code=agency.code,
        name=agency.name,
        year=conclusion.year,
        date=date,
        text=row.text,
    )
    return view, out_of_order("异议", date, conclusion)
