"""The papers of a recommendation: annex 3, the assessment result, the covering statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.days import chinese_date
from hrintegrity.documents import Paper, compose
from hrintegrity.documents.look import width
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import kept
from hrintegrity.duties.assessment.wording import standard_note
from hrintegrity.duties.recommendation.check import DistrictCheck
from hrintegrity.duties.recommendation.entries import Entry
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.quotas import commercial_share
from hrintegrity.notice.words import KIND
from hrintegrity.rules.exact import exact_text

FORM, RESULT, COVER = "recommend/form", "recommend/result", "recommend/cover"

# Annex 3 is one page: a box of the form holds so many lines of so many characters.
LINE_CHARS = 22
REASON_LINES = 12
OPINION_LINES = 7

_CITY_DEPARTMENT = "市人力资源和社会保障局人力资源市场处"


def form(name: str, reason: str, opinion: str | None, *, templates: Path | None = None) -> Paper:
    """Return annex 3; what a box can't hold stands whole on a page of its own behind it."""
    further: list[dict[str, Any]] = []
    context = {
        "agency": name,
        "reason": _box("推荐理由", reason, REASON_LINES, further),
        "opinion": _box("区县人力资源和社会保障局意见", opinion or "", OPINION_LINES, further),
        "further": further,
    }
    return compose(FORM, context, office_templates=templates)


def _box(title: str, text: str, lines: int, further: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what stands in a box of the form, and how many empty lines fill it."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    taken = sum(ceil((2 + width(paragraph)) / LINE_CHARS) for paragraph in paragraphs)
    if taken > lines:
        further.append({"title": title, "lines": paragraphs})
        paragraphs, taken = ["（见附页）"], 1
    return {"lines": paragraphs, "room": lines - taken}


def result(
    archive: Archive, entry: Entry, conclusion: Conclusion, *, templates: Path | None = None
) -> Paper:
    """Return the result of a concluded assessment in the order of annex 1."""
    found, figures = kept.result(conclusion), kept.figures(conclusion.result)
    standard, annex = found.standard, found.annex
    shown = zip(annex.indicators, figures["indicators"], strict=True)
    lines = [
        {
            "id": part["id"],
            "name": part["name"],
            "text": one.text,
            "max": f"{Decimal(part['max']).normalize():f}",
            "score": _score(part["score"]),
        }
        for one, part in shown
    ]
    context = {
        "agency": {"name": entry.agency.name, "code": entry.agency.code},
        "year": conclusion.year,
        "office": offices.office_of(archive, entry.row.district).name,
        "concluded": chinese_date(conclusion.date),
        "standard": {
            "name": found.standard.name,
            "note": standard_note(standard, conclusion.year),
        },
        "total": _two(Decimal(conclusion.total).scaleb(-2)),
        "band": conclusion.band,
        "full": annex.total,
        "categories": [
            {
                "name": part["name"],
                "max": part["max"],
                "score": _score(part["score"]),
                "indicators": lines[span],
            }
            for part, span in zip(figures["categories"], annex.spans, strict=True)
        ],
        "sources": [
            {
                "name": standard.word(source),
                "weight": f"{exact_text(standard.weights[source] * 100)}%",
                "sheets": count,
            }
            for source, count in figures["sheets"].items()
            if count
        ],
        "missing": list(map(standard.word, figures["missing_sources"])),
    }
    return compose(RESULT, context, office_templates=templates)


def cover(
    archive: Archive,
    check: DistrictCheck,
    *,
    number: int,
    date: dt.date,
    agencies: Sequence[Mapping[str, Any]],
    remarks: Sequence[str],
    supplement: bool,
    templates: Path | None = None,
) -> Paper:
    """Return the statement that goes with a package; `agencies` are those of its manifest."""
    city = check.district == offices.CITY
    whose = check.district_name if city else f"{check.district_name}推荐的"
    context = {
        "addressee": None if city else _CITY_DEPARTMENT,
        "opening": f"现报送{whose}“北京市人力资源诚信服务示范单位”",
        "district": check.district_name,
        "office": offices.office_of(archive, check.district).name,
        "year": check.year,
        "number": number,
        "supplement": supplement,
        "earlier": check.submitted,
        "quota": check.quota,
        "recommended": check.recommended,
        "commercial": check.commercial,
        "share": _share_sentence(check),
        "relaxations": [
            {"reason": one.reason, "date": chinese_date(one.date), "by": one.by or "未记载"}
            for one in check.relaxations
        ],
        "agencies": [
            {
                "place": one["place"],
                "name": one["name"],
                "kind": KIND.chinese(one["kind"]),
                "grade": one["grade"] or "—",
                "total": one["total"],
                "band": one["band"],
            }
            for one in agencies
        ],
        "remarks": list(remarks),
        "date": chinese_date(date),
    }
    return compose(COVER, context, office_templates=templates)


def _share_sentence(check: DistrictCheck) -> str:
    share = commercial_share(check.year)
    if check.district in share.exempt:
        return f"{BY_CODE[check.district].name}不受经营性机构比例限制。"
    percent = f"{exact_text(share.least * 100)}%"
    if check.commercial >= share.least * check.recommended:
        return f"经营性机构数量不低于推荐数量的{percent}。"
    return f"经营性机构数量低于推荐数量的{percent}，本区县经营性机构较少，已按附件2备注放宽比例。"


def _score(score: Decimal | int | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _two(total: Decimal) -> str:
    return f"{total:.2f}"
