"""What the summary says as a paper (四(四)): the context of its template, from figures alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from hrintegrity.days import chinese_date
from hrintegrity.duties import offices
from hrintegrity.duties.campaign.activity_views import ActivityView
from hrintegrity.duties.reporting.figure import Figure
from hrintegrity.duties.reporting.figures_assessment import NAMED
from hrintegrity.duties.reporting.matrices import TOTAL, Matrix, matrices
from hrintegrity.duties.reporting.remarks import Point
from hrintegrity.duties.reporting.summary import Figures, Rated, Shown, Summary
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.measures import activities, incentives
from hrintegrity.notice.words import JOINT, MEASURE, SOURCE

TEMPLATE = "report/month"
ADDRESSEE = "市人力资源和社会保障局人力资源市场处"
LISTED = 12
"""So many activities are told one by one; of more only the figures."""

RATES = ("pledge_rate", "staff_pledge_rate", "dossier_rate")
_IN_A_CHART = 9


def context(summary: Summary) -> dict[str, Any]:
    """Return all that the paper says; figures are text, and numbers only where a bar is drawn."""
    figures = summary.figures
    return {
        "office": {
            "name": summary.office.name,
            "leader": summary.office.leader,
            "department": summary.office.department,
            "plan": bool(summary.office.plan),
        },
        # The register of an office's own letters is not ours: the number is filled in by hand.
        "number": f"　　　　〔{summary.date.year}〕　　号",
        "addressee": ADDRESSEE if _is_districts(summary) else "",
        "whole": summary.district is None,
        "district_name": summary.district_name,
        "year": summary.year,
        "start": chinese_date(summary.period.start),
        "end": _short(summary.period.end, summary.period.start),
        "date": chinese_date(summary.date),
        "f": {name: one.with_unit for name, one in figures.items()},
        "n": {name: _number(one) for name, one in figures.items()},
        "kinds": _kinds(summary),
        "bands": [_bar(figures[f"band_{band}"], band) for band in summary.bands],
        "categories": _categories(summary),
        "sources": _sources(summary),
        "standards": [one.as_context(summary.year) for one in summary.standards],
        "best": _rated(summary.best, "高"),
        "weakest": _rated(summary.weakest, "低"),
        "rates": _rates(figures),
        "rewards": _counts_above_zero(
            figures, (f"rewards_{kind}" for kind in incentives(summary.period.last))
        ),
        "sanctions": _counts_above_zero(
            figures, (f"sanctions_{kind.replace('-', '_')}" for kind in MEASURE)
        ),
        "practices": _points(summary.remarks.practices),
        "experience": _points(summary.remarks.experience),
        "models": _points(summary.remarks.models),
        "problems": _points(summary.remarks.problems),
        "proposals": _points(summary.remarks.proposals),
        "matrices": [_matrix(one, figures) for one in matrices(summary.year, summary.annex)],
        "list": _list(summary),
        "districts": [
            _district(BY_CODE[code].name, own) for code, own in summary.districts.items()
        ],
        "together": _district("合计", figures),
        "charts": _charts(summary.districts),
        "series": [figures[name].figure.label for name in RATES],
    }


def _points(points: Iterable[Point]) -> list[dict[str, str]]:
    return [{"mark": one.mark, "text": one.text} for one in points]


def _is_districts(summary: Summary) -> bool:
    return summary.district not in (None, offices.CITY)


def clause(text: str) -> str:
    """Return a clause as a Chinese paper prints it, with brackets of full width."""
    return text.replace("(", "（").replace(")", "）").replace(" ", "")


def _number(one: Shown) -> int | float | None:
    return float(one.value) if isinstance(one.value, Decimal) else one.value


def _short(day: dt.date, after: dt.date) -> str:
    """Write the later day of two without what it has in common with the earlier."""
    if day.year != after.year:
        return chinese_date(day)
    return f"{day.month}月{day.day}日"


def _kinds(summary: Summary) -> list[dict[str, Any]]:
    """Return the activities with their counts, and few enough ones listed one by one.

    Joint actions (三(一)3) are none of the month's five, and stand apart. Inspections of the month
    are the general inspection, whether somebody logged it as an activity or not.
    """
    one_by_one = len(summary.activities) <= LISTED
    inspected = summary.figures["inspected"].value
    found = []
    for kind, known in activities(summary.period.last).items():
        mine = [one for one in summary.activities if one.kind == kind]
        told = [
            summary.figures[f"activities_{kind}_{name}"] for name in ("people", "agencies", "media")
        ]
        found.append(
            {
                "word": known.word,
                "joint": kind == JOINT,
                "count": len(mine),
                "missing": not mine and not (kind == "inspection" and inspected),
                "told": _sentence_of(told),
                "listed": [_activity(one, whole=summary.district is None) for one in mine]
                if one_by_one
                else [],
            }
        )
    return found


def _activity(one: ActivityView, *, whole: bool) -> str:
    counted = [
        f"{number}{unit}参加"
        for number, unit in ((one.people, "人"), (one.agencies, "家机构"))
        if number is not None
    ]
    if one.kind == "convention" and one.agencies is not None:
        counted[-1] = f"发放至{one.agencies}家机构"
    if one.media is not None:
        counted.append(f"媒体报道{one.media}篇")
    if one.partners:
        counted.insert(0, f"会同{one.partners}")
    more = f"（{'，'.join(counted)}）" if counted else ""
    # In the city's summary it must be told whose activity it was; its own needs no name.
    whose = f"{one.district_name}：" if whole and one.district != offices.CITY else ""
    return f"{one.date.month}月{one.date.day}日，{whose}{one.title}{more}"


def _sentence_of(figures: Iterable[Shown]) -> str:
    """Say what was counted of the activities; what was not counted is not said."""
    words = {"人次": "参加{}", "家次": "覆盖{}", "篇次": "媒体报道{}"}
    return "，".join(
        words[one.figure.unit].format(one.with_unit) for one in figures if one.value is not None
    )


def _bar(one: Shown, label: str) -> dict[str, Any]:
    return {"label": label, "value": _number(one) or 0, "text": one.with_unit}


def _categories(summary: Summary) -> list[dict[str, Any]]:
    figures = summary.figures
    return [
        {
            "label": category.name,
            "value": _number(rate) or 0,
            "text": f"{rate.with_unit}",
            "mean": figures[f"category_{category.id}_mean"].with_unit,
        }
        for category in summary.annex.categories
        for rate in [figures[f"category_{category.id}_rate"]]
        if rate.value is not None
    ]


def _sources(summary: Summary) -> list[str]:
    figures = summary.figures
    return [
        f"{word}平均{mean.with_unit}（{figures[f'source_{source}_agencies'].with_unit}）"
        for source, word in (*((one, SOURCE.chinese(one)) for one in SOURCE), *summary.ways)
        for mean in [figures[f"source_{source}_mean"]]
        if mean.value is not None
    ]


def _rated(rated: list[Rated], end: str) -> str:
    """Name the indicators at one end; of more than can be named, how many are equal."""
    named = rated
    if len(rated) > NAMED:
        named = [one for one in rated if one.rate != rated[-1].rate]
    told = "、".join(f"{one.indicator.name}{one.rate:f}%" for one in named)
    if len(named) == len(rated):
        return f"较{end}的是{told}" if told else ""
    equal = f"有{len(rated) - len(named)}项并列，均为{rated[-1].rate:f}%"
    return f"较{end}的是{told}，其次{equal}" if told else f"最{end}的{equal}"


def _rates(figures: Figures) -> list[dict[str, str]]:
    """Return the three rows of what aims at 100%."""
    rows = (
        ("自律承诺书签署", "agencies", "pledged", RATES[0]),
        ("服务承诺书签署", "staff", "staff_pledged", RATES[1]),
        ("诚信档案建档", "agencies", "dossiers", RATES[2]),
    )
    return [
        {
            "label": label,
            "whole": figures[whole].with_unit,
            "part": figures[part].with_unit,
            "rate": figures[rate].with_unit,
        }
        for label, whole, part, rate in rows
    ]


def _counts_above_zero(figures: Figures, names: Iterable[str]) -> str:
    """Name those that there are any of, with their number."""
    found = [figures[name] for name in names if figures[name].value]
    return "、".join(f"{one.figure.label}{one.with_unit}" for one in found)


def _matrix(matrix: Matrix, figures: Figures) -> dict[str, Any]:
    """Return a table as it stands on paper; a long narrow one is folded into two halves."""
    rows = [
        [row.label, *(figures[name].text for name in row.names)]
        for row in matrix.rows
        if figures[row.names[0]].value or not row.rare
    ]
    folded = 2 if len(rows) > LISTED else 1
    half = -(-len(rows) // folded)
    return {
        "caption": f"{matrix.caption}（依据：{clause(matrix.clause)}）",
        "head": list(matrix.head) * folded,
        "folded": folded,
        "rows": [
            {
                "cells": [cell for row in rows[place::half] for cell in row],
                "total": rows[place][0] == TOTAL,
            }
            for place in range(half)
        ],
    }


def _list(summary: Summary) -> list[dict[str, Any]]:
    """Return the figures that stand in no matrix, by chapters."""
    elsewhere = {
        name
        for matrix in matrices(summary.year, summary.annex)
        for row in matrix.rows
        for name in row.names
    }
    chapters = []
    for title, figures in summary.chapters.items():
        mine = [one for one in figures if one.name not in elsewhere]
        rows = [
            _line(one, summary.figures[one.name])
            for one in mine
            if one.is_printed(summary.figures[one.name].value)
        ]
        if rows:
            chapters.append({"title": title, "rows": rows})
    return chapters


def _line(figure: Figure, one: Shown) -> dict[str, str]:
    return {"label": figure.label, "value": one.with_unit, "clause": clause(figure.clause)}


def _district(name: str, figures: Figures) -> dict[str, Any]:
    """Return a row of the table by district."""
    names = ("agencies", "inspected", "assessed", "total_mean", *RATES)
    return {
        "name": name,
        "cells": [figures[name].text for name in names],
        "recommended": f"{figures['recommended'].text}/{figures['quota'].text}",
    }


def _charts(districts: Mapping[str, Figures]) -> list[list[dict[str, Any]]]:
    """Return the rates of the districts that have any, in charts that fit on a page."""
    rows = [
        {
            "label": BY_CODE[code].name,
            "values": [
                {"value": _number(figures[name]) or 0, "text": figures[name].with_unit}
                for name in RATES
            ],
        }
        for code, figures in districts.items()
        if any(figures[name].value is not None for name in RATES)
    ]
    count = -(-len(rows) // _IN_A_CHART)
    size = -(-len(rows) // count) if count else 1
    return [rows[start : start + size] for start in range(0, len(rows), size)]
