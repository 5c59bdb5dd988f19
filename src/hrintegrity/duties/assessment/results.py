"""Results: of one agency, explained; the work list; the ranking."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import sheets, standards
from hrintegrity.errors import UnusableError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.assessment import Result, Sheet, combine, disagreements, rank
from hrintegrity.rules.explanation import Step, explain
from hrintegrity.rules.standard import parse_standard


@dataclass(frozen=True)
class WorkItem:
    """How far one agency's assessment is; before `concluded`, total and band are provisional."""

    code: str
    name: str
    district: str
    sheets: dict[str, int]
    status: str
    total: Decimal | None
    band: str | None
    id: str


@dataclass(frozen=True)
class Ranked:
    """A place in the ranking; ties share a place."""

    rank: int | None
    code: str
    name: str
    district: str
    total: Decimal | None
    band: str | None
    status: str
    missing_sources: list[str]
    standard: str
    id: str


@dataclass(frozen=True)
class Ranking:
    """The ranking, and whether its totals came about under different standards."""

    rows: list[Ranked]
    standards: list[str]


@dataclass(frozen=True)
class Explanation:
    """How a total came about, and where the sources disagree most."""

    result: dict[str, Any]
    steps: list[Step]
    disagreements: list[dict[str, Any]]


def status_of(archive: Archive, agency_id: str, year: int) -> str:
    """Return how far an agency's assessment is."""
    found = _statuses(archive, year, agency_id).get(agency_id)
    if found is not None:
        return found
    query = select(ScoreSheet.id).where(ScoreSheet.agency_id == agency_id, ScoreSheet.year == year)
    return "none" if archive.session.exec(query).first() is None else "open"


def compute(
    archive: Archive, agency: Agency, year: int, rows: Iterable[ScoreSheet] | None = None
) -> Result:
    """Return the result of an agency's sheets under the standard in use now."""
    if rows is None:
        rows = sheets.of_agencies(archive, year, [agency.id]).get(agency.id, [])
    standard = standards.in_use(archive, agency.district, year).standard
    return combine(map(sheets.as_rule, rows), standard)


def kept(conclusion: Conclusion) -> Result:
    """Return the result of a conclusion from the sheets and the standard it was made of.

    What was told to an agency must not change with a later program: raises UnusableError
    `result-differs` where the reckoning now comes to something else than what was concluded.
    """
    made_of = [
        Sheet(sheet["source"], sheet["rater"], tuple(sheet["scores"]))
        for sheet in json.loads(conclusion.sheets)
    ]
    found = combine(made_of, parse_standard(json.loads(conclusion.standard)))
    if found.as_mapping() != json.loads(conclusion.result):
        raise UnusableError(
            "result-differs",
            "按现在的程序重算，与当时评定的结果不符；评定的结果没有改动。",
            "请运行 hri archive verify，并告知维护人员。",
        )
    return found


def result_of(archive: Archive, agency: Agency, year: int) -> Result:
    """Return the result that stands: the concluded one, or the provisional one."""
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    return compute(archive, agency, year) if conclusion is None else kept(conclusion)


def result(archive: Archive, text: str, year: int | None) -> dict[str, Any]:
    """Return an agency's result as JSON shows it."""
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    return _as_mapping(archive, agency, year, result_of(archive, agency, year))


def _as_mapping(archive: Archive, agency: Agency, year: int, found: Result) -> dict[str, Any]:
    shown = found.as_mapping()
    status = status_of(archive, agency.id, year)
    head = {"code": agency.code, "name": agency.name, "year": year, "status": status}
    return head | shown | {"standard": found.standard.name, "id": agency.id}


def explanation(archive: Archive, text: str, year: int | None) -> Explanation:
    """Return how an agency's total came about."""
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    found = result_of(archive, agency, year)
    apart = [
        {
            "id": part.indicator.id,
            "name": part.indicator.name,
            "spread": float(part.spread),
            "by_source": {source: float(score) for source, score in part.by_source.items()},
        }
        for part in disagreements(found)
    ]
    return Explanation(_as_mapping(archive, agency, year, found), explain(found), apart)


