"""Answering an objection to an assessment: upheld or rejected, and on paper (三(五))."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Conclusion, Objection
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.duties import hotlines, offices
from hrintegrity.duties.assessment.register import numbered_notices
from hrintegrity.duties.entering import of_id, own_agency, words
from hrintegrity.duties.letters import number_by_hand
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.words import OBJECTION_RESULT

TEMPLATE = "assess/answer"
CLAUSE = "三(五)"
APPEAL = "市人力资源和社会保障局人力资源市场处"
"""Who hears of it when an agency still disagrees with its district."""


@dataclass(frozen=True)
class AnswerView:
    """An answered objection as scripts see it."""

    id: str
    code: str
    name: str
    year: int
    objected: dt.date
    objection: str
    date: dt.date
    result: str
    text: str


@dataclass(frozen=True)
class Answered:
    """The answered objection, the answer on paper, and what has to be said of it."""

    view: AnswerView
    paper: Paper
    warnings: tuple[str, ...]


def answer(
    archive: Archive,
    identity: str,
    *,
    date: dt.date,
    result: str,
    text: str,
    correction: str | None = None,
    templates: Path | None = None,
) -> Answered:
    """Answer an objection on a day.

    `correction` is why an answer that is recorded already says something else. Raises
    LookupFailedError `record-missing`, `already-answered` or, where there is nothing to correct,
    `answer-missing`; RuleError `not-ours`.
    """
    row = of_id(archive, Objection, identity, "异议", "hri assess result 机构 -f json")
    conclusion = archive.session.get_one(Conclusion, row.conclusion_id)
    agency = own_agency(archive, conclusion.agency_id)
    _refuse_again(row, agency.name, correction)
    text = words(text, "复核意见")
    writer.update(archive, row, answered=date, outcome=result, answer=text, reason=correction)
    view = AnswerView(
        id=row.id,
        code=agency.code,
        name=agency.name,
        year=conclusion.year,
        objected=row.date,
        objection=row.text,
        date=date,
        result=result,
        text=text,
    )
    office = offices.office_of(archive, agency.district)
    notices = numbered_notices(archive, conclusion.year, [agency.id]).get(agency.id, [])
    context = {
        "office": {"name": office.name, "department": office.department},
        "number": number_by_hand(date),
        "agency": {"name": agency.name, "code": agency.code},
        "year": conclusion.year,
        "notice": next((n.reference for n in notices if n.conclusion_id == conclusion.id), None),
        "objected": chinese_date(row.date),
        "objection": row.text,
        "upheld": result == "upheld",
        "result": OBJECTION_RESULT.chinese(result),
        "answer": text,
        "appeal": "" if agency.district == offices.CITY else APPEAL,
        "contact": hotlines.contact(archive, agency.district, date),
        "date": chinese_date(date),
    }
    paper = compose(TEMPLATE, context, office_templates=templates)
    return Answered(view, paper, tuple(_warnings(row, conclusion, agency.code, date, result)))


def _refuse_again(row: Objection, name: str, correction: str | None) -> None:
    """Refuse a second answer that corrects nothing, and a correction of none."""
    if row.answered is not None and correction is None:
        raise LookupFailedError(
            "already-answered",
            f"{name} {row.date} 的异议已于 {row.answered} 答复。",
            "登错的，加 --correct --reason 更正；结论要改的，用 hri assess reopen 重新评定。",
        )
    if row.answered is None and correction is not None:
        raise LookupFailedError(
            "answer-missing",
            f"{name} {row.date} 的异议还没有答复，没有可以更正的。",
            "去掉 --correct，直接答复。",
        )


def _warnings(
    row: Objection, conclusion: Conclusion, code: str, date: dt.date, result: str
) -> list[str]:
    warnings = []
    if date < row.date:
        warnings.append(
            f"答复日期 {date} 早于异议日期 {row.date}，请核对；登错的，加 --correct --reason 更正。"
        )
    if result == "upheld" and conclusion.reopened is None:
        warnings.append(
            "异议成立，结论还没有重新评定："
            f"请用 hri assess reopen {code} --reason 异议成立 重新开启。"
        )
    return warnings
