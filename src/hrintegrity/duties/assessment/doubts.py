"""Facts on record that speak against certain scores of agencies (附件1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import col

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import table_of
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import Record
from hrintegrity.archive.tables.campaign import CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.notice.indicators import Annex
from hrintegrity.notice.words import INCENTIVE, REVIEW_RESULT, SANCTION_STATE, SYSTEM, TITLE
from hrintegrity.rules.contradictions import Doubt
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.sanctions import state_of
from hrintegrity.rules.years import whole_years

Doubts = Mapping[int, tuple[Doubt, ...]]
"""What speaks against scores, by the number of the indicator."""

About = tuple[str, Doubt]
"""A kind of records (`Indicator.topic`) and what they speak against."""

_SYSTEMS = {
    "publicity": "publicity",
    "ledger": "records",
    "feedback": "clients",
}


def of_agency(archive: Archive, agency_id: str, annex: Annex, day: dt.date) -> Doubts:
    """Return by indicator what speaks against a score, by what is dated up to a day."""
    return of_agencies(archive, [agency_id], annex, day).get(agency_id, {})


def of_agencies(
    archive: Archive, ids: Sequence[str], annex: Annex, day: dt.date
) -> Mapping[str, Doubts]:
    """Return for each of these agencies what speaks against a score, up to a day."""
    known = _Known(archive, ids, day)
    return {agency_id: _of_one(known, agency_id, annex) for agency_id in ids}


def about_scores(
    archive: Archive, agency: Agency, scores: Mapping[int, Fraction], *, year: int, day: dt.date
) -> list[str]:
    """Return in Chinese what on record contradicts scores in points, in the annex's order."""
    standards = Standards(archive, year)
    standard, annex = standards.of(agency.district).standard, standards.annex
    found = of_agency(archive, agency.id, annex, day)
    return [
        f"{indicator.heading} {exact_text(score)} 分：{doubt.fact}"
        for indicator, tenths in zip(annex.indicators, standard.points, strict=True)
        for doubt in found.get(indicator.id, ())
        if (score := scores.get(indicator.id)) is not None
        and doubt.contradicts(score, Fraction(tenths, 10))
    ]


class _Known:
    """The records of some agencies, dated up to a day, each table read once."""

    def __init__(self, archive: Archive, ids: Sequence[str], day: dt.date) -> None:
        self._archive = archive
        self._ids = ids
        self._read: dict[type[Record], dict[str, list[Any]]] = {}
        self.day = day
        since = columns(col(Agency.id), col(Agency.since)).where(col(Agency.id).in_(ids))
        self.since: dict[str, dt.date | None] = dict(iter(archive.connection.execute(since)))

    def of(self, model: type[Record], agency_id: str) -> list[Any]:
        """Return an agency's rows of a table that has `agency_id`."""
        if model not in self._read:
            # Plain rows: an object of the model takes several times as long to make.
            table = table_of(model)
            query = columns(table).where(table.c.agency_id.in_(self._ids))
            by_agency: dict[str, list[Any]] = {}
            for row in self._archive.connection.execute(query):
                by_agency.setdefault(row.agency_id, []).append(row)
            self._read[model] = by_agency
        return self._read[model].get(agency_id, [])

    def until(self, model: type[Record], agency_id: str) -> list[Any]:
        """Return an agency's rows that are dated up to the day, the latest last."""
        rows = [row for row in self.of(model, agency_id) if row.date <= self.day]
        return sorted(rows, key=attrgetter("date", "id")) if len(rows) > 1 else rows


def _of_one(known: _Known, agency_id: str, annex: Annex) -> Doubts:
    found: dict[int, tuple[Doubt, ...]] = {}
    for topic, doubt in (
        *_service(known, agency_id, _years(annex, "in_service")),
        *_penalties(known, agency_id, _years(annex, "penalties")),
        *_reviews(known, agency_id),
        *_inspection(known, agency_id),
        *_orders(known, agency_id),
        *_complaints(known, agency_id),
        *_praise(known, agency_id),
    ):
        indicator = annex.by_topic.get(topic)
        if indicator is not None:
            found[indicator.id] = (*found.get(indicator.id, ()), doubt)
    return found


