"""The result of one agency: what its sheets come to, and how."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Objection, ScoreSheet
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import sheets, standards
from hrintegrity.errors import UnusableError
from hrintegrity.notice.indicators import indicators
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.assessment import Result, Sheet, combine, disagreements
from hrintegrity.rules.contradictions import contradictions
from hrintegrity.rules.exact import exact_text, plain_number, round_half_up
from hrintegrity.rules.explanation import Step, explain
from hrintegrity.rules.standard import Standard


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


def reckon(rows: Iterable[ScoreSheet], standard: Standard) -> Result:
    """Return what sheets come to under a standard.

    There is no total where a sheet has a score above the standard's points, as it may have when
    the standard was changed after it was filled in (`too_high`).
    """
    made_of = [sheets.as_rule(row) for row in rows]
    found = combine(made_of, standard)
    return replace(found, total=None, band=None) if too_high(made_of, standard) else found


def too_high(made_of: Iterable[Sheet], standard: Standard) -> list[str]:
    """Say in Chinese which scores are above the standard's points."""
    return [
        f"{SOURCE.chinese(sheet.source)}（{sheet.rater}）"
        f"{indicators()[place].heading} {exact_text(Fraction(score, 10))} 分，"
        f"超过现行标准的 {exact_text(Fraction(standard.points[place], 10))} 分"
        for sheet in made_of
        for place, score in enumerate(sheet.scores)
        if score > standard.points[place]
    ]


def kept(conclusion: Conclusion) -> Result:
    """Return the result of a conclusion from the sheets and the standard it was made of.

    What was told to an agency must not change with a later program: raises UnusableError
    `result-differs` where the reckoning now comes to something else than what was concluded.
    """
    made_of = [
        Sheet(sheet["source"], sheet["rater"], tuple(sheet["scores"]))
        for sheet in json.loads(conclusion.sheets)
    ]
    found = combine(made_of, standards.parsed(conclusion.standard))
    if found.as_mapping() != json.loads(conclusion.result):
        raise UnusableError(
            "result-differs",
            "按现在的程序重算，与当时评定的结果不符；评定的结果没有改动。",
            "请运行 hri archive verify，并告知维护人员。",
        )
    return found


@dataclass(frozen=True)
class _Known:
    """An agency's result that stands, and what was done about it."""

    agency: Agency
    year: int
    result: Result
    conclusion: Conclusion | None
    problems: list[str]


def result(archive: Archive, text: str, year: int | None) -> dict[str, Any]:
    """Return an agency's result as JSON shows it: the concluded one, or the provisional one."""
    return _as_mapping(archive, _known(archive, text, year))


def explanation(archive: Archive, text: str, year: int | None, *, today: dt.date) -> Explanation:
    """Return how an agency's total came about.

    Facts are those on record up to the day of the conclusion, or up to today.
    """
    # The tables of facts take long to import, and lists and results go without them.
    from hrintegrity.duties.assessment import doubts  # noqa: PLC0415

    known = _known(archive, text, year)
    apart = [
        {
            "id": part.indicator.id,
            "name": part.indicator.name,
            "spread": _shown(part.spread),
            "by_source": {source: _shown(score) for source, score in part.by_source.items()},
        }
        for part in disagreements(known.result)
    ]
    day = today if known.conclusion is None else known.conclusion.date
    against = [
        {
            "id": one.indicator,
            "name": one.name,
            "source": one.source,
            "score": _shown(one.score),
            "max": _shown(one.most),
            "fact": one.fact,
        }
        for one in contradictions(known.result, doubts.of_agency(archive, known.agency, day))
    ]
    return Explanation(_as_mapping(archive, known), explain(known.result), apart, against)


def _known(archive: Archive, text: str, year: int | None) -> _Known:
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    if conclusion is not None:
        return _Known(agency, year, kept(conclusion), conclusion, [])
    rows = sheets.of_agencies(archive, year, [agency.id]).get(agency.id, [])
    standard = standards.in_use(archive, agency.district, year).standard
    problems = too_high(map(sheets.as_rule, rows), standard)
    return _Known(agency, year, reckon(rows, standard), None, problems)


def _as_mapping(archive: Archive, known: _Known) -> dict[str, Any]:
    """Return the keys of docs/contract.md, and after them what else there is to know."""
    agency, found = known.agency, known.result
    paper, service = _told(archive, known.conclusion)
    if known.conclusion is None:
        status = "open" if any(found.sheets.values()) else "none"
    else:
        status = "concluded" if paper is None else "notified" if service is None else "served"
    head = {"code": agency.code, "name": agency.name, "year": known.year, "status": status}
    return head | found.as_mapping() | {
        "standard": standards.title(found.standard),
        "id": agency.id,
        "notice": paper.reference if paper else None,
        "served": service.date if service else None,
        "objections": _objections(archive, agency, known.year),
        "problems": known.problems,
    }  # fmt: skip


def _told(
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
