"""Reporting sanctions to the two systems (三(八)2: 一处失信，处处受制), each event once.

    batch = prepare(archive, "credit", again=False)   # a transaction: the events get their IDs
    write(batch, path, force=False)                   # the file, flushed and renamed
    mark(archive, batch, today)                       # a transaction: reported

Whatever ends the work between two of these, nothing is marked that stands in no file, and the next
export takes what was not marked under the same record and batch IDs. The record ID follows from the
sanction alone, so that district and city, each reporting one event, report it under the same one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Select, and_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.archive.tables.measures import Sanction, SanctionReport
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.duties import ownership
from hrintegrity.duties.sanctions import records
from hrintegrity.errors import UnusableError
from hrintegrity.files import check_suffix, refuse_existing
from hrintegrity.notice.words import MEASURE, REPORT_SYSTEM, SANCTION_STATE
from hrintegrity.sheets.columns import Column, Table, clean

Event = Literal["imposed", "withdrawn"]
EVENTS: dict[str, str] = {"imposed": "作出惩戒", "withdrawn": "撤销惩戒"}


@dataclass(frozen=True)
class Batch:
    """What goes into one file: its rows, and the records to be marked once it is on disk.

    `batch` is the identity of what is new in it, None where nothing is.
    """

    system: str
    batch: str | None
    rows: tuple[dict[str, Any], ...]
    reports: tuple[str, ...]
    repeated: int


@dataclass(frozen=True)
class Exported:
    """What an export wrote: `id` is the new batch's, `repeated` counts what an earlier one had."""

    id: str | None
    system: str
    records: int
    repeated: int
    written: str


def record_id(sanction: str, system: str, event: str) -> str:
    """Return the identity under which an event is reported to a system, whoever reports it."""
    return str(uuid.uuid5(uuid.UUID(sanction), f"{system} {event}"))


def table(system: str) -> Table:
    """Return the columns of a report."""
    names = (
        ("record", "记录编号", 38), ("batch", "批次编号", 38), ("event", "事项", 12),
        ("agency", "机构名称", 36), ("code", "代码", 22), ("license", "许可证号", 22),
        ("district", "区县", 12), ("staff", "从业人员", 12), ("certificate", "资格证号", 20),
        ("kind", "惩戒措施", 16), ("grounds", "事由", 40), ("basis", "依据", 30),
        ("date", "惩戒日期", 14), ("deadline", "整改期限", 14), ("state", "现状", 12),
        ("number", "文号", 24), ("withdrawn", "撤销日期", 14), ("reason", "撤销理由", 30),
        ("sanction", "惩戒编号", 38),
    )  # fmt: skip
    return Table(
        name="sanction-report",
        title=f"失信惩戒记入{REPORT_SYSTEM.chinese(system)}",
        columns=tuple(
            Column(field, (header,), clean, is_date=header.endswith(("日期", "期限")), width=width)
            for field, header, width in names
        ),
        key=("record",),
    )


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
    new = [
        {
            "id": new_id(),
            "sanction_id": sanction,
            "system": system,
            "event": event,
            "batch": batch,
            "reported": None,
        }
        for event in EVENTS
        for sanction in archive.session.scalars(_unreported(system, event, scope))
    ]
    writer.insert_many(archive, SanctionReport, new)
    rows, reports, seen = [], [], set[tuple[str, str]]()
    for report, sanction, agency, person, number in archive.session.execute(
        _reports(system, scope, again=again)
    ):
        if (sanction.id, report.event) not in seen:
            seen.add((sanction.id, report.event))
            rows.append(_row(report, sanction, agency, person, number))
            reports.append(report.id)
    return Batch(system, batch if new else None, tuple(rows), tuple(reports), len(rows) - len(new))


def write(batch: Batch, path: Path, *, force: bool) -> Exported:
    """Write the file whole: flushed, read back, renamed. Raises as `sheets.write_table`."""
    from hrintegrity.sheets.writing import write_table  # noqa: PLC0415 — only an export writes.

    count = write_table(path, table(batch.system), batch.rows, force=force)
    return Exported(batch.batch, batch.system, count, batch.repeated, str(path))


