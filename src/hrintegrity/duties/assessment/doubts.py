"""Facts on record that speak against certain scores of an agency (附件1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

from sqlmodel import SQLModel, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.campaign import CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.duties.assessment import facts, standards
from hrintegrity.notice.indicators import indicators
from hrintegrity.notice.words import INCENTIVE, REVIEW_RESULT, SANCTION_STATE, SYSTEM, TITLE
from hrintegrity.rules.contradictions import Doubt
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.sanctions import state_of

Told = tuple[int, Doubt]
T = TypeVar("T", bound=SQLModel)

_SYSTEMS = {
    "publicity": facts.PUBLICITY,
    "ledger": facts.RECORDS,
    "feedback": facts.CLIENTS,
}


def of_agency(archive: Archive, agency: Agency, day: dt.date) -> Mapping[int, tuple[Doubt, ...]]:
    """Return by indicator what speaks against a score, by what is dated up to a day."""
    found: dict[int, tuple[Doubt, ...]] = {}
    for number, doubt in (
        *_service(agency, day),
        *_compliance(archive, agency, day),
        *_inspection(archive, agency, day),
        *_orders(archive, agency, day),
        *_complaints(archive, agency, day),
        *_praise(archive, agency, day),
    ):
        found[number] = (*found.get(number, ()), doubt)
    return found


def about_scores(
    archive: Archive, agency: Agency, scores: Mapping[int, Fraction], *, year: int, day: dt.date
) -> list[str]:
    """Return in Chinese what on record contradicts scores in points, in the annex's order."""
    standard = standards.in_use(archive, agency.district, year).standard
    found = of_agency(archive, agency, day)
    return [
        f"{indicator.heading} {exact_text(score)} 分：{doubt.fact}"
        for indicator, tenths in zip(indicators(), standard.points, strict=True)
        for doubt in found.get(indicator.id, ())
        if (score := scores.get(indicator.id)) is not None
        and doubt.contradicts(score, Fraction(tenths, 10))
    ]


def _service(agency: Agency, day: dt.date) -> Iterator[Told]:
    needed = _years(facts.IN_SERVICE)
    if agency.since is None:
        return
    years = facts.whole_years(agency.since, day)
    told = f"自 {agency.since} 从业，到 {day} 满 {years} 年"
    if years < needed:
        yield facts.IN_SERVICE, Doubt("any", f"{told}，不到 {needed} 年")
    else:
        yield facts.IN_SERVICE, Doubt("none", f"{told}，已满 {needed} 年")


def _compliance(archive: Archive, agency: Agency, day: dt.date) -> Iterator[Told]:
    needed = _years(facts.PENALTIES)
    for penalty in _until(archive, Penalty, agency, day):
        if facts.whole_years(penalty.date, day) < needed:
            told = f"近 {needed} 年内（{penalty.date}）受过{penalty.authority}的行政处罚"
            yield facts.PENALTIES, Doubt("any", told)
    reviews = _until(archive, Review, agency, day)
    if reviews and reviews[-1].result != "passed":
        last = reviews[-1]
        told = f"{last.year}年度年审{REVIEW_RESULT.chinese(last.result)}（{last.date}）"
        yield facts.REVIEWED, Doubt("full", told)


def _inspection(archive: Archive, agency: Agency, day: dt.date) -> Iterator[Told]:
    """Yield what the last inspection found missing, unless it was made good since."""
    mended = {
        (gap.inspection_id, gap.system)
        for gap in _of(archive, Gap, agency)
        if gap.mended is not None and gap.mended <= day
    }
    for last in _until(archive, Inspection, agency, day)[-1:]:
        for system, number in _SYSTEMS.items():
            if getattr(last, system) == "fail" and (last.id, system) not in mended:
                told = f"{last.date} 检查{SYSTEM.chinese(system)}制度不合格，没有补建"
                yield number, Doubt("full", told)


def _orders(archive: Archive, agency: Agency, day: dt.date) -> Iterator[Told]:
    for row in _until(archive, Sanction, agency, day):
        withdrawn = row.withdrawn is not None and row.withdrawn <= day
        state = state_of(
            row.kind,
            mended=row.mended if row.mended and row.mended <= day else None,
            failed=row.failed if row.failed and row.failed <= day else None,
            withdrawn=withdrawn,
        )
        if state in ("open", "failed") and row.practitioner_id is None:
            told = f"{row.date} 责令整改（{row.grounds}），{SANCTION_STATE.chinese(state)}"
            yield facts.SUPERVISION, Doubt("full", told)


def _complaints(archive: Archive, agency: Agency, day: dt.date) -> Iterator[Told]:
    for row in sorted(_of(archive, Complaint, agency), key=lambda one: (one.received, one.id)):
        if row.outcome == "substantiated" and row.closed is not None and row.closed <= day:
            told = f"{row.received} 受理的投诉举报“{row.subject}”查实"
            yield facts.CLIENTS, Doubt("full", told)
            if row.dishonest:
                yield facts.DISPUTES, Doubt("full", f"{told}为不诚信行为")


def _praise(archive: Archive, agency: Agency, day: dt.date) -> Iterator[Told]:
    for reward in _until(archive, Reward, agency, day):
        if reward.kind == "honour":
            told = f"{reward.date} {INCENTIVE.chinese(reward.kind)}：{reward.note}"
            yield facts.REPUTATION, Doubt("none", told)
    for title in _until(archive, CreationTitle, agency, day):
        told = f"{title.date} 获得{TITLE.chinese(title.title)}称号"
        yield facts.REPUTATION, Doubt("none", told)
    for row in _until(archive, Outstanding, agency, day):
        told = f"{row.year}年“诚信服务月”表现突出：{row.reason}"
        yield facts.ACTIVITIES, Doubt("none", told)


def _years(number: int) -> int:
    """Return the years that an indicator asks for."""
    years = indicators()[number - 1].years
    if years is None:
        raise AssertionError(f"indicator {number} has no number of years")
    return years


def _of(archive: Archive, model: type[T], agency: Agency) -> Iterable[T]:
    agency_id = model.agency_id  # type: ignore[attr-defined]  # every table here has it.
    return archive.session.exec(select(model).where(agency_id == agency.id)).all()


def _until(archive: Archive, model: type[T], agency: Agency, day: dt.date) -> list[T]:
    """Return an agency's rows that are dated up to a day, the latest last."""
    rows: list[tuple[dt.date, str, T]] = [
        (row.date, row.id, row)  # type: ignore[attr-defined]  # every table here has both.
        for row in _of(archive, model, agency)
    ]
    return [row for date, _, row in sorted(rows, key=lambda one: one[:2]) if date <= day]
