"""Abiding by the law: education at admission (三(一)2), annual reviews, penalties (三(六)1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.compliance import Penalty, Review
from hrintegrity.archive.tables.people import Education
from hrintegrity.duties import agencies
from hrintegrity.duties.entering import odd_day, words
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.words import REVIEW_RESULT
from hrintegrity.rules.proposals import review_warnings


@dataclass(frozen=True)
class EducationView:
    """Integrity education of an agency at admission."""

    id: str
    code: str
    name: str
    date: dt.date


@dataclass(frozen=True)
class ReviewView:
    """An annual review; `sanction` is the measure that wrote it, if one did."""

    id: str
    code: str
    name: str
    year: int
    result: str
    date: dt.date
    sanction: str | None


@dataclass(frozen=True)
class PenaltyView:
    """An administrative penalty by any authority."""

    id: str
    code: str
    name: str
    date: dt.date
    authority: str
    basis: str


def educate(archive: Archive, text: str, *, date: dt.date) -> tuple[EducationView, tuple[str, ...]]:
    """Record integrity education on a day. Raises LookupFailedError `education-exists`."""
    agency = agencies.find(archive, text)
    known = archive.session.exec(
        select(Education).where(Education.agency_id == agency.id, Education.date == date)
    ).first()
    if known is not None:
        raise LookupFailedError(
            "education-exists", f"{agency.name} {date} 的诚信教育已登记。", "无需再次登记。"
        )
    row = writer.insert(archive, Education(agency_id=agency.id, date=date))
    warnings = odd_day(agency, date, what="教育日期")
    return EducationView(row.id, agency.code, agency.name, row.date), warnings


def review(
    archive: Archive, text: str, *, year: int, result: str, date: dt.date
) -> tuple[ReviewView, tuple[str, ...]]:
    """Record the result of a year's review; the last one of a year holds.

    A deferred review is done again, so a year may have several. Raises LookupFailedError
    `review-exists` for the same result on the same day.
    """
    agency = agencies.find(archive, text)
    earlier = archive.session.exec(
        select(Review)
        .where(Review.agency_id == agency.id, Review.year == year)
        .order_by(col(Review.date), Review.id)
    ).all()
    if any(row.date == date and row.result == result for row in earlier):
        raise LookupFailedError(
            "review-exists",
            f"{agency.name}{year}年度年审（{date}，{REVIEW_RESULT.chinese(result)}）已登记。",
            "无需再次登记。",
        )
    row = writer.insert(archive, Review(agency_id=agency.id, year=year, result=result, date=date))
    warnings = (*odd_day(agency, date, what="年审日期"), *review_warnings(year, date))
    settled = [one for one in earlier if one.result != "deferred"]
    if settled:
        last = settled[-1]
        warnings += (
            f"{year}年度年审已于 {last.date} 登记为{REVIEW_RESULT.chinese(last.result)}；"
            "以日期最后的一次为准，误登的用 hri archive withdraw 撤去。",
        )
    if result == "deferred":
        warnings += (
            "这里只记下年审结果；作为惩戒暂缓通过的（三(八)2），用 hri sanction impose 作出决定。",
        )
    view = ReviewView(
        id=row.id,
        code=agency.code,
        name=agency.name,
        year=year,
        result=result,
        date=date,
        sanction=None,
    )
    return view, warnings


def penalise(
    archive: Archive, text: str, *, authority: str, basis: str, date: dt.date
) -> tuple[PenaltyView, tuple[str, ...]]:
    """Record a penalty by any authority (附件1). Raises LookupFailedError `penalty-exists`."""
    agency = agencies.find(archive, text)
    authority, basis = words(authority, "处罚机关"), words(basis, "处罚依据")
    known = archive.session.exec(
        select(Penalty).where(
            Penalty.agency_id == agency.id,
            Penalty.date == date,
            Penalty.authority == authority,
            Penalty.basis == basis,
        )
    ).first()
    if known is not None:
        raise LookupFailedError(
            "penalty-exists", f"{agency.name} {date} 的这项行政处罚已登记。", "无需再次登记。"
        )
    row = writer.insert(
        archive, Penalty(agency_id=agency.id, date=date, authority=authority, basis=basis)
    )
    view = PenaltyView(
        id=row.id, code=agency.code, name=agency.name, date=date, authority=authority, basis=basis
    )
    return view, odd_day(agency, date, what="处罚日期")