def _years(annex: Annex, topic: str) -> int | None:
    """Return the years that an indicator asks for, if the annex has it."""
    indicator = annex.by_topic.get(topic)
    return None if indicator is None else indicator.years


def _service(known: _Known, agency_id: str, needed: int | None) -> Iterator[About]:
    since = known.since.get(agency_id)
    if since is None or needed is None:
        return
    years = whole_years(since, known.day)
    fact = f"自 {since} 从业，到 {known.day} 满 {years} 年"
    if years < needed:
        yield "in_service", Doubt("any", f"{fact}，不到 {needed} 年")
    else:
        yield "in_service", Doubt("none", f"{fact}，已满 {needed} 年")


def _penalties(known: _Known, agency_id: str, needed: int | None) -> Iterator[About]:
    for penalty in known.until(Penalty, agency_id):
        if needed is not None and whole_years(penalty.date, known.day) < needed:
            fact = f"近 {needed} 年内（{penalty.date}）受过{penalty.authority}的行政处罚"
            yield "penalties", Doubt("any", fact)


def _reviews(known: _Known, agency_id: str) -> Iterator[About]:
    for last in known.until(Review, agency_id)[-1:]:
        if last.result != "passed":
            fact = f"{last.year}年度年审{REVIEW_RESULT.chinese(last.result)}（{last.date}）"
            yield "reviewed", Doubt("full", fact)


def _inspection(known: _Known, agency_id: str) -> Iterator[About]:
    """Yield what the last inspection found missing, unless it was made good since."""
    mended = {
        (gap.inspection_id, gap.system)
        for gap in known.of(Gap, agency_id)
        if gap.mended is not None and gap.mended <= known.day
    }
    for last in known.until(Inspection, agency_id)[-1:]:
        for system, topic in _SYSTEMS.items():
            if getattr(last, system) == "fail" and (last.id, system) not in mended:
                fact = f"{last.date} 检查{SYSTEM.chinese(system)}制度不合格，没有补建"
                yield topic, Doubt("full", fact)


def _orders(known: _Known, agency_id: str) -> Iterator[About]:
    day = known.day
    for row in known.until(Sanction, agency_id):
        withdrawn = row.withdrawn is not None and row.withdrawn <= day
        state = state_of(
            row.kind,
            mended=row.mended if row.mended and row.mended <= day else None,
            failed=row.failed if row.failed and row.failed <= day else None,
            withdrawn=withdrawn,
        )
        if state in ("open", "failed") and row.practitioner_id is None:
            fact = f"{row.date} 责令整改（{row.grounds}），{SANCTION_STATE.chinese(state)}"
            yield "supervision", Doubt("full", fact)


def _complaints(known: _Known, agency_id: str) -> Iterator[About]:
    rows = known.of(Complaint, agency_id)
    for row in sorted(rows, key=lambda one: (one.received, one.id)):
        if row.outcome == "substantiated" and row.closed is not None and row.closed <= known.day:
            fact = f"{row.received} 受理的投诉举报“{row.subject}”查实"
            yield "clients", Doubt("full", fact)
            if row.dishonest:
                yield "disputes", Doubt("full", f"{fact}为不诚信行为")


def _praise(known: _Known, agency_id: str) -> Iterator[About]:
    for reward in known.until(Reward, agency_id):
        if reward.kind == "honour":
            fact = f"{reward.date} {INCENTIVE.chinese(reward.kind)}：{reward.note}"
            yield "reputation", Doubt("none", fact)
    for title in known.until(CreationTitle, agency_id):
        fact = f"{title.date} 获得{TITLE.chinese(title.title)}称号"
        yield "reputation", Doubt("none", fact)
    for row in known.until(Outstanding, agency_id):
        fact = f"{row.year}年“诚信服务月”表现突出：{row.reason}"
        yield "activities", Doubt("none", fact)
