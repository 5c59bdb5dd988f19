"""What the archive knows beside an indicator, for whoever scores it.

Facts only, with their days: what they are worth in points is the rater's judgement.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

from sqlmodel import SQLModel, col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.campaign import Activity, CreationTitle, Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import offices
from hrintegrity.notice.indicators import Annex, kept_annex
from hrintegrity.notice.words import (
    ACTIVITY,
    COMPLAINT_KIND,
    INCENTIVE,
    KIND,
    MEASURE,
    OUTCOME,
    REVIEW_RESULT,
    SYSTEM,
    TITLE,
    VERDICT,
)
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.years import whole_years

SHOWN = 3

Fact = tuple[str, str]
"""A kind of records (`Indicator.topic`) and what they say in Chinese."""

T = TypeVar("T", bound=SQLModel)


def about(agency: Agency) -> str:
    """Return one line on the agency: whose it is, what it is, and whether it still is."""
    parts = [offices.district_name(agency.district), KIND.chinese(agency.kind)]
    if agency.grade:
        parts.append(f"等级 {agency.grade}")
    if agency.status == "closed":
        parts.append(f"已于 {agency.closed} 终止")
    return "，".join(parts)


def beside(
    archive: Archive, agency: Agency, annex: Annex, *, year: int, source: str, today: dt.date
) -> dict[int, tuple[str, ...]]:
    """Return Chinese sentences by indicator; one of which nothing is known is absent."""
    facts = (
        *_register(archive, agency, today),
        *_compliance(archive, agency, annex, today),
        *_inspections(archive, agency),
        *_staff(archive, agency),
        *_complaints(archive, agency),
        *_measures(archive, agency),
        *_campaign(archive, agency, year),
    )
    by_number = [
        *((annex.by_topic[topic].id, text) for topic, text in facts if topic in annex.by_topic),
        *_earlier(archive, agency, annex, year),
        *_self_evaluation(archive, agency, annex, year, source),
    ]
    found: dict[int, tuple[str, ...]] = {}
    for number, text in by_number:
        found[number] = (*found.get(number, ()), text)
    return found


def _register(archive: Archive, agency: Agency, today: dt.date) -> Iterator[Fact]:
    licence = f"许可证号 {agency.license}" if agency.license else "许可证号没有登记"
    yield "established", f"{licence}；法定代表人 {agency.representative or '没有登记'}"
    if agency.code_mark:
        yield "established", f"代码 {agency.code}：{agency.code_mark}"
    for row in _of(archive, FormerName, agency, FormerName.until):
        yield "reviewed", f"原名 {row.name}，用到 {row.until}"
    if agency.since is None:
        yield "in_service", "从业起始日期没有登记"
    else:
        years = whole_years(agency.since, today)
        yield "in_service", f"自 {agency.since} 从业，到 {today} 满 {years} 年"
    yield "premises", f"地址 {agency.address}" if agency.address else "地址没有登记"
    if agency.grade:
        graded = f"（{agency.graded}登记）" if agency.graded else ""
        yield "quality", f"地方标准评定等级 {agency.grade}{graded}"


def _compliance(archive: Archive, agency: Agency, annex: Annex, today: dt.date) -> Iterator[Fact]:
    for review in _latest(_of(archive, Review, agency, Review.date)):
        yield (
            "reviewed",
            f"{review.year} 年审{REVIEW_RESULT.chinese(review.result)}（{review.date}）",
        )
    indicator = annex.by_topic.get("penalties")
    years = (indicator.years or 0) if indicator else 0
    penalties = _of(archive, Penalty, agency, Penalty.date)
    recent = [row for row in penalties if whole_years(row.date, today) < years]
    for penalty in recent:
        yield "penalties", f"{penalty.date} {penalty.authority}行政处罚：{penalty.basis}"
    if not recent:
        yield "penalties", f"近 {years} 年没有登记过行政处罚"


def _inspections(archive: Archive, agency: Agency) -> Iterator[Fact]:
    inspections = _of(archive, Inspection, agency, Inspection.date)
    for last in inspections[-1:]:
        for number, system in (
            ("publicity", "publicity"),
            ("records", "ledger"),
            ("clients", "feedback"),
        ):
            verdict = getattr(last, system)
            if verdict in VERDICT:
                text = f"{SYSTEM.chinese(system)}制度{VERDICT.chinese(verdict)}"
                yield number, f"{last.date} 检查：{text}"
        yield "supervision", f"检查过 {len(inspections)} 次，最近 {last.date}"
    for gap in _of(archive, Gap, agency, Gap.found):
        state = f"{gap.mended} 已补建" if gap.mended else f"限 {gap.deadline} 前补建，还没有补建"
        yield (
            "supervision",
            f"{gap.found} 检查发现{SYSTEM.chinese(gap.system)}制度没有建立，{state}",
        )


def _staff(archive: Archive, agency: Agency) -> Iterator[Fact]:
    query = (
        select(Practitioner)
        .join(Employment, col(Employment.practitioner_id) == Practitioner.id)
        .where(Employment.agency_id == agency.id, col(Employment.left).is_(None))
    )
    people = archive.session.exec(query).all()
    if people:
        certified = sum(1 for person in people if person.certificate)
        pledged = sum(1 for person in people if person.pledged)
        yield (
            "staff",
            f"从业人员 {len(people)} 人，有资格证 {certified} 人，签署承诺书 {pledged} 人",
        )


def _complaints(archive: Archive, agency: Agency) -> Iterator[Fact]:
    rows = [
        row
        for row in _of(archive, Complaint, agency, Complaint.received)
        if row.kind != "suggestion"
    ]
    for row in _latest(rows):
        result = OUTCOME.chinese(row.outcome) if row.outcome else "还没有办结"
        yield (
            "disputes",
            f"{row.received} {COMPLAINT_KIND.chinese(row.kind)}“{row.subject}”，{result}",
        )
    if rows:
        substantiated = sum(1 for row in rows if row.outcome == "substantiated")
        yield "disputes", f"共有投诉举报 {len(rows)} 件，查实 {substantiated} 件"
    else:
        yield "disputes", "没有登记过投诉举报"


def _measures(archive: Archive, agency: Agency) -> Iterator[Fact]:
    for sanction in _of(archive, Sanction, agency, Sanction.date):
        if sanction.withdrawn is None and sanction.practitioner_id is None:
            kind = MEASURE.chinese(sanction.kind)
            yield "supervision", f"{sanction.date} 惩戒（{kind}）：{sanction.grounds}"
    for reward in _latest(_of(archive, Reward, agency, Reward.date)):
        yield "reputation", f"{reward.date} {INCENTIVE.chinese(reward.kind)}：{reward.note}"
    for unit in _of(archive, Unit, agency, Unit.awarded):
        state = "，称号已撤销" if unit.revoked else ""
        yield "reputation", f"{unit.awarded} 诚信服务示范单位（标牌 {unit.plaque}）{state}"


def _campaign(archive: Archive, agency: Agency, year: int) -> Iterator[Fact]:
    """Yield what the campaign month knows of the agency, and what its district did in it."""
    for title in _of(archive, CreationTitle, agency, CreationTitle.date):
        yield "reputation", f"{title.date} {TITLE.chinese(title.title)}"
    for row in _of(archive, Outstanding, agency, Outstanding.date):
        yield "activities", f"{row.year}年“诚信服务月”表现突出：{row.reason}"
    query = select(Activity).where(Activity.district == agency.district, Activity.year == year)
    held = [row.kind for row in archive.session.exec(query)]
    if held:
        counted = "、".join(
            f"{ACTIVITY.chinese(kind)} {held.count(kind)} 次" for kind in ACTIVITY if kind in held
        )
        yield "activities", f"本区县当年的活动：{counted}；这家机构是否参加没有登记"


def _earlier(
    archive: Archive, agency: Agency, annex: Annex, year: int
) -> Iterator[tuple[int, str]]:
    """Yield what the indicators came to in the last campaign before this one, if it had them."""
    query = (
        select(Conclusion)
        .where(Conclusion.agency_id == agency.id, Conclusion.year < year)
        .where(col(Conclusion.reopened).is_(None))
        .order_by(col(Conclusion.year).desc())
    )
    last = archive.session.exec(query).first()
    if last is None:
        return
    then = {one.name: one.id for one in kept_annex(last.annex).indicators}
    parts = {part["id"]: part for part in json.loads(last.result)["indicators"]}
    for indicator in annex.indicators:
        part = parts.get(then.get(indicator.name))
        if part is not None and part["score"] is not None:
            yield (
                indicator.id,
                f"{last.year}年得 {part['score']:g} 分（满分 {part['max']:g}）",
            )


def _self_evaluation(
    archive: Archive, agency: Agency, annex: Annex, year: int, source: str
) -> Iterator[tuple[int, str]]:
    """Yield to an expert, who checks it, what the agency gave itself."""
    if source != "expert":
        return
    query = select(ScoreSheet.scores).where(
        ScoreSheet.agency_id == agency.id, ScoreSheet.year == year, ScoreSheet.source == "self"
    )
    rows = [json.loads(scores) for scores in archive.session.exec(query)]
    for indicator, column in zip(annex.indicators, zip(*rows, strict=True), strict=False):
        given = [score for score in column if score is not None]
        if given:
            mean = Fraction(sum(given), 10 * len(given))
            yield indicator.id, f"机构自评 {exact_text(mean, 2)} 分"


def _of(archive: Archive, model: type[T], agency: Agency, day: object) -> list[T]:
    """Return an agency's rows of a table in the order of a day."""
    agency_id = model.agency_id  # type: ignore[attr-defined]  # every table here has it.
    query = select(model).where(agency_id == agency.id).order_by(day)  # type: ignore[arg-type]
    return list(archive.session.exec(query))


def _latest(rows: Iterable[T]) -> list[T]:
    return list(rows)[-SHOWN:]