def mark(archive: Archive, batch: Batch, today: dt.date) -> None:
    """Record that the file is safely on disk; what was marked before keeps its day."""
    for chunk in _chunks(batch.reports):
        pending = archive.session.exec(
            select(SanctionReport)
            .where(col(SanctionReport.id).in_(chunk), col(SanctionReport.reported).is_(None))
            .order_by(SanctionReport.id)
        ).all()
        changes = [(row, {"reported": today.isoformat()}) for row in pending]
        writer.update_many(archive, SanctionReport, changes)


def _unreported(system: str, event: str, district: str | None) -> Select[str]:
    """Return the sanctions one of whose events has no record for `system` yet."""
    query = (
        select_columns(col(Sanction.id))
        .join(Agency, col(Agency.id) == Sanction.agency_id)
        .join(
            SanctionReport,
            and_(
                col(SanctionReport.sanction_id) == Sanction.id,
                col(SanctionReport.system) == system,
                col(SanctionReport.event) == event,
            ),
            isouter=True,
        )
        .where(col(SanctionReport.id).is_(None))
        .order_by(col(Sanction.date), col(Sanction.id))
    )
    if event == "withdrawn":
        query = query.where(col(Sanction.withdrawn).is_not(None))
    return query if district is None else query.where(col(Agency.district) == district)


def _reports(system: str, district: str | None, *, again: bool) -> Select[Any, Any, Any, Any, Any]:
    """Return the records to be written, an annulment after the measure that it annuls.

    Of several marks of one event this archive's own comes first, then the earliest.
    """
    other = aliased(SanctionReport)
    done = select_columns(col(other.id)).where(
        col(other.sanction_id) == SanctionReport.sanction_id,
        col(other.system) == SanctionReport.system,
        col(other.event) == SanctionReport.event,
        col(other.reported).is_not(None),
    )
    brought = select_columns(col(JournalEntry.record)).where(
        col(JournalEntry.table) == "sanction_report",
        col(JournalEntry.action) == "insert",
        col(JournalEntry.origin).is_not(None),
    )
    query = (
        select_columns(SanctionReport, Sanction, Agency, Practitioner, col(IssuedPaper.reference))
        .join(Sanction, col(Sanction.id) == SanctionReport.sanction_id)
        .join(Agency, col(Agency.id) == Sanction.agency_id)
        .join(Practitioner, col(Practitioner.id) == Sanction.practitioner_id, isouter=True)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Sanction.id, isouter=True)
        .where(col(SanctionReport.system) == system)
        .where(or_(again, ~done.exists()))
        .order_by(
            col(Sanction.date),
            col(Sanction.id),
            col(SanctionReport.event),
            col(SanctionReport.id).in_(brought),
            SanctionReport.id,
        )
    )
    return query if district is None else query.where(col(Agency.district) == district)


def _row(
    report: SanctionReport,
    sanction: Sanction,
    agency: Agency,
    person: Practitioner | None,
    number: str | None,
) -> dict[str, Any]:
    annulled = report.event == "withdrawn"
    return {
        "record": record_id(sanction.id, report.system, report.event),
        "batch": report.batch,
        "event": EVENTS[report.event],
        "agency": agency.name,
        "code": agency.code,
        "license": agency.license,
        "district": ownership.district_name(agency.district),
        "staff": None if person is None else person.name,
        "certificate": None if person is None else person.certificate,
        "kind": MEASURE.chinese(sanction.kind),
        "grounds": sanction.grounds,
        "basis": sanction.basis,
        "date": sanction.date,
        "deadline": sanction.deadline,
        "state": SANCTION_STATE.chinese(records.state(sanction)),
        "number": number,
        "withdrawn": sanction.withdrawn if annulled else None,
        "reason": sanction.withdraw_reason if annulled else None,
        "sanction": sanction.id,
    }


def _chunks(identities: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(identities), writer.CHUNK):
        yield identities[start : start + writer.CHUNK]
