"""What the written notice says (三(五)): the context of its template, from records alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.days import chinese_date
from hrintegrity.duties import hotlines, offices
from hrintegrity.duties.assessment import kept
from hrintegrity.duties.assessment.roster import Member
from hrintegrity.duties.offices import OfficeView
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.hotlines import Hotlines
from hrintegrity.rules.assessment import IndicatorResult, Result
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.ordering import weakest
from hrintegrity.rules.standard import Standard
from hrintegrity.rules.standard_reading import default_complaint_days, default_standard

WEAKEST_NAMED = 3

OBJECTION = (
    "你机构对评估结果有异议的，可以向我局书面提出，说明理由并附有关材料；"
    "我局自收到之日起{days}日内复核，并书面告知复核结果。"
)
_DEFAULT_NOTE = (
    "各项指标分值、各评价方式的权重和等次界限，附件1未作规定，"
    "我局采用通用的参考标准，不是该通知的内容"
)
_OWN_NOTE = "各项指标分值、各评价方式的权重和等次界限，附件1未作规定，由我局结合实际情况确定"


class Wording:
    """Words of notices; what many notices share is read once."""

    def __init__(self, archive: Archive, today: dt.date) -> None:
        self._archive = archive
        self._today = today
        self._offices: dict[str, OfficeView] = {}

    def notice(
        self,
        agency: Member,
        conclusion: Conclusion,
        *,
        number: str,
        replaces: str | None,
        reopen_reason: str | None,
    ) -> dict[str, Any]:
        """Return all that the notice of a conclusion says; figures are text, rounded once."""
        office = self._office(agency.district)
        found, figures = kept.result(conclusion), kept.figures(conclusion.result)
        parts = [
            _indicator(part, shown)
            for part, shown in zip(found.indicators, figures["indicators"], strict=True)
        ]
        by_id = {part["id"]: part for part in parts}
        days = found.standard.complaint_days
        return {
            "office": {
                "name": office.name,
                "department": office.department,
                "address": office.address,
            },
            "number": number,
            "replaces": replaces,
            "reopened_reason": reopen_reason,
            "addressee": agency.name,
            "agency": {"name": agency.name, "code": agency.code},
            "year": conclusion.year,
            "campaign_name": f"{conclusion.year}年“诚信服务月”主题活动",
            "date": chinese_date(self._today),
            "total": str(Decimal(conclusion.total).scaleb(-2)),
            "band": conclusion.band,
            "standard": {
                "name": found.standard.name,
                "note": standard_note(found.standard, conclusion.year),
                "procedure": found.standard.procedure or "",
            },
            "bands": [
                {"name": band.name, "from": exact_text(Fraction(band.least, 100))}
                for band in found.standard.bands
            ],
            "categories": [
                {
                    "id": part["id"],
                    "name": part["name"],
                    "max": str(part["max"]),
                    "score": _score(part["score"]),
                }
                for part in figures["categories"]
            ],
            "indicators": parts,
            "sources": _sources(found),
            "missing_sources": [
                found.standard.word(source) for source in figures["missing_sources"]
            ],
            "weakest": [by_id[part.indicator.id] for part in weakest(found, WEAKEST_NAMED)],
            "objection": OBJECTION.format(
                days=default_complaint_days(conclusion.year) if days is None else days
            ),
            "hotlines": self._hotlines(agency),
        }

    def _office(self, district: str) -> OfficeView:
        if district not in self._offices:
            self._offices[district] = offices.office_of(self._archive, district)
        return self._offices[district]

    @cached_property
    def _lines(self) -> Hotlines:
        return hotlines.lines_in_use(self._archive, self._today)

    def _hotlines(self, agency: Member) -> dict[str, Any] | None:
        """Return the hotline of the agency's district; a municipal one's is where it stands."""
        place = agency.location if agency.district == offices.CITY else agency.district
        lines = self._lines.by_district.get(place or "")
        if lines is None:
            return None
        return {
            "district_name": BY_CODE[lines.district].name,
            "market": [line.as_mapping() for line in lines.market],
            "labour": [line.as_mapping() for line in lines.labour],
        }


def standard_note(standard: Standard, year: int) -> str:
    """Return in Chinese whose standard it is, where the notice is silent."""
    return _DEFAULT_NOTE if standard == default_standard(year) else _OWN_NOTE


def _indicator(part: IndicatorResult, shown: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": part.indicator.id,
        "name": part.indicator.name,
        "text": part.indicator.text,
        "category_id": part.indicator.category.id,
        "max": exact_text(part.most),
        "score": _score(shown["score"]),
    }


def _sources(found: Result) -> list[dict[str, Any]]:
    return [
        {
            "name": found.standard.word(source),
            "weight": f"{exact_text(found.standard.weights[source] * 100)}%",
            "sheets": count,
        }
        for source, count in found.sheets.items()
        if count
    ]


def _score(score: Decimal | int | None) -> str:
    return "" if score is None else f"{score:.2f}"
