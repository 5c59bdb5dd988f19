"""Orders to rectify (责令整改): mended in time, mended late, or failed."""

from __future__ import annotations

import datetime as dt

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.duties.sanctions import records
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice.measures import sanctions
from hrintegrity.rules.sanctions import RECTIFY

Settled = tuple[records.SanctionView, tuple[str, ...]]


def mend(archive: Archive, identity: str, *, date: dt.date, today: dt.date) -> Settled:
    """Record that an order was complied with, and what looks odd about it.

    A day recorded wrongly is corrected by recording the right one; on the day of a failure it
    takes the failure's place, later it follows it. Raises RuleError `not-an-order` or `withdrawn`,
    LookupFailedError `already-there`.
    """
    row = _order(archive, identity)
    _refuse_same(row.mended, date, "已整改")
    replaced = {"failed": None, "fail_note": None} if row.failed == date else {}
    writer.update(archive, row, mended=date, **replaced)
    warnings = _early(row, date)
    if row.deadline is not None and date > row.deadline:
        warnings.append(f"整改在期限 {row.deadline} 之后。")
    return records.view(archive, row, today), tuple(warnings)


def fail(
    archive: Archive, identity: str, *, date: dt.date, note: str | None, today: dt.date
) -> Settled:
    """Record that an order was not complied with, or not enough (整改措施落实不到位).

    Corrections and errors as for `mend`.
    """
    row = _order(archive, identity)
    _refuse_same(row.failed, date, "整改不到位")
    replaced = {"mended": None} if row.mended == date else {}
    writer.update(archive, row, failed=date, fail_note=(note or "").strip() or None, **replaced)
    warnings = _early(row, date)
    if row.deadline is not None and date <= row.deadline:
        warnings.append(f"整改期限 {row.deadline} 还没有过，请核对。")
    return records.view(archive, row, today), tuple(warnings)


def _order(archive: Archive, identity: str) -> Sanction:
    row, agency = records.find_own(archive, identity)
    if row.kind != RECTIFY:
        word = sanctions(row.date)[row.kind].word
        raise RuleError(
            "not-an-order",
            f"{agency.name} {row.date} 的惩戒是{word}，不是责令整改。",
            "只有责令整改才登记整改结果。",
            clause=records.CLAUSE,
        )
    if row.withdrawn is not None:
        raise RuleError(
            "withdrawn",
            f"{agency.name} {row.date} 的责令整改已于 {row.withdrawn} 撤销。",
            "撤销的惩戒不再登记整改结果。",
            clause=records.CLAUSE,
        )
    return row


def _refuse_same(recorded: dt.date | None, date: dt.date, word: str) -> None:
    if recorded == date:
        raise LookupFailedError("already-there", f"{date} {word}已经登记。", "无需再次登记。")


def _early(row: Sanction, date: dt.date) -> list[str]:
    return [f"{date} 早于责令整改之日 {row.date}，请核对。"] if date < row.date else []
