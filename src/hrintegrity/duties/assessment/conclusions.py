"""Concluding an assessment, objections to it, and opening it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import col, func, select

from hrintegrity.archive import writer
from hrintegrity.archive.asking import listed
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.base import new_id
from hrintegrity.chunking import chunks
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import annexes, cases, kept, roster, sheets
from hrintegrity.duties.assessment.concluded import (
    Concluded,
    ConclusionView,
    Doubtful,
    Missing,
    Unplaced,
)
from hrintegrity.duties.assessment.roster import Member
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.errors import RuleError
from hrintegrity.packing import Packed
from hrintegrity.rules.assessment import Result, assess
from hrintegrity.rules.contradictions import contradictions

if TYPE_CHECKING:
    from hrintegrity.duties.assessment.doubts import Doubts

T = TypeVar("T")
Progress = Callable[[Collection[T]], Iterable[T]]


def conclude(
    archive: Archive, texts: Sequence[str], *, year: int | None, today: dt.date
) -> Concluded:
    """Freeze result and standard of these agencies, all or none.

    Raises RuleError `concluded`, `no-sheets`, `no-total` or `score-too-high`.
    """
    year = offices.campaign(archive, year).year
    found = {agency.id: agency for agency in (agencies.find(archive, text) for text in texts)}
    rows = sheets.of_agencies(archive, year, found)
    for agency in found.values():
        if sheets.current_conclusion(archive, agency.id, year) is not None:
            raise RuleError(
                "concluded", f"{agency.name}{year}年的评估已评定。", "确需更改的，先重新开启。"
            )
        if agency.id not in rows:
            raise RuleError(
                "no-sheets", f"{agency.name}{year}年还没有评分表，不能评定。", "请先评分。"
            )
    done = Concluded()
    members = list(map(roster.member_of, found.values()))
    _conclude(archive, members, Standards(archive, year), today, done)
    if done.without_total:
        raise RuleError(
            "no-total",
            f"{done.names[done.without_total[0]]}得不出总分："
            "只有权重为 0 的评价方式有评分表，或者有的指标没有评分。",
            "请补上其他评价方式的评分表，或更改评估标准。",
            clause="三(五)",
        )
    if done.too_high:
        raise RuleError(
            "score-too-high",
            f"{done.names[done.too_high[0]]}的评分表有与现行标准不合的项，不能评定。",
            "用 hri assess result 查看是哪几项；请按现行标准重新评分。",
            clause="三(五)",
        )
    return done


def conclude_all(
    archive: Archive,
    *,
    district: str | None,
    year: int | None,
    today: dt.date,
    progress: Progress[Member] = iter,
) -> Concluded:
    """Conclude every agency that has sheets and is not concluded yet; name the others."""
    year = offices.campaign(archive, year).year
    rated = roster.with_sheets(archive, year)
    concluded = roster.concluded(archive, year)
    done = Concluded()
    waiting: Packed[Member] = Packed()
    for member in roster.each_member(archive, offices.scope(archive, district)):
        if member.id in concluded:
            done.already += 1
        elif member.id in rated:
            waiting.append(member)
        elif member.status == "active":
            done.without_sheets.append(member.code)
            done.names[member.code] = member.name
    standards = Standards(archive, year)
    for chunk in chunks(progress(waiting)):
        _conclude(archive, chunk, standards, today, done)
    return done


def _conclude(
    archive: Archive,
    members: Sequence[Member],
    standards: Standards,
    today: dt.date,
    done: Concluded,
) -> None:
    """Conclude agencies that have sheets, and enter into `done` what became of each."""
    # The tables of facts take long to import, and whoever only reads conclusions needs none.
    from hrintegrity.duties.assessment import doubts  # noqa: PLC0415

    rows = sheets.of_agencies(archive, standards.year, [member.id for member in members])
    earlier = _earlier(archive, members, standards.year)
    annex_text = annexes.as_text(standards.annex)
    doubts_of = doubts.of_agencies(archive, list(rows), standards.annex, today)
    written = []
    for member in members:
        mine = rows[member.id]
        result = assess(cases.by_district(member, standards, today, mine))
        if result.band is None:
            (done.too_high if result.problems else done.without_total).append(member.code)
            done.names[member.code] = member.name
            continue
        row = {
            "year": standards.year,
            "sequence": earlier.get(member.id, 0) + 1,
            "standard": standards.of(member.district).text,
            "annex": annex_text,
            **_frozen(member, mine, result, today),
        }
        written.append(row)
        done.concluded.append(_new_view(member, row, list(result.missing_sources), today))
        _remark(member, result, doubts_of.get(member.id, {}), done)
        later = max([sheet.date for sheet in mine])
        if later > today:
            done.warnings.append(
                f"{member.name}的评分表日期 {later} 晚于评定日期 {today}，请核对。"
            )
    writer.insert_many(archive, Conclusion, written)


def _remark(member: Member, result: Result, doubts: Doubts, done: Concluded) -> None:
    """Enter what is to be said of an agency that was concluded."""
    if result.missing_sources:
        missing = list(result.missing_sources)
        done.missing_sources.append(Missing(member.code, member.name, missing))
    if member.district == offices.CITY and member.location is None:
        done.without_location.append(Unplaced(member.code, member.name))
    done.doubts.extend(
        Doubtful(member.code, member.name, one.indicator, one.fact)
        for one in contradictions(result, doubts)
    )


def _frozen(
    member: Member, rows: Sequence[sheets.Rated], result: Result, today: dt.date
) -> dict[str, Any]:
    """Return the columns of a conclusion that come from its sheets and their result."""
    return {
        "id": new_id(),
        "agency_id": member.id,
        "date": today.isoformat(),
        "total": result.total_hundredths,
        "band": result.band,
        "sheets": kept.sheets_text(rows),
        "result": result.as_json(),
        "exact": kept.exact_text(result.exact),
        "agency_facts": kept.facts_text(result.case.agency),
        "reopened": None,
        "reopen_reason": None,
    }


def _earlier(archive: Archive, members: Sequence[Member], year: int) -> dict[str, int]:
    """Return how often each of these agencies was concluded before."""
    query = (
        select(Conclusion.agency_id, func.count())
        .where(Conclusion.year == year)
        .where(col(Conclusion.agency_id).in_(listed(archive, [member.id for member in members])))
        .group_by(Conclusion.agency_id)
    )
    return dict(iter(archive.session.exec(query)))


def reopen(
    archive: Archive, text: str, *, year: int | None, today: dt.date, reason: str
) -> tuple[ConclusionView, tuple[str, ...]]:
    """Open a concluded assessment again; what was concluded is kept. Says what looks odd.

    Raises RuleError `not-concluded`.
    """
    agency, conclusion = standing(archive, text, year)
    writer.update(archive, conclusion, reason=reason, reopened=today, reopen_reason=reason)
    view = ConclusionView(
        id=conclusion.id,
        code=agency.code,
        name=agency.name,
        year=conclusion.year,
        sequence=conclusion.sequence,
        date=conclusion.date,
        total=Decimal(conclusion.total).scaleb(-2),
        band=conclusion.band,
        missing_sources=kept.shown(conclusion)["missing_sources"],
        status="open",
    )
    return view, out_of_order("重新开启", today, conclusion)


def out_of_order(what: str, date: dt.date, conclusion: Conclusion) -> tuple[str, ...]:
    """Say in Chinese where something is dated before the conclusion that it is about."""
    if date >= conclusion.date:
        return ()
    return (f"{what}日期 {date} 早于评定日期 {conclusion.date}，请核对。",)


def standing(archive: Archive, text: str, year: int | None) -> tuple[Agency, Conclusion]:
    """Return an agency and its standing conclusion. Raises RuleError `not-concluded`."""
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    if conclusion is None:
        raise RuleError(
            "not-concluded",
            f"{agency.name}{year}年的评估还没有评定。",
            f"请先用 hri assess conclude {agency.code} --year {year} 评定。",
            clause="三(五)",
        )
    return agency, conclusion


def _new_view(
    member: Member, row: dict[str, Any], missing_sources: list[str], today: dt.date
) -> ConclusionView:
    return ConclusionView(
        id=row["id"],
        code=member.code,
        name=member.name,
        year=row["year"],
        sequence=row["sequence"],
        date=today,
        total=Decimal(row["total"]).scaleb(-2),
        band=row["band"],
        missing_sources=missing_sources,
        status="concluded",
    )
