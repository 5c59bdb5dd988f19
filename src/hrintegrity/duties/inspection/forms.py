"""Papers of the general inspection (三(四) 二): the record to be signed, the order to make good."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Inspection
from hrintegrity.documents import Paper, check_template, compose
from hrintegrity.duties import agencies, hotlines, offices, ownership
from hrintegrity.duties.inspection import gaps
from hrintegrity.duties.inspection.visits import default_inspector
from hrintegrity.errors import RuleError, UsageError
from hrintegrity.notice.measures import Measure, systems
from hrintegrity.notice.words import INSPECTOR, PUBLICITY_ITEM, SYSTEM
from hrintegrity.rules.inspection import CLAUSE
from hrintegrity.text import chinese_date

FORM, ORDER = "inspect/form", "inspect/order"


@dataclass(frozen=True)
class FormOf:
    """A blank record of an inspection, and of which agency it is."""

    id: str
    code: str
    name: str
    paper: Paper


@dataclass(frozen=True)
class Order:
    """An order to make good, and the gaps that it names."""

    id: str
    code: str
    name: str
    gaps: tuple[gaps.GapView, ...]
    paper: Paper


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
) -> Order:
    """Return the order to make an agency's open gaps good. Raises RuleError `no-gaps`."""
    agency = agencies.find(archive, text)
    month_end = offices.campaign(archive, year).end
    found = gaps.listing(archive, today=today, text=agency.code, is_open=True)
    if not found:
        raise RuleError(
            "no-gaps",
            f"{agency.name}没有尚未补建的制度缺项。",
            "缺项见 hri inspect list。",
            clause=CLAUSE,
        )
    body = _who_orders(archive, agency, found)
    context = {
        **_heading(archive, agency, body),
        "number": "",
        "gaps": [
            {
                "word": SYSTEM.chinese(gap.system),
                "text": _asked(systems(today)[gap.system]),
                "lacks": [PUBLICITY_ITEM.chinese(item) for item in gap.lacks],
                "found": gap.found.isoformat(),
                "deadline": gap.deadline.isoformat(),
            }
            for gap in found
        ],
        "by": chinese_date(found[0].deadline) if len({g.deadline for g in found}) == 1 else "",
        "contact": hotlines.contact(archive, body, today),
        "late": any(gap.deadline > month_end for gap in found),
        "month_end": chinese_date(month_end),
        "date": chinese_date(today),
    }
    paper = compose(ORDER, context, office_templates=templates)
    return Order(agency.id, agency.code, agency.name, tuple(found), paper)


def _blank_form(
    archive: Archive, agency: Agency, month_end: dt.date, templates: Path | None
) -> Paper:
    context = {
        **_heading(archive, agency, agency.district),
        "inspector": INSPECTOR.chinese(default_inspector(agency)),
        "items": [PUBLICITY_ITEM.chinese(item) for item in PUBLICITY_ITEM],
        "systems": [
            {"word": SYSTEM.chinese(kind), "text": _asked(system)}
            for kind, system in systems(month_end).items()
            if kind != "publicity"
        ],
        "month_end": chinese_date(month_end),
    }
    return compose(FORM, context, office_templates=templates)


def _who_orders(archive: Archive, agency: Agency, found: Sequence[gaps.GapView]) -> str:
    """Return whose order it is: the city's where all was found by its own inspections."""
    identities = {gap.inspection for gap in found}
    query = select(Inspection.inspector).where(col(Inspection.id).in_(identities))
    by_city = ownership.is_city(archive) and set(archive.session.exec(query)) == {"city"}
    return ownership.CITY if by_city else agency.district


def _asked(system: Measure) -> str:
    """Return what the notice asks of an agency: what the districts do is left out."""
    text = system.text.rstrip("。").removeprefix("由各区县协助发放到各服务机构，")
    if system.kind == "convention":
        return f"《北京人力资源服务行业诚信自律公约》{text}"
    return re.sub("^推行", "建立", text)


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
