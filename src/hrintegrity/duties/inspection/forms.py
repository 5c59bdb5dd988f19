"""Papers of the general inspection (三(四) 二): the record to be signed, the order to make good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Inspection
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, check_template, compose
from hrintegrity.duties import agencies, hotlines, offices, ownership
from hrintegrity.duties.inspection import gap_views
from hrintegrity.duties.letters import number_by_hand
from hrintegrity.errors import RuleError, UsageError
from hrintegrity.notice.measures import systems
from hrintegrity.notice.words import INSPECTOR, PUBLICITY_ITEM, SYSTEM
from hrintegrity.rules.inspection import CLAUSE

FORM, ORDER = "inspect/form", "inspect/order"
OFFICIAL = ("city", "district")
"""Whose inspections are the offices' own."""


@dataclass(frozen=True)
class FormOf:
    """A blank record of an inspection, and of which agency it is."""

    id: str
    code: str
    name: str
    paper: Paper


@dataclass(frozen=True)
class OrderToMend:
    """An order to make good, the gaps that it names, and in Chinese what looks odd about it."""

    id: str
    code: str
    name: str
    gaps: tuple[gap_views.GapView, ...]
    paper: Paper
    warnings: tuple[str, ...]


def blank_forms(
    archive: Archive,
    texts: Sequence[str],
    *,
    everyone: bool = False,
    district: str | None = None,
    year: int | None = None,
    templates: Path | None = None,
) -> list[FormOf]:
    """Return a record to be filled in for each agency, or for all active ones, by code.

    Raises UsageError `agency-missing` where none is meant, and as `documents.compose` does.
    """
    if not texts and not everyone:
        raise UsageError("agency-missing", "没有说是哪些机构。", "请给出机构，或用 --all。")
    check_template(FORM, templates)
    month_end = offices.campaign(archive, year).end
    found = _active(archive, district) if everyone else [agencies.find(archive, t) for t in texts]
    return [
        FormOf(
            agency.id, agency.code, agency.name, _blank_form(archive, agency, month_end, templates)
        )
        for agency in {one.id: one for one in found}.values()
    ]


def order(
    archive: Archive,
    text: str,
    *,
    today: dt.date,
    year: int | None = None,
    templates: Path | None = None,
) -> OrderToMend:
    """Return the order to make an agency's open gaps good. Raises RuleError `no-gaps`."""
    agency = agencies.find(archive, text)
    month_end = offices.campaign(archive, year).end
    found = list(gap_views.listing(archive, today=today, text=agency.code, is_open=True))
    if not found:
        raise RuleError(
            "no-gaps",
            f"{agency.name}没有尚未补建的制度缺项。",
            "缺项见 hri inspect list。",
            clause=CLAUSE,
        )
    body = _who_orders(archive, agency, found)
    deadlines = {gap.deadline for gap in found}
    late = [gap for gap in found if gap.deadline > month_end]
    context = {
        **_heading(archive, agency, body),
        "number": number_by_hand(today),
        "findings": _findings(archive, found),
        "gaps": [
            {
                "word": SYSTEM.chinese(gap.system),
                "demand": _demand(gap.system, today),
                "deadline": chinese_date(gap.deadline),
            }
            for gap in found
        ],
        "deadline": chinese_date(deadlines.pop()) if len(deadlines) == 1 else "",
        "late_found": _words_of(gap for gap in late if gap.found > month_end),
        "late_set": _words_of(gap for gap in late if gap.found <= month_end),
        "month_end": chinese_date(month_end),
        "contact": hotlines.contact(archive, body, today),
        "date": chinese_date(today),
    }
    paper = compose(ORDER, context, office_templates=templates)
    return OrderToMend(
        id=agency.id,
        code=agency.code,
        name=agency.name,
        gaps=tuple(found),
        paper=paper,
        warnings=tuple(_past(found, today)),
    )


def _past(found: Sequence[gap_views.GapView], today: dt.date) -> Iterator[str]:
    """Say of which gaps the term is over on the day of the paper: nobody can keep it any more."""
    past = [gap for gap in found if gap.deadline < today]
    if past:
        terms = "、".join(f"{SYSTEM.chinese(gap.system)}（{gap.deadline}）" for gap in past)
        yield (
            f"补建通知书的日期 {today} 在补建期限之后：{terms}，照此发出无法履行，请核对。"
            "已补建的先用 hri inspect mend 登记；逾期未补建的，可用 hri sanction impose"
            " --kind rectify 责令整改。"
        )


def _blank_form(
    archive: Archive, agency: Agency, month_end: dt.date, templates: Path | None
) -> Paper:
    context = {
        **_heading(archive, agency, agency.district),
        "items": [PUBLICITY_ITEM.chinese(item) for item in PUBLICITY_ITEM],
        "systems": [
            {"word": SYSTEM.chinese(kind), "demand": _demand(kind, month_end)}
            for kind in systems(month_end)
            if kind != "publicity"
        ],
        "month_end": chinese_date(month_end),
    }
    return compose(FORM, context, office_templates=templates)


def _demand(system: str, day: dt.date) -> str:
    """Return what the notice asks of an agency about a system.

    The first clause of each text is what the offices are to do (推行…制度, 由各区县协助发放…).
    """
    return systems(day)[system].text.partition("，")[2].rstrip("。")


def _words_of(found: Iterable[gap_views.GapView]) -> list[str]:
    return [SYSTEM.chinese(gap.system) for gap in found]


def _findings(archive: Archive, found: Sequence[gap_views.GapView]) -> list[dict[str, Any]]:
    """Return what each inspection found that is still open, with what was noted then."""
    identities = {gap.inspection for gap in found}
    query = select(Inspection).where(col(Inspection.id).in_(identities))
    rows = archive.session.exec(query.order_by(col(Inspection.date), Inspection.id))
    return [
        {
            "date": chinese_date(row.date),
            "by": "" if row.inspector in OFFICIAL else INSPECTOR.chinese(row.inspector),
            "systems": _words_of(gap for gap in found if gap.inspection == row.id),
            "lacks": [
                PUBLICITY_ITEM.chinese(item)
                for gap in found
                if gap.inspection == row.id
                for item in gap.lacks
            ],
            "note": row.note or "",
        }
        for row in rows
    ]


def _who_orders(archive: Archive, agency: Agency, found: Sequence[gap_views.GapView]) -> str:
    """Return whose order it is: the city's where all was found by its own inspections."""
    identities = {gap.inspection for gap in found}
    query = select(Inspection.inspector).where(col(Inspection.id).in_(identities))
    by_city = ownership.is_city(archive) and set(archive.session.exec(query)) == {"city"}
    return ownership.CITY if by_city else agency.district


def _heading(archive: Archive, agency: Agency, body: str) -> dict[str, Any]:
    office = offices.office_of(archive, body)
    return {
        "office": {"name": office.name, "department": office.department},
        "agency": {
            "name": agency.name,
            "code": agency.code,
            "license": agency.license,
            "address": agency.address,
        },
    }


def _active(archive: Archive, district: str | None) -> Sequence[Agency]:
    query = select(Agency).where(Agency.status == "active").order_by(col(Agency.code))
    district = ownership.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    return archive.session.exec(query).all()
