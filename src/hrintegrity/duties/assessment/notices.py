"""The written notice of a result (三(五)): numbered once, kept with its words, proven served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import col, select

from hrintegrity.archive import door
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.papers import IssuedPaper, Service
from hrintegrity.documents import check_template, compose
from hrintegrity.duties import agencies, offices, papers
from hrintegrity.duties.assessment import conclusions, sheets, wording
from hrintegrity.errors import LookupFailedError, RuleError

TEMPLATE = "assess/notice"


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


@dataclass(frozen=True)
class Issued:
    """The notices that were numbered or are to be printed again, and who was passed over."""

    notices: list[papers.Numbered]
    not_concluded: list[str]


def issue(
    archive: Archive,
    texts: Sequence[str],
    *,
    year: int | None,
    today: dt.date,
    templates: Path | None = None,
) -> Issued:
    """Number the notices of these agencies, all or none.

    Raises RuleError `not-concluded` or `not-register`, InputError `template-broken`.
    """
    found = [conclusions.standing(archive, text, year) for text in texts]
    distinct = {agency.id: (agency, conclusion) for agency, conclusion in found}
    return Issued(_issue_each(archive, list(distinct.values()), today, templates, iter), [])


def issue_all(
    archive: Archive,
    *,
    district: str | None,
    year: int | None,
    today: dt.date,
    templates: Path | None = None,
    progress: papers.Progress[tuple[Agency, Conclusion]] = iter,
) -> Issued:
    """Number the notice of every concluded agency, in the order of codes; name the others."""
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    query = select(Agency).order_by(Agency.code)
    if district is not None:
        query = query.where(Agency.district == district)
    standing = {
        row.agency_id: row
        for row in archive.session.exec(
            select(Conclusion).where(Conclusion.year == year, col(Conclusion.reopened).is_(None))
        )
    }
    pairs, not_concluded = [], []
    for agency in archive.session.exec(query):
        if agency.id in standing:
            pairs.append((agency, standing[agency.id]))
        elif agency.status == "active":
            not_concluded.append(agency.name)
    return Issued(_issue_each(archive, pairs, today, templates, progress), not_concluded)


def _issue_each(
    archive: Archive,
    pairs: Sequence[tuple[Agency, Conclusion]],
    today: dt.date,
    templates: Path | None,
    progress: papers.Progress[tuple[Agency, Conclusion]],
) -> list[papers.Numbered]:
    check_template(TEMPLATE, templates)
    return [
        _issue(archive, agency, conclusion, today, templates)
        for agency, conclusion in progress(pairs)
    ]


def _issue(
    archive: Archive,
    agency: Agency,
    conclusion: Conclusion,
    today: dt.date,
    templates: Path | None,
) -> papers.Numbered:
    """Return the notice of a conclusion, numbered now unless it was before."""
    row = of_conclusion(archive, conclusion)
    again = row is not None
    earlier = _earlier(archive, agency, conclusion)
    if row is None:
        row = _number(archive, agency, conclusion, earlier, today, templates)
    return papers.Numbered(
        row.id,
        agency.code,
        agency.name,
        row.reference,
        row.date,
        row.sha256,
        earlier.reference if earlier else None,
        again,
    )


def _number(
    archive: Archive,
    agency: Agency,
    conclusion: Conclusion,
    earlier: IssuedPaper | None,
    today: dt.date,
    templates: Path | None,
) -> IssuedPaper:
    series, district, year = papers.ASSESSMENT, agency.district, conclusion.year
    number = papers.next_number(archive, series, district, year)
    reference = papers.reference(archive, series, district, year, number)
    context = wording.notice_context(
        archive,
        agency,
        conclusion,
        number=reference,
        replaces=earlier.reference if earlier else None,
        reopen_reason=_reopen_reason(archive, earlier),
        today=today,
    )
    paper = compose(TEMPLATE, context, office_templates=templates)
    row = IssuedPaper(
        series=series,
        district=district,
        year=year,
        number=number,
        reference=reference,
        agency_id=agency.id,
        subject_id=conclusion.id,
        date=today,
        title="",
        body="",
        sha256="",
        replaces_id=earlier.id if earlier else None,
    )
    return papers.issue(archive, paper, row)


def of_conclusion(archive: Archive, conclusion: Conclusion) -> IssuedPaper | None:
    """Return the notice of a conclusion, if it was numbered."""
    return archive.session.exec(
        select(IssuedPaper).where(IssuedPaper.subject_id == conclusion.id)
    ).first()


def _earlier(archive: Archive, agency: Agency, conclusion: Conclusion) -> IssuedPaper | None:
    """Return the last notice of an earlier conclusion of the same year, which this one replaces."""
    return archive.session.exec(
        select(IssuedPaper)
        .join(Conclusion, col(IssuedPaper.subject_id) == Conclusion.id)
        .where(Conclusion.agency_id == agency.id, Conclusion.year == conclusion.year)
        .where(Conclusion.sequence < conclusion.sequence)
        .order_by(col(Conclusion.sequence).desc())
    ).first()


def _reopen_reason(archive: Archive, earlier: IssuedPaper | None) -> str | None:
    if earlier is None:
        return None
    conclusion = archive.session.get(Conclusion, earlier.subject_id)
    return conclusion.reopen_reason if conclusion else None


def print_each(
    archive: Archive,
    issued: Sequence[papers.Numbered],
    targets: Sequence[Path],
    *,
    force: bool,
    progress: papers.Progress[tuple[papers.Numbered, Path]] = iter,
) -> list[papers.Numbered]:
    """Write each notice to its file and return it with the file's name."""
    written = []
    for notice, target in progress(list(zip(issued, targets, strict=True))):
        row = archive.session.get(IssuedPaper, notice.id)
        if row is None:
            raise AssertionError(f"paper {notice.id} is gone")
        papers.print_paper(row, target, force=force)
        archive.session.expunge(row)
        written.append(replace(notice, written=str(target)))
    return written


def served(
    archive: Archive,
    text: str,
    *,
    year: int | None,
    date: dt.date,
    method: str,
    receiver: str,
) -> tuple[ServiceView, tuple[str, ...]]:
    """Record proof of service of the standing notice, and what looks odd about it.

    Raises RuleError `not-notified`, LookupFailedError `already-served`.
    """
    agency = agencies.find(archive, text)
    year = offices.campaign(archive, year).year
    conclusion = sheets.current_conclusion(archive, agency.id, year)
    row = None if conclusion is None else of_conclusion(archive, conclusion)
    if row is None:
        raise RuleError(
            "not-notified",
            f"{agency.name}{year}年的评估结果还没有告知书，不能登记送达。",
            "请先用 hri assess notice 制作告知书。",
            clause="三(五)",
        )
    if archive.session.exec(select(Service).where(Service.paper_id == row.id)).first():
        raise LookupFailedError(
            "already-served", f"{row.reference} 的送达已登记。", "无需再次登记。"
        )
    service = door.insert(
        archive, Service(paper_id=row.id, date=date, method=method, receiver=receiver.strip())
    )
    warnings: tuple[str, ...] = ()
    if date < row.date:
        warnings = (f"送达日期 {date} 早于告知书日期 {row.date}，请核对。",)
    view = ServiceView(
        service.id, agency.code, agency.name, row.reference, date, method, service.receiver
    )
    return view, warnings
