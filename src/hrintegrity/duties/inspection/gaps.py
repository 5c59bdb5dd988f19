"""Gaps that inspections found: which are open, overdue, mended (三(四) 二)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Gap
from hrintegrity.duties import agencies, ownership
from hrintegrity.duties.entering import of_id, own_agency
from hrintegrity.errors import RuleError
from hrintegrity.notice.words import SYSTEM
from hrintegrity.rules.inspection import CLAUSE, is_overdue


@dataclass(frozen=True)
class GapView:
    """A gap as scripts see it; `agency` is the name, `overdue` is judged by the day of today."""

    id: str
    agency: str
    code: str
    system: str
    found: dt.date
    deadline: dt.date
    mended: dt.date | None
    overdue: bool
    inspection: str


def gap_view(gap: Gap, agency: Agency, today: dt.date) -> GapView:
    """Return a gap as scripts see it."""
    return GapView(
        gap.id,
        agency.name,
        agency.code,
        gap.system,
        gap.found,
        gap.deadline,
        gap.mended,
        is_overdue(gap.deadline, gap.mended, today),
        gap.inspection_id,
    )


def listing(
    archive: Archive,
    *,
    today: dt.date,
    text: str | None = None,
    district: str | None = None,
    year: int | None = None,
    is_open: bool = False,
    overdue: bool = False,
) -> list[GapView]:
    """Return the gaps by deadline; `year` is the calendar's, of the day they were found."""
    query = select(Gap, Agency).join(Agency, col(Agency.id) == Gap.agency_id)
    if is_open or overdue:
        query = query.where(col(Gap.mended).is_(None))
    if overdue:
        query = query.where(Gap.deadline < today)
    if text is not None:
        query = query.where(Gap.agency_id == agencies.find(archive, text).id)
    district = ownership.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    if year is not None:
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        query = query.where(col(Gap.found).between(first, last))
    query = query.order_by(col(Gap.deadline), Agency.code, Gap.id)
    return [gap_view(gap, agency, today) for gap, agency in archive.session.exec(query)]


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
            f"{agency.name}的{SYSTEM.chinese(gap.system)}已于 {gap.mended} 整改。",
            "日期不对的，加 --reason 更正；没有整改的，用 hri inspect reopen。",
            clause=CLAUSE,
        )
    if not writer.update(archive, gap, mended=date, reason=reason):
        raise RuleError("nothing-changed", "没有要改的内容。", "请给出新的日期。")
    warnings: tuple[str, ...] = ()
    if date < gap.found:
        warnings = (f"整改日期 {date} 早于发现日期 {gap.found}，请核对。",)
    elif date > gap.deadline:
        warnings = (f"整改日期 {date} 晚于期限 {gap.deadline}。",)
    return gap_view(gap, agency, today), warnings


def reopen(archive: Archive, identity: str, *, reason: str, today: dt.date) -> GapView:
    """Take back that a gap was made good. Raises RuleError `not-mended`."""
    gap, agency = _find(archive, identity)
    if gap.mended is None:
        raise RuleError(
            "not-mended", f"{agency.name}的这一项还没有登记整改。", "无需重新打开。", clause=CLAUSE
        )
    writer.update(archive, gap, mended=None, reason=reason)
    return gap_view(gap, agency, today)


def _find(archive: Archive, identity: str) -> tuple[Gap, Agency]:
    gap = of_id(archive, Gap, identity, "不合格项", "hri inspect list")
    return gap, own_agency(archive, gap.agency_id)
