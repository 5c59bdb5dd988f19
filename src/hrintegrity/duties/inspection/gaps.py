"""Gaps that inspections found, made good or open again (三(四) 二)."""

from __future__ import annotations

import datetime as dt

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Gap
from hrintegrity.duties.entering import of_id, own_agency
from hrintegrity.duties.inspection.gap_views import GapView, view
from hrintegrity.errors import RuleError
from hrintegrity.notice.words import SYSTEM
from hrintegrity.rules.inspection import CLAUSE


def mend(
    archive: Archive, identity: str, *, date: dt.date, reason: str | None, today: dt.date
) -> tuple[GapView, tuple[str, ...]]:
    """Record that a gap was made good; a day recorded wrongly is corrected with a reason.

    A day before the gap was found warns, since old papers are typed in late. Raises RuleError
    `already-mended`.
    """
    gap, agency = _find(archive, identity)
    if gap.mended is not None and not reason:
        raise RuleError(
            "already-mended",
            f"{agency.name}的{SYSTEM.chinese(gap.system)}已于 {gap.mended} 补建。",
            "日期不对的，加 --reason 更正；没有补建的，用 hri inspect reopen "
            f"{gap.id} --reason 理由。",
            clause=CLAUSE,
        )
    if not writer.update(archive, gap, mended=date, reason=reason):
        raise RuleError("nothing-changed", "没有要改的内容。", "请给出新的日期。")
    warnings: tuple[str, ...] = ()
    if date < gap.found:
        warnings = (f"补建日期 {date} 早于发现日期 {gap.found}，请核对。",)
    elif date > gap.deadline:
        warnings = (f"补建日期 {date} 晚于期限 {gap.deadline}。",)
    return view(archive, gap.id, today), warnings


def reopen(archive: Archive, identity: str, *, reason: str, today: dt.date) -> GapView:
    """Take back that a gap was made good. Raises RuleError `not-mended`."""
    gap, agency = _find(archive, identity)
    if gap.mended is None:
        raise RuleError(
            "not-mended", f"{agency.name}的这一项还没有登记补建。", "无需重新打开。", clause=CLAUSE
        )
    writer.update(archive, gap, mended=None, reason=reason)
    return view(archive, gap.id, today)


def _find(archive: Archive, identity: str) -> tuple[Gap, Agency]:
    """Return a gap and its agency."""
    gap = of_id(archive, Gap, identity, "制度缺项", "hri inspect list")
    return gap, own_agency(archive, gap.agency_id)
