"""The result of one agency: what its sheets come to, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Objection
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import cases, kept, sheets
from hrintegrity.duties.assessment.standards import Standards, title
from hrintegrity.notice.indicators import Annex
from hrintegrity.rules.assessment import Result, assess
from hrintegrity.rules.contradictions import contradictions
from hrintegrity.rules.exact import plain_number, round_half_up
from hrintegrity.rules.explanation import Step, explain
from hrintegrity.rules.ordering import disagreements


@dataclass(frozen=True)
class Explanation:
    """How a total came about, where the sources disagree most, and what the records contradict."""

    result: dict[str, Any]
    steps: list[Step]
    disagreements: list[dict[str, Any]]
    contradictions: list[dict[str, Any]]

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it: `value` rounded to two decimals, `exact` as it is."""
        steps = [
            {
                "kind": step.kind,
                "label": step.label,
                "reckoning": step.reckoning,
                "value": None if step.value is None else float(round_half_up(step.value)),
                "exact": None if step.value is None else str(plain_number(step.value)),
            }
            for step in self.steps
        ]
        return {
            "result": self.result,
            "steps": steps,
            "disagreements": self.disagreements,
            "contradictions": self.contradictions,
        }


@dataclass(frozen=True)
class _Known:
    """An agency's assessment: concluded, or what its sheets come to so far."""

    agency: Agency
    year: int
    result: Result
    conclusion: Conclusion | None


def result(archive: Archive, text: str, year: int | None, *, today: dt.date) -> dict[str, Any]:
    """Return an agency's result as JSON shows it: the concluded one, or the one as of today."""
    return _as_mapping(archive, _known(archive, text, year, today))


def explanation(archive: Archive, text: str, year: int | None, *, today: dt.date) -> Explanation:
    """Return how an agency's total came about.

    Facts are those on record up to the day of the conclusion, or up to today.
    """
    # The tables of facts take long to import, and lists and results go without them.
    from hrintegrity.duties.assessment import doubts  # noqa: PLC0415

    known = _known(archive, text, year, today)
    apart = [
        {
            "id": part.indicator.id,
            "name": part.indicator.name,
            "spread": _shown(part.spread),
            "by_source": {source: _shown(score) for source, score in part.by_source.items()},
        }
        for part in disagreements(known.result)
    ]
    case = known.result.case
    against_scores = doubts.of_agency(archive, known.agency.id, case.annex, case.day)
    against = [
        {
            "id": one.indicator,
            "name": one.name,
            "source": one.source,
            "score": _shown(one.score),
            "max": _shown(one.most),
            "fact": one.fact,
        }
        for one in contradictions(known.result, against_scores)
    ]
    return Explanation(_as_mapping(archive, known), explain(known.result), apart, against)


def _known(archive: Archive, text: str, year: int | None, today: dt.date) -> _Known:
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    if conclusion is not None:
        return _Known(agency, year, kept.result(conclusion), conclusion)
    rows = sheets.of_agencies(archive, year, [agency.id]).get(agency.id, [])
    case = cases.by_district(agency, Standards(archive, year), today, rows)
    return _Known(agency, year, assess(case), None)


def _as_mapping(archive: Archive, known: _Known) -> dict[str, Any]:
    """Return the result with what was done about it; a concluded one says what it said then."""
    agency, found = known.agency, known.result
    paper, service = _notice(archive, known.conclusion)
    if known.conclusion is None:
        shown = found.as_mapping()
        status = "open" if any(found.sheets.values()) else "none"
    else:
        shown = kept.shown(known.conclusion)
        status = "concluded" if paper is None else "notified" if service is None else "served"
    head = {"code": agency.code, "name": agency.name, "year": known.year, "status": status}
    return head | shown | {
        "standard": title(found.standard, known.year),
        "annex": _annex(found.annex),
        "id": agency.id,
        "notice": paper.reference if paper else None,
        "served": service.date if service else None,
        "objections": _objections(archive, agency, known.year),
        "problems": list(found.problems),
    }  # fmt: skip


def _annex(annex: Annex) -> dict[str, Any]:
    """Return by which annex it is, and which indicators belong to which category."""
    return {
        "title": annex.title,
        "categories": [
            {"id": category.id, "indicators": [one.id for one in annex.indicators[span]]}
            for category, span in zip(annex.categories, annex.spans, strict=True)
        ],
    }


def _notice(
    archive: Archive, conclusion: Conclusion | None
) -> tuple[IssuedPaper | None, Service | None]:
    if conclusion is None:
        return None, None
    query = select(IssuedPaper).where(IssuedPaper.subject_id == conclusion.id)
    paper = archive.session.exec(query).first()
    if paper is None:
        return None, None
    return paper, archive.session.exec(select(Service).where(Service.paper_id == paper.id)).first()


def _objections(archive: Archive, agency: Agency, year: int) -> Sequence[dict[str, Any]]:
    """Return what the agency objected this year, also to conclusions that no longer stand."""
    query = (
        select(Objection)
        .join(Conclusion)
        .where(Conclusion.agency_id == agency.id, Conclusion.year == year)
        .order_by(col(Objection.date), Objection.id)
    )
    return [
        {
            "id": row.id,
            "date": row.date,
            "text": row.text,
            "answered": row.answered,
            "result": row.outcome,
            "answer": row.answer,
        }
        for row in archive.session.exec(query)
    ]


def _shown(score: Fraction) -> float:
    return float(round_half_up(score))
