"""Annulling a sanction, with all it took; and taking a notice beforehand back."""

from __future__ import annotations

import datetime as dt

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Review
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.duties import agency_history, units
from hrintegrity.duties.sanctions import beforehand, cases, records
from hrintegrity.duties.sanctions.imposing import Imposed
from hrintegrity.errors import UsageError
from hrintegrity.notice.measures import sanctions


def withdraw(
    archive: Archive, identity: str, *, date: dt.date, reason: str, today: dt.date
) -> Imposed:
    """Annul a sanction, and give back what it took: review, licence and title.

    The record stays, with the day and the reason; so does a notice on which nothing is decided.
    Raises UsageError `reason-missing`, LookupFailedError `already-withdrawn`, RuleError `citys-own`
    or what else the table of steps says.
    """
    row, agency = records.find_any(archive, identity)
    why = reason.strip()
    if not why:
        raise UsageError("reason-missing", "没有写明撤销的理由", "请用 --reason 写明。")
    warnings = []
    if date < row.date:
        warnings.append(f"撤销日期 {date} 早于惩戒日期 {row.date}，请核对。")
    if not isinstance(row, Sanction):
        dropped = beforehand.drop(archive, row, date=date, reason=why, today=today)
        return Imposed(dropped, (), tuple(warnings))
    case = cases.case_of(archive, notice=cases.notice_of(archive, row), sanction=row)
    cases.check(archive, case, "withdraw", date, agency, what=f" {row.date} 的惩戒")
    writer.update(archive, row, withdrawn=date, withdraw_reason=why, reason=why)
    _restore(archive, row, agency, date, why)
    titles = units.restore_title(archive, agency, cause=row.id)
    warnings += [
        f"{later.date} 的{sanctions(later.date)[later.kind].word}可能以它为依据，请一并复核。"
        for later in built_on(archive, row)
    ]
    return Imposed(records.view(archive, row, today), tuple(titles), tuple(warnings))


def built_on(archive: Archive, order: Sanction) -> list[Sanction]:
    """Return the standing measures at a review that an order to rectify may have led to."""
    if order.deadline is None:
        return []
    query = (
        select(Sanction)
        .where(Sanction.agency_id == order.agency_id, Sanction.date >= order.date)
        .where(col(Sanction.withdrawn).is_(None), ~col(Sanction.serious))
        .where(col(Sanction.review_year).is_not(None))
        .order_by(col(Sanction.date), col(Sanction.id))
    )
    return list(archive.session.exec(query))


def _restore(archive: Archive, row: Sanction, agency: Agency, date: dt.date, why: str) -> None:
    """Give back the review and the licence that a sanction took."""
    for review in archive.session.exec(select(Review).where(Review.sanction_id == row.id)).all():
        writer.delete(archive, review, reason=why)
    if row.closed_agency and agency.closed == row.date:
        agency_history.change(
            archive, agency, date=date, reason=why, status="active", closed=None,
            close_reason=None,
        )  # fmt: skip
