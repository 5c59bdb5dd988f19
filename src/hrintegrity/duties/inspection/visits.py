"""What an inspection found of the four systems and the convention (三(三), 三(四))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Gap, Inspection
from hrintegrity.duties import agencies, offices, ownership
from hrintegrity.duties.agency_rows import AgencyLike
from hrintegrity.duties.entering import odd_day, words_if_any
from hrintegrity.duties.inspection import gap_views
from hrintegrity.duties.inspection.gap_views import GapView, items_of
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.words import INSPECTOR
from hrintegrity.rules import inspection as rules


@dataclass(frozen=True)
class VisitView:
    """An inspection as scripts see it; a verdict is pass, fail, or None where it was not seen.

    `partners` (the other departments, 三(一)3) is called `with` where scripts see it.
    """

    id: str
    agency: str
    code: str
    date: dt.date
    by: str
    department: str | None
    inspectors: str | None
    partners: str | None = field(metadata={"key": "with"})
    publicity: str
    pledge: str
    ledger: str
    feedback: str
    convention: str | None
    lacks: tuple[str, ...]
    note: str | None
    gaps: tuple[GapView, ...]


def record(
    archive: Archive,
    text: str,
    *,
    date: dt.date,
    verdicts: Mapping[str, str | None],
    lacks: Sequence[str] = (),
    by: str | None = None,
    department: str | None = None,
    inspectors: str | None = None,
    partners: str | None = None,
    note: str | None = None,
    deadline: dt.date | None = None,
    year: int | None = None,
    today: dt.date,
) -> tuple[VisitView, tuple[str, ...]]:
    """Record an inspection and a gap for each system that failed.

    Who inspected is by default the office that is responsible for the agency. Raises UsageError
    `deadline-missing` or `lacks-without-fail`, LookupFailedError `inspection-exists`.
    """
    missing = rules.read_lacks(lacks, verdicts["publicity"])
    agency = agencies.find(archive, text)
    month = offices.campaign(archive, year)
    inspector = by or default_inspector(agency)
    known = archive.session.exec(
        select(Inspection).where(
            Inspection.agency_id == agency.id,
            Inspection.date == date,
            Inspection.inspector == inspector,
        )
    ).first()
    if known is not None:
        raise LookupFailedError(
            "inspection-exists",
            f"{agency.name} {date} 的检查（{INSPECTOR.chinese(inspector)}）已登记。",
            f"误登的，用 hri archive withdraw {known.id} 撤去后重新登记。",
        )
    failed = rules.failed_systems(verdicts)
    warnings = odd_day(agency, date, what="检查日期")
    by_when = deadline
    if failed:
        term = rules.term(date, deadline, month.end)
        by_when, warnings = term.deadline, warnings + term.warnings
    elif deadline is not None:
        warnings += ("没有制度缺项，补建期限没有用上。",)
    row = writer.insert(
        archive,
        Inspection(
            agency_id=agency.id,
            date=date,
            inspector=inspector,
            department=department,
            publicity=str(verdicts["publicity"]),
            pledge=str(verdicts["pledge"]),
            ledger=str(verdicts["ledger"]),
            feedback=str(verdicts["feedback"]),
            convention=verdicts.get("convention"),
            note=words_if_any(note, "备注"),
            lacks=",".join(missing) or None,
            inspectors=words_if_any(inspectors, "检查人员"),
            partners=words_if_any(partners, "联合部门"),
        ),
    )
    for system in failed:
        if by_when is None:
            raise AssertionError("a gap without a deadline")
        writer.insert(
            archive,
            Gap(
                inspection_id=row.id,
                agency_id=agency.id,
                system=system,
                found=date,
                deadline=by_when,
            ),
        )
    return _view(row, agency, gap_views.of_inspections(archive, [row.id], today)), warnings


def default_inspector(agency: AgencyLike) -> str:
    """Return who inspects an agency where nothing is said: the office responsible for it."""
    return "city" if agency.district == ownership.CITY else "district"


def listing(
    archive: Archive,
    *,
    text: str | None = None,
    district: str | None = None,
    year: int | None = None,
    today: dt.date,
) -> list[VisitView]:
    """Return the inspections by day, of one agency or of a district's; `year` is a campaign's.

    Raises LookupFailedError `campaign-missing`.
    """
    query = select(Inspection, Agency).join(Agency, col(Agency.id) == Inspection.agency_id)
    district = ownership.scope(archive, district)
    if text is not None:
        query = query.where(Inspection.agency_id == agencies.find(archive, text).id)
    if district is not None:
        query = query.where(Agency.district == district)
    if year is not None:
        query = query.where(col(Inspection.date).between(*offices.days_of_year(archive, year)))
    rows = archive.session.exec(
        query.order_by(col(Inspection.date), Agency.code, Inspection.id)
    ).all()
    gaps = gap_views.of_inspections(archive, [row.id for row, _ in rows], today)
    return [_view(row, agency, gaps) for row, agency in rows]


def _view(row: Inspection, agency: Agency, gaps: Mapping[str, Sequence[GapView]]) -> VisitView:
    return VisitView(
        id=row.id,
        agency=agency.name,
        code=agency.code,
        date=row.date,
        by=row.inspector,
        department=row.department,
        inspectors=row.inspectors,
        partners=row.partners,
        publicity=row.publicity,
        pledge=row.pledge,
        ledger=row.ledger,
        feedback=row.feedback,
        convention=row.convention,
        lacks=items_of(row.lacks),
        note=row.note,
        gaps=tuple(gaps.get(row.id, ())),
    )
