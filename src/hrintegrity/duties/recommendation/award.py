"""Conferring titles and plaques (三(七)), which bureau and association do together; who has them.

Losing a title and bringing the plaque back stand in `duties.units`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.recommendation import Recommendation, Submission, Unit
from hrintegrity.duties import agencies, offices, units
from hrintegrity.duties.recommendation import candidates, check, entries
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.rules.recommendation import UNITS, Candidate, Cause
from hrintegrity.text import fold


def award(
    archive: Archive,
    text: str,
    *,
    year: int | None,
    plaque: str,
    date: dt.date,
    despite: str | None = None,
) -> tuple[units.UnitView, tuple[str, ...]]:
    """Confer the title of a year on an agency that was submitted, and what looks odd about it.

    What happened after `date` does not stand in the way: such an award is typed in late, and the
    title is lost again at once. Raises RuleError `city-only`, `not-submitted` or, unless `despite`
    says why all the same, `not-eligible`; LookupFailedError `already-awarded` or `plaque-taken`.
    """
    if not offices.is_city(archive):
        raise RuleError(
            "city-only",
            "示范单位由市局和行业协会授予，只在市局的档案库中登记。",
            "本区县的称号随市局的数据包收到。",
            clause=UNITS,
        )
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    submitted = _selected(archive, agency, year)
    number = " ".join(fold(plaque).split())
    _refuse_taken(archive, agency, year, number)
    _refuse_ineligible(archive, agency, year, date, despite)
    unit = writer.insert(
        archive,
        Unit(agency_id=agency.id, year=year, plaque=number, awarded=date),
        reason=despite,
    )
    warnings: list[str] = []
    if date < submitted:
        what = "遴选" if agency.district == offices.CITY else "报送"
        warnings.append(f"授予日期 {date} 早于{what}日期 {submitted}，请核对。")
    lost = [one for one in units.settle(archive, agency) if one.id == unit.id]
    warnings += [f"{agency.name}的称号已因 {one.revoked} 的失信行为撤销。" for one in lost]
    return units.view(archive, unit, agency), tuple(warnings)


def listing(
    archive: Archive,
    *,
    district: str | None = None,
    year: int | None = None,
    overdue_by: dt.date | None = None,
) -> list[units.UnitView]:
    """Return the titles, of all years unless one is given, by year, award and code.

    With `overdue_by`, only those of which the plaque should be back by then and is not.
    """
    district = offices.scope(archive, district)
    query = select(Unit, Agency).join(Agency)
    if district is not None:
        query = query.where(Agency.district == district)
    if year is not None:
        query = query.where(Unit.year == year)
    query = query.order_by(col(Unit.year), col(Unit.awarded), col(Agency.code))
    found = [units.view(archive, unit, agency) for unit, agency in archive.session.exec(query)]
    if overdue_by is None:
        return found
    return [one for one in found if is_overdue(one, overdue_by)]


def is_overdue(unit: units.UnitView, today: dt.date) -> bool:
    """Whether the plaque of a lost title should be back by now; the last day is in time."""
    return (
        unit.state in ("reported", "revoked")
        and unit.recover_by is not None
        and unit.recover_by < today
    )


def _selected(archive: Archive, agency: Agency, year: int) -> dt.date:
    """Return when an agency was submitted, or one of the city's own was selected.

    The city submits nothing to itself, so that what a submission is checked for is checked here.
    Raises RuleError `not-submitted`, `quota-exceeded` or `incomplete`.
    """
    row = entries.row_of(archive, agency.id, year)
    if row is not None and row.submission_id is not None:
        return archive.session.get_one(Submission, row.submission_id).date
    if row is None or row.district != offices.CITY:
        how = "请先推荐并报送：hri recommend add、hri recommend submit。"
        if agency.district == offices.CITY:
            how = "请先列入遴选名单：hri recommend add。"
        raise RuleError(
            "not-submitted",
            f"{agency.name}没有作为{year}年的示范单位报送，不能授予。",
            how,
            clause=UNITS,
        )
    verdict = check.check(archive, offices.CITY, year)
    against = [
        *(one for one in verdict.problems if one.code == "quota-exceeded"),
        *(one for one in verdict.warnings
          if one.code == "incomplete" and agency.code in one.agencies),
    ]  # fmt: skip
    if against:
        raise RuleError(
            against[0].code,
            f"不能授予：{against[0].message}",
            "请改正后再授予；逐项情况见 hri recommend check-quota municipal。",
            clause=against[0].clause,
        )
    return row.date


def _refuse_taken(archive: Archive, agency: Agency, year: int, number: str) -> None:
    taken = archive.session.exec(
        select(Unit, Agency).join(Agency).where(Unit.plaque == number)
    ).first()
    held = archive.session.exec(
        select(Unit).where(Unit.agency_id == agency.id, Unit.year == year)
    ).first()
    if held is not None:
        raise LookupFailedError(
            "already-awarded",
            f"{agency.name}已授予{year}年示范单位（标牌 {held.plaque}）。",
            "已撤销的称号不再补授。" if held.revoked else "无需再次登记。",
        )
    if taken is not None:
        other, whose = taken
        raise LookupFailedError(
            "plaque-taken",
            f"标牌编号 {number} 已给{whose.name}（{other.year}年）。",
            "请核对标牌编号。",
        )


def _refuse_ineligible(
    archive: Archive, agency: Agency, year: int, date: dt.date, despite: str | None
) -> None:
    """Refuse an agency that something happened to before the award, unless that was excused."""
    row = archive.session.exec(
        select(Recommendation).where(
            Recommendation.agency_id == agency.id, Recommendation.year == year
        )
    ).one()
    known = _as_of(candidates.facts(archive, year, [agency])[agency.id], agency, date)
    excused = candidates.excused(row)
    against = [
        reason
        for reason in candidates.Judge(archive, year).reasons(known)
        if reason.key not in excused
    ]
    if against and despite is None:
        raise RuleError(
            "not-eligible",
            f"{agency.name}报送后不再符合推荐条件："
            f"{'；'.join(reason.message for reason in against)}。",
            "仍要授予的，用 --despite 写明理由。",
            clause=against[0].clause,
            details=[{"code": r.code, "message": r.message, "clause": r.clause} for r in against],
        )


def _as_of(known: Candidate, agency: Agency, date: dt.date) -> Candidate:
    """Return a candidate without what happened after a day."""

    def by_then(causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
        return tuple(cause for cause in causes if cause.date <= date)

    return replace(
        known,
        active=known.active or (agency.closed is not None and agency.closed > date),
        sanctions=by_then(known.sanctions),
        open_rectifications=by_then(known.open_rectifications),
        complaints=by_then(known.complaints),
        lost_titles=by_then(known.lost_titles),
    )
