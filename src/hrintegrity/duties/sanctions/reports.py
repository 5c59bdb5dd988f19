"""Reporting sanctions to the two systems (三(八)2: 一处失信，处处受制), each event once.

    batch = prepare(archive, "credit", again=False)   # a transaction: the events get their IDs
    write(batch, path, force=False)                   # the file, flushed and renamed
    mark(archive, batch, today)                       # a transaction: reported

A title lost through a complaint is an event of its own; one lost through a sanction is reported
with it. Whatever ends the work between two of these, nothing is marked that is in no file, and the
next export takes what was not marked under the same record and batch IDs. The record ID follows
from the record alone, so that district and city, each reporting one event, report it under the
same one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.archive.tables.measures import Sanction, SanctionReport, TitleReport
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.chunking import chunks
from hrintegrity.duties import ownership, papers
from hrintegrity.duties.sanctions import report_rows
from hrintegrity.errors import UnusableError
from hrintegrity.files import check_suffix, refuse_existing


@dataclass(frozen=True)
class Batch:
    """What goes into one file: its rows, and the records to be marked once it is on disk.

    `batch` is the identity of what is new in it, None where nothing is.
    """

    system: str
    batch: str | None
    rows: tuple[dict[str, Any], ...]
    sanctions: tuple[str, ...]
    titles: tuple[str, ...]
    repeated: int


@dataclass(frozen=True)
class Exported:
    """What an export wrote: `id` is the new batch's, `repeated` counts what an earlier one had."""

    id: str | None
    system: str
    records: int
    repeated: int
    written: str


def check_target(path: Path, *, force: bool) -> None:
    """Refuse, before anything gets an ID, what could not be written.

    Raises UsageError `unknown-suffix`, LookupFailedError `file-exists`, UnusableError
    `folder-missing`.
    """
    check_suffix(path, ".csv", ".xlsx")
    refuse_existing(path, force=force)
    if not path.parent.is_dir():
        raise UnusableError("folder-missing", f"目录不存在：{path.parent}", "请先建立这个目录。")


def prepare(archive: Archive, system: str, *, again: bool) -> Batch:
    """Give every event that was never reported to `system` its record and batch ID.

    Those of an earlier export that was cut short keep theirs. With `again` what was reported long
    ago is repeated too, under its own IDs.
    """
    scope = ownership.scope(archive, None)
    batch = new_id()
    new = 0
    for model, column, due in (
        (SanctionReport, "sanction_id", _due_sanctions(archive, system, scope)),
        (TitleReport, "unit_id", _due_titles(archive, system, scope)),
    ):
        rows = [
            {"id": new_id(), column: subject, "system": system, "event": event, "batch": batch,
             "reported": None}
            for event, subjects in due.items()
            for subject in subjects
        ]  # fmt: skip
        writer.insert_many(archive, model, rows)
        new += len(rows)
    lines = [
        *_sanction_lines(archive, system, scope, again),
        *_title_lines(archive, system, scope, again),
    ]
    written = tuple(line.row for line in lines)
    sanction_marks = tuple(line.report for line in lines if not line.of_title)
    title_marks = tuple(line.report for line in lines if line.of_title)
    return Batch(
        system=system,
        batch=batch if new else None,
        rows=written,
        sanctions=sanction_marks,
        titles=title_marks,
        repeated=len(written) - new,
    )


def write(batch: Batch, path: Path, *, force: bool) -> Exported:
    """Write the file whole: flushed, read back, renamed. Raises as `sheets.write_table`."""
    from hrintegrity.sheets.writing import write_table  # noqa: PLC0415 — only an export writes.

    count = write_table(path, report_rows.table(batch.system), batch.rows, force=force)
    return Exported(batch.batch, batch.system, count, batch.repeated, str(path))


def mark(archive: Archive, batch: Batch, today: dt.date) -> None:
    """Record that the file is safely on disk; what was marked before keeps its day."""
    for model, reports in ((SanctionReport, batch.sanctions), (TitleReport, batch.titles)):
        for chunk in chunks(reports, writer.CHUNK):
            pending = archive.session.exec(
                select(model)
                .where(col(model.id).in_(chunk), col(model.reported).is_(None))
                .order_by(model.id)
            ).all()
            changes = [(row, {"reported": today.isoformat()}) for row in pending]
            writer.update_many(archive, model, changes)


class _Line(NamedTuple):
    report: str
    row: dict[str, Any]
    of_title: bool


