"""The result of one agency: what its sheets come to, and how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Objection, ScoreSheet
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.assessment import kept, sheets
from hrintegrity.duties.assessment.standards import Standards, title
from hrintegrity.notice.indicators import Annex
from hrintegrity.rules.assessment import Result, Sheet, combine
from hrintegrity.rules.contradictions import contradictions
from hrintegrity.rules.exact import exact_text, plain_number, round_half_up
from hrintegrity.rules.explanation import Step, explain
from hrintegrity.rules.ordering import disagreements
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


def reckon(rows: Iterable[ScoreSheet], standard: Standard, annex: Annex) -> Result:
    """Return what sheets come to under a standard.

    There is no total where a sheet does not fit the standard (`misfits`).
    """
    made_of = [sheets.as_rule(row) for row in rows]
    problems = misfits(made_of, standard, annex)
    width = len(annex.indicators)
    fitting = [
        one for one in made_of if one.source in standard.weights and len(one.scores) == width
    ]
    found = combine(fitting, standard, annex)
    return replace(found, total=None, band=None) if problems else found


def misfits(made_of: Iterable[Sheet], standard: Standard, annex: Annex) -> list[str]:
    """Say in Chinese where sheets don't fit a standard, as may be where it came after them.

    Scores above its points, indicators that it asks about and that have no score, and ways of
    evaluation that it has not.
    """
    found: list[str] = []
    for sheet in made_of:
        whose = f"{standard.word(sheet.source)}（{sheet.rater}）"
        if sheet.source not in standard.weights:
            found.append(f"{whose}：现行标准没有这种评价方式")
        elif len(sheet.scores) != len(annex.indicators):
            found.append(f"{whose}有 {len(sheet.scores)} 项，应是 {len(annex.indicators)} 项")
        elif any(map(_misfit, sheet.scores, standard.points)) or sheet.source in standard.asked:
            found += _misfits_of(sheet, whose, standard, annex)
    return found


def _misfit(score: int | None, most: int) -> bool:
    return score is None or score > most


def _misfits_of(sheet: Sheet, whose: str, standard: Standard, annex: Annex) -> Iterator[str]:
    for indicator, score, most in zip(annex.indicators, sheet.scores, standard.points, strict=True):
        if not standard.asks(sheet.source, indicator.id):
            continue
        if score is None:
            yield f"{whose}{indicator.heading} 没有评分"
        elif score > most:
            yield (
                f"{whose}{indicator.heading} {exact_text(Fraction(score, 10))} 分，"
                f"超过现行标准的 {exact_text(Fraction(most, 10))} 分"
            )


@dataclass(frozen=True)
class _Known:
    """An agency's assessment: concluded, or what its sheets come to so far."""

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
    against_scores = doubts.of_agency(archive, known.agency.id, known.result.annex, day)
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


def _known(archive: Archive, text: str, year: int | None) -> _Known:
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    if conclusion is not None:
        return _Known(agency, year, kept.result(conclusion), conclusion, [])
    rows = sheets.of_agencies(archive, year, [agency.id]).get(agency.id, [])
    standards = Standards(archive, year)
    standard, annex = standards.of(agency.district).standard, standards.annex
    problems = misfits(map(sheets.as_rule, rows), standard, annex)
    return _Known(agency, year, reckon(rows, standard, annex), None, problems)


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
        "problems": known.problems,
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