def work_list(
    archive: Archive, *, district: str | None = None, year: int | None = None
) -> list[WorkItem]:
    """Return the agencies of this campaign and how far each is.

    Active agencies, and those that closed but have sheets of the year.
    """
    year = offices.campaign(archive, year).year
    return [item for item, _ in _items(archive, district, year)]


def ranking(archive: Archive, *, district: str | None = None, year: int | None = None) -> Ranking:
    """Return the agencies that have a total, the highest first; provisional totals among them."""
    year = offices.campaign(archive, year).year
    placed = [pair for pair in _items(archive, district, year) if pair[0].total is not None]
    rows = [
        Ranked(
            place,
            item.code,
            item.name,
            item.district,
            item.total,
            item.band,
            item.status,
            [source for source in SOURCE if not item.sheets[source]],
            standard,
            item.id,
        )
        for place, (item, standard) in rank(placed, lambda pair: pair[0].total)
    ]
    return Ranking(rows, sorted({row.standard for row in rows}))


def _items(archive: Archive, district: str | None, year: int) -> list[tuple[WorkItem, str]]:
    """Return the work list with the name of each agency's standard."""
    district = offices.scope(archive, district)
    query = select(Agency)
    if district is not None:
        query = query.where(Agency.district == district)
    found = archive.session.exec(query).all()
    rows = sheets.of_agencies(archive, year, [agency.id for agency in found])
    concluded = _conclusions(archive, year)
    statuses = _statuses(archive, year)
    order = {code: place for place, code in enumerate(BY_CODE)}
    items = []
    for agency in sorted(found, key=lambda a: (order[a.district], a.code)):
        mine = rows.get(agency.id, [])
        if agency.status == "closed" and not mine:
            continue
        items.append(_item(archive, agency, year, mine, concluded.get(agency.id), statuses))
    return items


def _item(
    archive: Archive,
    agency: Agency,
    year: int,
    rows: list[ScoreSheet],
    conclusion: Conclusion | None,
    statuses: Mapping[str, str],
) -> tuple[WorkItem, str]:
    total: Decimal | None
    band: str | None
    if conclusion is not None:
        total, band = Decimal(conclusion.total).scaleb(-2), conclusion.band
        counts = _counts(sheet["source"] for sheet in json.loads(conclusion.sheets))
        standard = json.loads(conclusion.standard)["name"]
    else:
        computed = compute(archive, agency, year, rows)
        total, band = computed.shown_total, computed.band
        counts, standard = dict(computed.sheets), computed.standard.name
    status = statuses.get(agency.id) or ("open" if rows else "none")
    item = WorkItem(
        agency.code, agency.name, agency.district, counts, status, total, band, agency.id
    )
    return item, standard


def _counts(found: Iterable[str]) -> dict[str, int]:
    listed = list(found)
    return {source: listed.count(source) for source in SOURCE}


def _conclusions(archive: Archive, year: int) -> dict[str, Conclusion]:
    query = select(Conclusion).where(Conclusion.year == year, col(Conclusion.reopened).is_(None))
    return {row.agency_id: row for row in archive.session.exec(query)}


def _statuses(archive: Archive, year: int, agency_id: str | None = None) -> dict[str, str]:
    """Return how far the agencies with a standing conclusion are."""
    query = (
        select(Conclusion.agency_id, IssuedPaper.id, Service.id)
        .join(IssuedPaper, col(IssuedPaper.subject_id) == Conclusion.id, isouter=True)
        .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
        .where(Conclusion.year == year, col(Conclusion.reopened).is_(None))
    )
    if agency_id is not None:
        query = query.where(Conclusion.agency_id == agency_id)
    return {
        agency: "concluded" if paper is None else "notified" if service is None else "served"
        for agency, paper, service in archive.session.exec(query)
    }
