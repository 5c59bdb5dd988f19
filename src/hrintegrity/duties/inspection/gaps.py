"""Gaps that inspections found: which are open, overdue, mended (三(四) 二)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Gap, Inspection
from hrintegrity.chunking import AT_ONCE
from hrintegrity.duties import agencies, offices, ownership
from hrintegrity.duties.entering import of_id, own_agency
from hrintegrity.errors import RuleError
from hrintegrity.notice.words import SYSTEM
from hrintegrity.packing import Packed
from hrintegrity.rules.inspection import CLAUSE, is_overdue


@dataclass(frozen=True)
class GapView:
    """A gap as scripts see it; `agency` is the name, `overdue` is judged by the day of today.

    `lacks` are the things of 公示 that were lacking; it is empty for the other systems.
    """

    id: str
    agency: str
    code: str
    system: str
    lacks: tuple[str, ...]
    found: dt.date
    deadline: dt.date
    mended: dt.date | None
    overdue: bool
    inspection: str


def gap_view(gap: Gap, agency: Agency, lacks: str | None, today: dt.date) -> GapView:
    """Return a gap as scripts see it; `lacks` is that of its inspection."""
    return GapView(
        id=gap.id,
        agency=agency.name,
        code=agency.code,
        system=gap.system,
        lacks=items_of(lacks) if gap.system == "publicity" else (),
        found=gap.found,
        deadline=gap.deadline,
        mended=gap.mended,
        overdue=is_overdue(gap.deadline, gap.mended, today),
        inspection=gap.inspection_id,
    )


def items_of(lacks: str | None) -> tuple[str, ...]:
    """Return the things of 公示 that a row names as lacking."""
    return tuple(lacks.split(",")) if lacks else ()


def listing(
    archive: Archive,
    *,
    today: dt.date,
    text: str | None = None,
    district: str | None = None,
    year: int | None = None,
    is_open: bool = False,
    overdue: bool = False,
) -> Packed[GapView]:
    """Return the gaps by deadline; with `year` those found in the year of that campaign.

    Raises LookupFailedError `campaign-missing`.
    """
    query = select(Gap, Agency, Inspection.lacks).join(Agency, col(Agency.id) == Gap.agency_id)
    query = query.join(Inspection, col(Inspection.id) == Gap.inspection_id)
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
        query = query.where(col(Gap.found).between(*offices.days_of_year(archive, year)))
    query = query.order_by(col(Gap.deadline), Agency.code, Gap.id)
    found = archive.session.exec(query.execution_options(yield_per=AT_ONCE))
    return Packed(gap_view(gap, agency, lacks, today) for gap, agency, lacks in found)


def mend(
    archive: Archive, identity: str, *, date: dt.date, reason: str | None, today: dt.date
) -> tuple[GapView, tuple[str, ...]]:
    """Record that a gap was made good; a day recorded wrongly is corrected with a reason.

    A day before the gap was found warns, since old papers are typed in late. Raises RuleError
    `already-mended`.
    """
    gap, agency, lacks = _find(archive, identity)
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
    return gap_view(gap, agency, lacks, today), warnings


def reopen(archive: Archive, identity: str, *, reason: str, today: dt.date) -> GapView:
    """Take back that a gap was made good. Raises RuleError `not-mended`."""
    gap, agency, lacks = _find(archive, identity)
    if gap.mended is None:
        raise RuleError(
            "not-mended", f"{agency.name}的这一项还没有登记补建。", "无需重新打开。", clause=CLAUSE
        )
    writer.update(archive, gap, mended=None, reason=reason)
    return gap_view(gap, agency, lacks, today)


def _find(archive: Archive, identity: str) -> tuple[Gap, Agency, str | None]:
    """Return a gap, its agency, and what its inspection says is lacking."""
    gap = of_id(archive, Gap, identity, "制度缺项", "hri inspect list")
    inspection = archive.session.get_one(Inspection, gap.inspection_id)
    return gap, own_agency(archive, gap.agency_id), inspection.lacks
