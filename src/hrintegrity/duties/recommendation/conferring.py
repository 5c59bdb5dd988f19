"""The decisions by bureau and association together: titles conferred, and taken back (三(七)).

Both are the city's papers. A conferral covers the titles that no earlier one covered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.archive.tables.recommendation import Conferral, Unit
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, check_template, compose
from hrintegrity.duties import agencies, hotlines, offices, papers, units
from hrintegrity.duties.sanctions import cases, wording
from hrintegrity.errors import RuleError
from hrintegrity.notice.disclosure import public_until
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.terms import own_terms
from hrintegrity.rules.numbering import document_number
from hrintegrity.rules.recommendation import UNITS
from hrintegrity.rules.titles import CLAUSE

CONFERRAL, REVOCATION = "recommend/conferral", "recommend/revocation"
ASSOCIATION = "北京人力资源服务行业协会"


@dataclass(frozen=True)
class Conferred:
    """A decision of conferral as scripts see it; `units` are the codes of the agencies."""

    id: str
    number: str
    date: dt.date
    year: int
    units: tuple[str, ...]
    sha256: str
    again: bool
    written: str | None = None


def confer(archive: Archive, *, year: int | None, templates: Path | None = None) -> Conferred:
    """Number the decision that confers the titles awarded since the last one, or return that.

    It bears the day of the last award. Raises RuleError `city-only` or `nothing-awarded`.
    """
    _refuse_district(archive)
    year = offices.campaign(archive, year).year
    query = select(Unit, Agency).join(Agency).where(Unit.year == year)
    query = query.order_by(col(Unit.awarded), col(Unit.plaque))
    awarded = list(archive.session.exec(query))
    new = [(unit, agency) for unit, agency in awarded if unit.conferral_id is None]
    if not new:
        return _again(archive, year, awarded)
    check_template(CONFERRAL, templates)
    last = archive.session.exec(
        select(func.max(Conferral.number)).where(Conferral.year == year)
    ).one()
    number = (last or 0) + 1
    office = offices.office_of(archive, offices.CITY)
    reference = document_number(offices.prefix_of("conferral", office.prefix), year, number)
    date = max(unit.awarded for unit, _ in new)
    said = _letterhead(office, reference, date) | {
        "year": year,
        "units": [_unit(unit, agency) for unit, agency in new],
    }
    paper = compose(CONFERRAL, said, office_templates=templates)
    row = writer.insert(
        archive,
        Conferral(
            year=year,
            number=number,
            reference=reference,
            date=date,
            title=paper.title,
            body=paper.body,
            sha256=paper.sha256,
        ),
    )
    for unit, _ in new:
        writer.update(archive, unit, conferral_id=row.id)
    return _conferred(row, [agency.code for _, agency in new], again=False)


def conferral(archive: Archive, found: Conferred) -> Paper:
    """Return a decision of conferral as it was kept."""
    row = archive.session.get_one(Conferral, found.id)
    return Paper(row.body, CONFERRAL, number=row.reference)


def revoke(
    archive: Archive, text: str, *, today: dt.date, templates: Path | None = None
) -> papers.Numbered:
    """Number the decision that takes an agency's lost title back, unless it was numbered before.

    In a district's archive the city's own decision is printed, once it came. Raises RuleError
    `city-only` or `title-held`.
    """
    agency = agencies.find(archive, text)
    lost = [unit for unit in units.of_agency(archive, agency.id) if unit.revoked is not None]
    if not lost:
        raise RuleError(
            "title-held",
            f"{agency.name}没有失去的示范单位称号，没有可撤销的。",
            "称号的情况见 hri recommend units。",
            clause=CLAUSE,
        )
    unit = lost[-1]
    known = cases.paper_of(archive, unit.id)
    if known is not None:
        return _numbered(known.row, agency, again=True)
    _refuse_district(archive)
    check_template(REVOCATION, templates)
    office = offices.office_of(archive, offices.CITY)
    lost_on = unit.revoked or today
    number = papers.next_number(archive, papers.REVOCATION, offices.CITY, lost_on.year)
    reference = papers.reference(archive, papers.REVOCATION, offices.CITY, lost_on.year, number)
    until = public_until("title-lost", lost_on, serious=False)
    said = _letterhead(office, reference, today) | {
        "addressee": agency.name,
        "agency": {"name": agency.name, "code": agency.code},
        "title": {"year": unit.year, "plaque": unit.plaque, "awarded": chinese_date(unit.awarded)},
        "facts": _facts(archive, unit),
        "lost": chinese_date(lost_on),
        "days": own_terms(today).plaque_days,
        "recovered": None if unit.recovered is None else chinese_date(unit.recovered),
        **_proof(archive, unit),
        "public_until": chinese_date(until) if until else None,
        "contact": hotlines.contact(archive, offices.CITY, today),
        "remedies": wording.remedies_said(offices.CITY, today),
    }
    paper = compose(REVOCATION, said, office_templates=templates)
    row = papers.issue(
        archive,
        paper,
        IssuedPaper(
            series=papers.REVOCATION,
            district=offices.CITY,
            year=lost_on.year,
            number=number,
            reference=reference,
            agency_id=agency.id,
            subject_id=unit.id,
            date=today,
            title="",
            body="",
            sha256="",
        ),
    )
    return _numbered(row, agency, again=False)


def _again(archive: Archive, year: int, awarded: Sequence[tuple[Unit, Agency]]) -> Conferred:
    query = select(Conferral).where(Conferral.year == year).order_by(col(Conferral.number).desc())
    row = archive.session.exec(query).first()
    if row is None:
        raise RuleError(
            "nothing-awarded",
            f"{year}年还没有授予称号，没有可决定的。",
            "请先用 hri recommend award 登记授予的称号和标牌。",
            clause=UNITS,
        )
    codes = [agency.code for unit, agency in awarded if unit.conferral_id == row.id]
    return _conferred(row, codes, again=True)


def _refuse_district(archive: Archive) -> None:
    if not offices.is_city(archive):
        raise RuleError(
            "city-only",
            "称号由市局和行业协会联合授予、撤销，决定只在市局的档案库中制作。",
            "本区县的文书写明已报请撤销；市局的决定随市局的数据包收到。",
            clause=UNITS,
        )


def _letterhead(office: offices.OfficeView, number: str, date: dt.date) -> dict[str, Any]:
    return {
        "office": {"name": office.name, "department": office.department},
        "association": ASSOCIATION,
        "number": number,
        "date": chinese_date(date),
    }


def _facts(archive: Archive, unit: Unit) -> str:
    """Return what was found, in the words of the sanction or complaint; else why it was lost."""
    cause = unit.revoked_by or ""
    sanction = archive.session.get(Sanction, cause)
    complaint = archive.session.get(Complaint, cause)
    if sanction is not None:
        return sanction.grounds
    return (unit.reason or "") if complaint is None else complaint.subject


def _proof(archive: Archive, unit: Unit) -> dict[str, str | None]:
    """Return what proves it and what was violated, as the sanction has them."""
    sanction = archive.session.get(Sanction, unit.revoked_by or "")
    if sanction is None:
        return {"evidence": None, "violated": None}
    return {"evidence": sanction.evidence, "violated": sanction.violated}


def _unit(unit: Unit, agency: Agency) -> dict[str, str]:
    return {
        "name": agency.name,
        "district": BY_CODE[agency.district].name,
        "plaque": unit.plaque,
        "awarded": chinese_date(unit.awarded),
    }


def _conferred(row: Conferral, codes: Sequence[str], *, again: bool) -> Conferred:
    return Conferred(
        id=row.id,
        number=row.reference,
        date=row.date,
        year=row.year,
        units=tuple(codes),
        sha256=row.sha256,
        again=again,
    )


def _numbered(row: IssuedPaper, agency: Agency, *, again: bool) -> papers.Numbered:
    return papers.Numbered(
        id=row.id,
        code=agency.code,
        name=agency.name,
        number=row.reference,
        date=row.date,
        sha256=row.sha256,
        replaces=None,
        again=again,
    )
