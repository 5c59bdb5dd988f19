"""The written decision on a sanction (惩戒决定书、责令整改通知书): numbered once, kept as told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlmodel import select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.documents import check_template, compose
from hrintegrity.duties import offices, papers, units
from hrintegrity.duties.sanctions import records
from hrintegrity.errors import RuleError
from hrintegrity.notice.measures import sanctions
from hrintegrity.rules.sanctions import RECTIFY
from hrintegrity.rules.titles import PLAQUE_DAYS
from hrintegrity.text import chinese_date

DECISION, ORDER = "sanction/decision", "sanction/rectify"

_OBJECTION = (
    "{you}对本{paper}有异议的，可以向我局书面陈述和申辩，并附有关材料；"
    "我局将予以复核，并书面告知复核结果。"
)
_REMEDY = (
    "也可以依照《中华人民共和国行政复议法》《中华人民共和国行政诉讼法》规定的期限，"
    "申请行政复议或者提起行政诉讼。"
)


def issue(
    archive: Archive, identity: str, *, today: dt.date, templates: Path | None = None
) -> tuple[papers.Numbered, tuple[str, ...]]:
    """Number the decision on a sanction, unless it was numbered before; and what is odd about it.

    Its year is that of the sanction's date. Raises RuleError `withdrawn` where it was annulled
    before it had a number, or `not-register`; InputError `template-broken`.
    """
    row, agency = records.find(archive, identity)
    paper = archive.session.exec(
        select(IssuedPaper).where(IssuedPaper.subject_id == row.id)
    ).first()
    again = paper is not None
    if paper is None:
        if row.withdrawn is not None:
            raise RuleError(
                "withdrawn",
                f"这条惩戒已于 {row.withdrawn} 撤销，没有制作过决定书。",
                "已撤销的惩戒不再编号。",
                clause=records.CLAUSE,
            )
        paper = _number(archive, row, agency, today, templates)
    warnings = (
        ()
        if row.withdrawn is None
        else (f"这条惩戒已于 {row.withdrawn} 撤销；重印的是当时的决定，不再有效。",)
    )
    return papers.Numbered(
        paper.id,
        agency.code,
        agency.name,
        paper.reference,
        paper.date,
        paper.sha256,
        None,
        again,
    ), warnings


def write(archive: Archive, issued: papers.Numbered, path: Path, *, force: bool) -> papers.Numbered:
    """Write a numbered decision as it was told; return it with the file's name."""
    row = archive.session.get_one(IssuedPaper, issued.id)
    papers.print_paper(row, path, force=force)
    return replace(issued, written=str(path))


def context(
    archive: Archive, row: Sanction, agency: Agency, *, number: str, today: dt.date
) -> dict[str, Any]:
    """Return all that the decision says, from records alone."""
    office = offices.office_of(archive, row.district)
    person = (
        None
        if row.practitioner_id is None
        else archive.session.get_one(Practitioner, row.practitioner_id)
    )
    unit = archive.session.exec(select(Unit).where(Unit.revoked_by == row.id)).first()
    return {
        "office": {"name": office.name, "department": office.department},
        "number": number,
        "addressee": agency.name if person is None else person.name,
        "agency": {"name": agency.name, "code": agency.code},
        "staff": None
        if person is None
        else {"name": person.name, "certificate": person.certificate},
        "kind": row.kind,
        "word": sanctions(row.date)[row.kind].word,
        "grounds": row.grounds,
        "basis": row.basis,
        "decided": chinese_date(row.date),
        "deadline": None if row.deadline is None else chinese_date(row.deadline),
        "review_year": row.review_year,
        "license": agency.license,
        "title": None
        if unit is None or unit.recover_by is None
        else {
            "plaque": unit.plaque,
            "recover_by": chinese_date(unit.recover_by),
            "days": PLAQUE_DAYS,
        },
        "objection": _objection(row),
        "date": chinese_date(today),
    }


def _number(
    archive: Archive, row: Sanction, agency: Agency, today: dt.date, templates: Path | None
) -> IssuedPaper:
    template = ORDER if row.kind == RECTIFY else DECISION
    check_template(template, templates)
    series, district, year = papers.SANCTION, row.district, row.date.year
    number = papers.next_number(archive, series, district, year)
    reference = papers.reference(archive, series, district, year, number)
    units.allow_time(archive, row.id, today)
    said = context(archive, row, agency, number=reference, today=today)
    paper = compose(template, said, office_templates=templates)
    return papers.issue(
        archive,
        paper,
        IssuedPaper(
            series=series,
            district=district,
            year=year,
            number=number,
            reference=reference,
            agency_id=agency.id,
            subject_id=row.id,
            date=today,
            title="",
            body="",
            sha256="",
        ),
    )


def _objection(row: Sanction) -> str:
    you = "你机构" if row.practitioner_id is None else "你"
    told = _OBJECTION.format(you=you, paper="通知" if row.kind == RECTIFY else "决定")
    by_law = row.kind == RECTIFY or sanctions(row.date)[row.kind].at_review
    return told + _REMEDY if by_law else told
