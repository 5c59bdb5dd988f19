"""Facts on record that speak against certain scores of agencies (附件1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Row
from sqlalchemy import select as columns
from sqlmodel import col

from hrintegrity.archive.asking import listed
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import table_of
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import Record
from hrintegrity.archive.tables.campaign import CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.duties.assessment import annexes
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.notice.indicators import Annex
from hrintegrity.notice.words import INCENTIVE, REVIEW_RESULT, SANCTION_STATE, SYSTEM, TITLE
from hrintegrity.rules.contradictions import Doubt
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.sanctions import state_of
from hrintegrity.rules.years import whole_years

Doubts = Mapping[int, tuple[Doubt, ...]]
"""What speaks against scores, by the number of the indicator."""


class About(NamedTuple):
    """A doubt about an agency, and the kind of records (`Indicator.topic`) that it comes from."""

    agency_id: str
    topic: str
    doubt: Doubt


_SYSTEMS = {
    "publicity": "publicity",
    "ledger": "records",
    "feedback": "clients",
}


def of_agency(archive: Archive, agency_id: str, annex: Annex, day: dt.date) -> Doubts:
    """Return by indicator what speaks against a score, by what is dated up to a day."""
    return of_agencies(archive, [agency_id], annex, day)[agency_id]


def of_agencies(
    archive: Archive, ids: Sequence[str], annex: Annex, day: dt.date
) -> Mapping[str, Doubts]:
    """Return for each of these agencies what speaks against a score, up to a day."""
    records = _Records(archive, ids, day)
    found: dict[str, dict[int, tuple[Doubt, ...]]] = {agency_id: {} for agency_id in ids}
    for agency_id, topic, doubt in chain(
        _service(records, _years(annex, "in_service")),
        _penalties(records, _years(annex, "penalties")),
        _reviews(records),
        _inspections(records),
        _orders(records),
        _complaints(records),
        _praise(records),
    ):
        indicator = annex.by_topic.get(topic)
        if indicator is not None:
            of_one = found[agency_id]
            of_one[indicator.id] = (*of_one.get(indicator.id, ()), doubt)
    return found


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


def reservations(archive: Archive, agency: Agency, *, year: int, day: dt.date) -> tuple[str, ...]:
    """Return in Chinese the penalties of late and the gaps that an agency has on a day.

    They bar neither a recommendation nor a reward, but whoever decides on one should know of them;
    how far back a penalty counts is said by the year's annex (附件1: 近2年未受过).
    """
    records = _Records(archive, [agency.id], day)
    penalties = _penalties(records, _years(annexes.in_use(archive, year), "penalties"))
    found = [penalty.doubt.fact for penalty in penalties]
    found += [
        f"{gap.found} 检查发现的{SYSTEM.chinese(gap.system)}缺项还没有补建（期限 {gap.deadline}）"
        for gap in records.of(Gap, dated="found")
        if gap.mended is None or gap.mended > day
    ]
    return tuple(f"{agency.name}{fact}，请核对。" for fact in found)


class _Records:
    """The records of some agencies that are dated up to a day."""

    def __init__(self, archive: Archive, ids: Sequence[str], day: dt.date) -> None:
        self._archive = archive
        self._listed = listed(archive, ids)
        self.day = day

    def since(self) -> Iterable[Row[Any]]:
        """Return `id` and `since` of each agency, the latter where it is known."""
        query = columns(col(Agency.id), col(Agency.since)).where(col(Agency.id).in_(self._listed))
        return self._archive.connection.execute(query)

    def of(self, model: type[Record], dated: str = "date") -> list[Row[Any]]:
        """Return the rows of a table that has `agency_id`, the latest last."""
        # Plain rows: an object of the model takes several times as long to make.
        table = table_of(model)
        query = columns(table).where(
            table.c.agency_id.in_(self._listed), table.c[dated] <= self.day
        )
        found = self._archive.connection.execute(query).all()
        return sorted(found, key=attrgetter(dated, "id"))

    def last(self, model: type[Record]) -> Iterable[Row[Any]]:
        """Return the latest row of each agency that has any."""
        return {row.agency_id: row for row in self.of(model)}.values()


def _years(annex: Annex, topic: str) -> int | None:
    """Return the years that the indicator of a topic asks for, if the annex has it."""
    indicator = annex.by_topic.get(topic)
    return None if indicator is None else indicator.years


def _service(records: _Records, needed: int | None) -> Iterator[About]:
    for row in records.since():
        if row.since is None or needed is None:
            continue
        years = whole_years(row.since, records.day)
        fact = f"自 {row.since} 从业，到 {records.day} 满 {years} 年"
        if years < needed:
            yield About(row.id, "in_service", Doubt("any", f"{fact}，不到 {needed} 年"))
        else:
            yield About(row.id, "in_service", Doubt("none", f"{fact}，已满 {needed} 年"))


def _penalties(records: _Records, needed: int | None) -> Iterator[About]:
    for row in records.of(Penalty):
        if needed is not None and whole_years(row.date, records.day) < needed:
            fact = f"近 {needed} 年内（{row.date}）受过{row.authority}的行政处罚"
            yield About(row.agency_id, "penalties", Doubt("any", fact))


def _reviews(records: _Records) -> Iterator[About]:
    for last in records.last(Review):
        if last.result != "passed":
            fact = f"{last.year}年度年审{REVIEW_RESULT.chinese(last.result)}（{last.date}）"
            yield About(last.agency_id, "reviewed", Doubt("full", fact))


def _inspections(records: _Records) -> Iterator[About]:
    """Yield what the last inspection found missing, unless it was made good since."""
    mended = {(gap.inspection_id, gap.system) for gap in records.of(Gap, dated="mended")}
    for last in records.last(Inspection):
        for system, topic in _SYSTEMS.items():
            if getattr(last, system) == "fail" and (last.id, system) not in mended:
                fact = f"{last.date} 检查{SYSTEM.chinese(system)}制度不合格，没有补建"
                yield About(last.agency_id, topic, Doubt("full", fact))


def _orders(records: _Records) -> Iterator[About]:
    day = records.day
    for row in records.of(Sanction):
        withdrawn = row.withdrawn is not None and row.withdrawn <= day
        state = state_of(
            row.kind,
            mended=row.mended if row.mended and row.mended <= day else None,
            failed=row.failed if row.failed and row.failed <= day else None,
            withdrawn=withdrawn,
        )
        if state in ("open", "failed") and row.practitioner_id is None:
            fact = f"{row.date} 责令整改（{row.grounds}），{SANCTION_STATE.chinese(state)}"
            yield About(row.agency_id, "supervision", Doubt("full", fact))


def _complaints(records: _Records) -> Iterator[About]:
    rows = records.of(Complaint, dated="closed")
    for row in sorted(rows, key=attrgetter("received", "id")):
        if row.outcome == "substantiated":
            fact = f"{row.received} 受理的投诉举报“{row.subject}”查实"
            yield About(row.agency_id, "clients", Doubt("full", fact))
            if row.dishonest:
                yield About(row.agency_id, "disputes", Doubt("full", f"{fact}为不诚信行为"))


def _praise(records: _Records) -> Iterator[About]:
    for row in records.of(Reward):
        if row.kind == "honour":
            fact = f"{row.date} {INCENTIVE.chinese(row.kind)}：{row.note}"
            yield About(row.agency_id, "reputation", Doubt("none", fact))
    for row in records.of(CreationTitle):
        fact = f"{row.date} 获得{TITLE.chinese(row.title)}称号"
        yield About(row.agency_id, "reputation", Doubt("none", fact))
    for row in records.of(Outstanding):
        fact = f"{row.year}年“诚信服务月”表现突出：{row.reason}"
        yield About(row.agency_id, "activities", Doubt("none", fact))
