"""Proof that a notice was served (送达), and the slip on which it is signed for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, check_template, compose
from hrintegrity.duties import agencies, offices, papers
from hrintegrity.duties.assessment import sheets
from hrintegrity.duties.assessment.register import NumberedNotice, numbered_notices
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice.words import SERVICE_METHOD
from hrintegrity.rules.numbering import canonical_number

SLIP = "assess/served"


@dataclass(frozen=True)
class ServiceView:
    """Proof of service as scripts see it."""

    id: str
    code: str
    name: str
    number: str
    date: dt.date
    method: str
    receiver: str


def served(
    archive: Archive,
    text: str,
    *,
    year: int | None,
    date: dt.date,
    method: str,
    receiver: str,
    number: str | None = None,
    correction: str | None = None,
) -> tuple[ServiceView, tuple[str, ...]]:
    """Record proof of service of the standing notice, and what looks odd about it.

    `number` names another notice of the year: the proof that an earlier one was served may come
    back after the assessment was opened again. `correction` is why a proof that is recorded already
    says something else. Raises RuleError `not-notified`, LookupFailedError
    `notice-missing`, `already-served` or, where there is nothing to correct, `service-missing`.
    """
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    notices = numbered_notices(archive, year, [agency.id]).get(agency.id, [])
    paper = _standing(archive, agency, year, notices) if number is None else _of(notices, number)
    service = archive.session.exec(select(Service).where(Service.paper_id == paper.id)).first()
    given: dict[str, Any] = {"date": date, "method": method, "receiver": receiver}
    if correction is not None:
        if service is None:
            raise LookupFailedError(
                "service-missing",
                f"{paper.reference} 还没有登记送达，没有可以更正的。",
                "去掉 --correct，直接登记。",
            )
        writer.update(archive, service, given, reason=correction)
    elif service is not None:
        raise LookupFailedError(
            "already-served",
            f"{paper.reference} 的送达已登记（{service.date}）。",
            "登错的，加 --correct --reason 更正。",
        )
    else:
        service = writer.insert(archive, Service(paper_id=paper.id, **given))
    warnings: tuple[str, ...] = ()
    if date < paper.date:
        warnings = (f"送达日期 {date} 早于告知书日期 {paper.date}，请核对。",)
    view = ServiceView(
        id=service.id,
        code=agency.code,
        name=agency.name,
        number=paper.reference,
        date=date,
        method=method,
        receiver=receiver,
    )
    return view, warnings


def _standing(
    archive: Archive, agency: Agency, year: int, notices: Sequence[NumberedNotice]
) -> NumberedNotice:
    """Return the notice of the conclusion that stands. Raises RuleError `not-notified`."""
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    for paper in notices:
        if conclusion is not None and paper.conclusion_id == conclusion.id:
            return paper
    late = "；".join(
        f"补登 {one.reference} 的送达，加 --number {one.reference}" for one in notices[-1:]
    )
    raise RuleError(
        "not-notified",
        f"{agency.name}{year}年的评估结果还没有告知书，不能登记送达。",
        f"请先用 hri assess notice {agency.code} --year {year} -o 告知书.pdf "
        f"制作告知书{f'；{late}' if late else ''}。",
        clause="三(五)",
    )


def _of(notices: Sequence[NumberedNotice], number: str) -> NumberedNotice:
    """Return the notice of this number. Raises LookupFailedError `notice-missing`."""
    wanted = canonical_number(number)
    for paper in notices:
        if canonical_number(paper.reference) == wanted:
            return paper
    known = "、".join(paper.reference for paper in notices) or "没有"
    raise LookupFailedError(
        "notice-missing",
        f"这家机构没有这个文号的告知书：{number}",
        f"当年的告知书：{known}。",
    )


def check_slip(templates: Path | None) -> None:
    """Refuse a broken template of the slip before anything is numbered."""
    check_template(SLIP, templates)


def slips(
    archive: Archive, notices: Iterable[papers.Numbered], *, templates: Path | None = None
) -> Iterator[Paper]:
    """Yield the slip for proof of service (送达回证) of each notice, filled in where known."""
    for notice in notices:
        query = (
            columns(
                col(IssuedPaper.title),
                col(IssuedPaper.district),
                col(Agency.address),
                col(Service.method),
                col(Service.receiver),
                col(Service.date),
            )
            .select_from(IssuedPaper)
            .join(Agency, col(Agency.id) == IssuedPaper.agency_id)
            .join(Service, col(Service.paper_id) == IssuedPaper.id, isouter=True)
            .where(col(IssuedPaper.id) == notice.id)
        )
        row = archive.connection.execute(query).one()
        context = {
            "office": {"name": offices.office_of(archive, row.district).name},
            "document_title": row.title,
            "number": notice.number,
            "addressee": notice.name,
            "address": row.address,
            "methods": [SERVICE_METHOD.chinese(word) for word in SERVICE_METHOD],
            "method": SERVICE_METHOD.chinese(row.method) if row.method else None,
            "receiver": row.receiver,
            "date_served": chinese_date(row.date) if row.date else None,
        }
        yield compose(SLIP, context, office_templates=templates)
