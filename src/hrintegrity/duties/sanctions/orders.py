"""Orders to rectify (责令整改): mended in time, mended late, failed, or open again."""

from __future__ import annotations

import datetime as dt

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.duties.sanctions import cases, records
from hrintegrity.duties.sanctions.withdrawing import built_on
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.measures import sanctions
from hrintegrity.notice.words import SANCTION_STATE
from hrintegrity.rules.sanctions import State

Settled = tuple[records.SanctionView, tuple[str, ...]]


def mend(
    archive: Archive, identity: str, *, date: dt.date, today: dt.date, reason: str | None = None
) -> Settled:
    """Record that an order was complied with, and what looks odd about it.

    After a failure it follows it; the day of a result that holds is corrected with a reason, and
    so is a failure of the same day, whose place it takes. Raises RuleError `already-mended`,
    `already-failed`, `not-an-order` or `withdrawn`, LookupFailedError `already-there`.
    """
    row = _order(archive, identity, "mend", date)
    _refuse_same(row.mended, date, "已整改")
    _refuse_silent(row, "mended", date, reason)
    replaced = {"failed": None, "fail_note": None} if row.failed == date else {}
    writer.update(archive, row, mended=date, **replaced, reason=reason)
    warnings = _early(row, date)
    if row.deadline is not None and date > row.deadline:
        warnings.append(f"整改在期限 {row.deadline} 之后。")
    return records.view(archive, row, today), tuple(warnings)


def fail(
    archive: Archive,
    identity: str,
    *,
    date: dt.date,
    note: str,
    today: dt.date,
    reason: str | None = None,
) -> Settled:
    """Record that an order was not complied with, or not enough (整改措施落实不到位).

    `note` is what the check of it found; without, UsageError `note-missing`. Corrections and
    errors else as for `mend`.
    """
    said = note.strip()
    if not said:
        raise UsageError("note-missing", "没有写明核查情况", "请用 --note 写明哪里没有整改到位。")
    row = _order(archive, identity, "mend", date)
    _refuse_same(row.failed, date, "整改不到位")
    _refuse_silent(row, "failed", date, reason)
    replaced = {"mended": None} if row.mended == date else {}
    writer.update(archive, row, failed=date, fail_note=said, **replaced, reason=reason)
    warnings = _early(row, date)
    if row.deadline is not None and date <= row.deadline:
        warnings.append(f"整改期限 {row.deadline} 还没有过，请核对。")
    return records.view(archive, row, today), tuple(warnings)


def reopen(archive: Archive, identity: str, *, reason: str, today: dt.date) -> Settled:
    """Take back the last `mend` or `fail`, entered by mistake; the one before it holds again.

    Raises RuleError `nothing-to-reopen`, `not-an-order` or `withdrawn`, UsageError.
    """
    row = _order(archive, identity, "reopen", today)
    why = reason.strip()
    if not why:
        raise UsageError("reason-missing", "没有写明理由", "请用 --reason 写明。")
    cleared: dict[str, None] = (
        {"failed": None, "fail_note": None} if records.state(row) == "failed" else {"mended": None}
    )
    writer.update(archive, row, cleared, reason=why)
    warnings = [
        f"{later.date} 的{sanctions(later.date)[later.kind].word}可能以它为依据，请一并复核。"
        for later in built_on(archive, row)
    ]
    return records.view(archive, row, today), tuple(warnings)


def _order(archive: Archive, identity: str, step: str, date: dt.date) -> Sanction:
    row, agency = records.find(archive, identity)
    case = cases.case_of(archive, notice=cases.notice_of(archive, row), sanction=row)
    cases.check(archive, case, step, date, agency, what=f" {row.date} 的惩戒")
    return row


def _refuse_same(recorded: dt.date | None, date: dt.date, word: str) -> None:
    if recorded == date:
        raise LookupFailedError("already-there", f"{date} {word}已经登记。", "无需再次登记。")


def _refuse_silent(row: Sanction, state: State, date: dt.date, reason: str | None) -> None:
    """Refuse to correct a result that holds, or to replace that of the day, without a reason."""
    held = records.state(row)
    recorded = row.mended if held == "mended" else row.failed
    if reason or held == "open" or (held != state and recorded != date):
        return
    raise RuleError(
        "already-mended" if held == "mended" else "already-failed",
        f"{row.date} 的责令整改已登记{SANCTION_STATE.chinese(held)}（{recorded}）。",
        f"日期不对的，加 --reason 更正；登记错了的，用 hri sanction reopen "
        f"{row.id} --reason 理由。",
        clause=records.CLAUSE,
    )


def _early(row: Sanction, date: dt.date) -> list[str]:
    return [f"{date} 早于责令整改之日 {row.date}，请核对。"] if date < row.date else []