def _due_sanctions(archive: Archive, system: str, district: str | None) -> dict[str, list[str]]:
    """Return by event the sanctions that it is to be reported of.

    A withdrawal is reported where the measure was, or where its decision was served; a measure
    that was withdrawn before it was reported is not reported any more.
    """
    reported = {
        event: select_columns(col(SanctionReport.sanction_id)).where(
            col(SanctionReport.system) == system, col(SanctionReport.event) == event
        )
        for event in ("imposed", "withdrawn")
    }
    served = (
        select_columns(col(IssuedPaper.subject_id))
        .join(Service, col(Service.paper_id) == IssuedPaper.id)
        .where(col(IssuedPaper.series) == papers.SANCTION)
    )
    known = or_(col(Sanction.id).in_(reported["imposed"]), col(Sanction.id).in_(served))
    conditions = {
        "imposed": (col(Sanction.withdrawn).is_(None),),
        "withdrawn": (col(Sanction.withdrawn).is_not(None), known),
    }
    found = {}
    for event, wanted in conditions.items():
        query = (
            select_columns(col(Sanction.id))
            .join(Agency, col(Agency.id) == Sanction.agency_id)
            .where(*wanted, col(Sanction.id).not_in(reported[event]))
            .order_by(col(Sanction.date), col(Sanction.id))
        )
        if district is not None:
            query = query.where(col(Agency.district) == district)
        found[event] = list(archive.session.scalars(query))
    return found


def _due_titles(archive: Archive, system: str, district: str | None) -> dict[str, list[str]]:
    """Return by event the titles lost through a complaint, or held again, to be reported.

    Each of the two is reported once of a title.
    """
    reported = set(
        archive.session.execute(
            select_columns(col(TitleReport.unit_id), col(TitleReport.event)).where(
                col(TitleReport.system) == system
            )
        )
    )
    query = (
        select_columns(Unit, col(Complaint.id))
        .join(Agency, col(Agency.id) == Unit.agency_id)
        .join(Complaint, col(Complaint.id) == Unit.revoked_by, isouter=True)
        .order_by(col(Unit.id))
    )
    if district is not None:
        query = query.where(col(Agency.district) == district)
    found: dict[str, list[str]] = {"title-lost": [], "title-restored": []}
    for unit, complaint in archive.session.execute(query):
        lost, restored = ((unit.id, event) in reported for event in found)
        if complaint is not None and not lost:
            found["title-lost"].append(unit.id)
        elif unit.revoked is None and lost and not restored:
            found["title-restored"].append(unit.id)
    return found


def _sanction_lines(
    archive: Archive, system: str, district: str | None, again: bool
) -> Iterator[_Line]:
    """Yield the rows of sanctions to be written, an annulment after what it annuls."""
    query = (
        select_columns(SanctionReport, Sanction, Agency, Practitioner, IssuedPaper, Service, Unit)
        .join(Sanction, col(Sanction.id) == SanctionReport.sanction_id)
        .join(Agency, col(Agency.id) == Sanction.agency_id)
        .join(Practitioner, col(Practitioner.id) == Sanction.practitioner_id, isouter=True)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Sanction.id, isouter=True)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .join(Unit, col(Unit.revoked_by) == Sanction.id, isouter=True)
        .order_by(col(Sanction.date), col(Sanction.id), col(SanctionReport.event))
    )
    query = _wanted(query, SanctionReport, system, district, again)
    seen = set[tuple[str, str]]()
    for report, sanction, agency, *about in archive.session.execute(query):
        if (sanction.id, report.event) not in seen:
            seen.add((sanction.id, report.event))
            yield _Line(
                report.id, report_rows.of_sanction(report, sanction, agency, tuple(about)), False
            )


def _title_lines(
    archive: Archive, system: str, district: str | None, again: bool
) -> Iterator[_Line]:
    query = (
        select_columns(TitleReport, Unit, Agency, Complaint, IssuedPaper)
        .join(Unit, col(Unit.id) == TitleReport.unit_id)
        .join(Agency, col(Agency.id) == Unit.agency_id)
        .join(Complaint, col(Complaint.id) == Unit.revoked_by, isouter=True)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Unit.id, isouter=True)
        .order_by(col(Unit.revoked), col(Unit.id), col(TitleReport.event))
    )
    query = _wanted(query, TitleReport, system, district, again)
    owner = ownership.owner(archive).code
    seen = set[tuple[str, str]]()
    for report, unit, *about in archive.session.execute(query):
        if (unit.id, report.event) not in seen:
            seen.add((unit.id, report.event))
            yield _Line(report.id, report_rows.of_title(report, unit, tuple(about), owner), True)


def _wanted(
    query: Any,
    model: type[SanctionReport | TitleReport],
    system: str,
    district: str | None,
    again: bool,
) -> Any:
    """Keep the records to be written: what no archive reported yet, or all of them `again`.

    Of several marks of one event this archive's own comes first, then the earliest.
    """
    other = aliased(model)
    subject = "sanction_id" if model is SanctionReport else "unit_id"
    done = select_columns(col(other.id)).where(
        getattr(other, subject) == getattr(model, subject),
        col(other.system) == model.system,
        col(other.event) == model.event,
        col(other.reported).is_not(None),
    )
    brought = select_columns(col(JournalEntry.record)).where(
        col(JournalEntry.table) == model.__tablename__,
        col(JournalEntry.action) == "insert",
        col(JournalEntry.origin).is_not(None),
    )
    query = query.where(col(model.system) == system, or_(again, ~done.exists()))
    query = query.order_by(col(model.id).in_(brought), model.id)
    return query if district is None else query.where(col(Agency.district) == district)
