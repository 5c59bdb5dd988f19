"""Concluding an assessment, objections to it, and opening it again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from sqlmodel import func, select

from hrintegrity.archive import door
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Objection, ScoreSheet
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import results, sheets
from hrintegrity.errors import RuleError

T = TypeVar("T")
Progress = Callable[[Sequence[T]], Iterable[T]]


@dataclass(frozen=True)
class ConclusionView:
    """A conclusion as scripts see it."""

    id: str
    code: str
    name: str
    year: int
    sequence: int
    date: dt.date
    total: Decimal
    band: str
    status: str


@dataclass(frozen=True)
class Concluded:
    """What was concluded, and the names of the agencies that were passed over, by why."""

    concluded: list[ConclusionView]
    without_sheets: list[str]
    without_total: list[str]
    already: int


@dataclass(frozen=True)
class ObjectionView:
    """An objection as scripts see it."""

    id: str
    code: str
    name: str
    year: int
    date: dt.date
    text: str


def conclude(
    archive: Archive, texts: Sequence[str], *, year: int | None, today: dt.date
) -> Concluded:
    """Freeze result and standard of these agencies, all or none.

    Raises RuleError `no-sheets`, `no-total` or `concluded`.
    """
    year = offices.campaign(archive, year).year
    found = list(
        {agency.id: agency for agency in (agencies.find(archive, t) for t in texts)}.values()
    )
    rows = sheets.of_agencies(archive, year, [agency.id for agency in found])
    views = []
    for agency in found:
        if sheets.current_conclusion(archive, agency.id, year) is not None:
            raise RuleError(
                "concluded", f"{agency.name}{year}年的评估已评定。", "确需更改的，先重新开启。"
            )
        if agency.id not in rows:
            raise RuleError(
                "no-sheets", f"{agency.name}{year}年还没有评分表，不能评定。", "请先评分。"
            )
        view = _conclude(archive, agency, year, rows[agency.id], today)
        if view is None:
            raise RuleError(
                "no-total",
                f"{agency.name}只有权重为 0 的来源的评分表，得不出总分。",
                "请补上其他来源的评分表，或更改评估标准的权重。",
                clause="三(五)",
            )
        views.append(view)
    return Concluded(views, [], [], 0)


def conclude_all(
    archive: Archive,
    *,
    district: str | None,
    year: int | None,
    today: dt.date,
    progress: Progress[Agency] = iter,
) -> Concluded:
    """Conclude every agency that has sheets and is not concluded yet; name the others."""
    year = offices.campaign(archive, year).year
    waiting: list[Agency] = []
    without_sheets, without_total, already, views = [], [], 0, []
    items = results.work_list(archive, district=district, year=year)
    by_code = {agency.code: agency for agency in archive.session.exec(select(Agency))}
    for item in items:
        if item.status == "none":
            without_sheets.append(item.name)
        elif item.status == "open":
            waiting.append(by_code[item.code])
        else:
            already += 1
    rows = sheets.of_agencies(archive, year, [agency.id for agency in waiting])
    for agency in progress(waiting):
        view = _conclude(archive, agency, year, rows[agency.id], today)
        if view is None:
            without_total.append(agency.name)
        else:
            views.append(view)
    return Concluded(views, without_sheets, without_total, already)


def _conclude(
    archive: Archive, agency: Agency, year: int, rows: list[ScoreSheet], today: dt.date
) -> ConclusionView | None:
    found = results.compute(archive, agency, year, rows)
    total = found.shown_total
    if total is None or found.band is None:
        return None
    made_of = [
        {
            "id": row.id,
            "source": row.source,
            "rater": row.rater,
            "date": row.date.isoformat(),
            "scores": json.loads(row.scores),
        }
        for row in rows
    ]
    earlier = archive.session.exec(
        select(func.count()).where(Conclusion.agency_id == agency.id, Conclusion.year == year)
    ).one()
    conclusion = door.insert(
        archive,
        Conclusion(
            agency_id=agency.id,
            year=year,
            sequence=earlier + 1,
            date=today,
            total=int(total.scaleb(2)),
            band=found.band,
            standard=_json(found.standard.as_mapping()),
            sheets=_json(made_of),
            result=_json(found.as_mapping()),
        ),
    )
    return _view(archive, agency, conclusion)


def object_to(
    archive: Archive, text: str, *, year: int | None, date: dt.date, objection: str
) -> ObjectionView:
    """Record what an agency objects to its result. Raises RuleError `not-concluded`."""
    agency, conclusion = standing(archive, text, year)
    row = door.insert(
        archive, Objection(conclusion_id=conclusion.id, date=date, text=objection.strip())
    )
    return ObjectionView(row.id, agency.code, agency.name, conclusion.year, date, row.text)


def reopen(
    archive: Archive, text: str, *, year: int | None, today: dt.date, reason: str
) -> ConclusionView:
    """Open a concluded assessment again; what was concluded is kept.

    Raises RuleError `not-concluded`.
    """
    agency, conclusion = standing(archive, text, year)
    door.update(archive, conclusion, reason=reason, reopened=today, reopen_reason=reason)
    return _view(archive, agency, conclusion)


def standing(archive: Archive, text: str, year: int | None) -> tuple[Agency, Conclusion]:
    """Return an agency and its standing conclusion. Raises RuleError `not-concluded`."""
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    if conclusion is None:
        raise not_concluded(agency, year)
    return agency, conclusion


def not_concluded(agency: Agency, year: int) -> RuleError:
    """Return the error for an assessment that was not concluded."""
    return RuleError(
        "not-concluded",
        f"{agency.name}{year}年的评估还没有评定。",
        "请先用 hri assess conclude 评定。",
        clause="三(五)",
    )


def _view(archive: Archive, agency: Agency, row: Conclusion) -> ConclusionView:
    return ConclusionView(
        row.id,
        agency.code,
        agency.name,
        row.year,
        row.sequence,
        row.date,
        Decimal(row.total).scaleb(-2),
        row.band,
        results.status_of(archive, agency.id, row.year),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
