"""The summary as a workbook: its figures, charts, and behind each figure the rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.reporting.figure import Value
from hrintegrity.duties.reporting.querying import RowQuery, listed
from hrintegrity.duties.reporting.remarks import PROBLEMS, PROPOSALS, Point
from hrintegrity.duties.reporting.rows_assessment import CONCLUSIONS, SHEETS, conclusions
from hrintegrity.duties.reporting.rows_month import (
    ACTIVITIES,
    AGENCIES,
    BULLETINS,
    DISTRIBUTIONS,
    GAPS,
    INSPECTIONS,
    OFFICES,
    OUTSTANDING,
    STAFF,
    TITLES,
)
from hrintegrity.duties.reporting.rows_year import (
    COMPLAINTS,
    RECOMMENDATIONS,
    REWARDS,
    SANCTIONS,
    UNITS,
)
from hrintegrity.duties.reporting.summary import Summary
from hrintegrity.duties.reporting.wording import RATES
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.sheets.report_book import Chart, Listing, save_book

ROWS: tuple[RowQuery, ...] = (
    OFFICES,
    ACTIVITIES,
    BULLETINS,
    DISTRIBUTIONS,
    OUTSTANDING,
    TITLES,
    AGENCIES,
    STAFF,
    INSPECTIONS,
    GAPS,
    CONCLUSIONS,
    SHEETS,
    COMPLAINTS,
    REWARDS,
    SANCTIONS,
    RECOMMENDATIONS,
    UNITS,
)
"""The sheets of rows in the order of the paper; complainants stand in none of them."""

RARE = {BULLETINS: "bulletins", DISTRIBUTIONS: "convention_distributed"}
"""Sheets that there are only where a figure is above nothing."""

Progress = Callable[[Sequence[RowQuery]], Iterable[RowQuery]]


def write(
    archive: Reader, summary: Summary, path: Path, *, force: bool, progress: Progress = iter
) -> int:
    """Write the workbook; return how many rows stand in it. Raises as `report_book.save_book`."""
    listings = _listings(archive, summary, progress)
    return save_book(path, listings, _charts(summary), force=force)


def _listings(archive: Reader, summary: Summary, progress: Progress) -> Iterator[Listing]:
    yield _figures(summary)
    if summary.districts:
        yield _by_district(summary)
    for known in progress(ROWS):
        if known in RARE and not summary.figures[RARE[known]].value:
            continue
        rows = conclusions(summary.annex) if known is CONCLUSIONS else known
        headers = [column.header for column in rows.columns]
        yield Listing(rows.title, headers, _named(summary, headers, archive, rows))
    remarks = summary.remarks.by_heading
    if remarks:
        said = [line for heading, points in remarks.items() for line in _remarks(heading, points)]
        own = remarks.keys() <= {PROBLEMS, PROPOSALS}
        yield Listing("问题和建议" if own else "经验和问题", ["类别", "内容"], said)


def _named(
    summary: Summary, headers: list[str], archive: Reader, rows: RowQuery
) -> Iterable[list[Any]]:
    """Return rows with the districts' own ways of evaluation as their standards call them."""
    found = listed(archive, rows, summary.period)
    places = [place for place, header in enumerate(headers) if header.endswith("评价方式")]
    ways = dict(summary.ways)
    if not ways or not places:
        return found
    return (
        [
            "、".join(ways.get(one, one) for one in cell.split("、"))
            if place in places and isinstance(cell, str)
            else cell
            for place, cell in enumerate(row)
        ]
        for row in found
    )


def _figures(summary: Summary) -> Listing:
    headers = ["部分", "项目", "数值", "单位", "《通知》条款", "所据记录的表", "怎样数出"]
    rows = []
    for title, figures in summary.chapters.items():
        for one in figures:
            sheet = one.rows.title if one.rows else "附件2"
            found = summary.figures[one.name].value
            if not one.is_printed(found):
                continue
            value = _cell(found)
            rows.append([title, one.label, value, one.unit, one.clause, sheet, one.how])
    return Listing(f"{summary.district_name}{summary.year}年数据", headers, rows)


def _by_district(summary: Summary) -> Listing:
    headers = ["项目", "单位", *(BY_CODE[code].name for code in summary.districts)]
    rows = [
        [
            one.figure.label,
            one.figure.unit,
            *(_cell(own[name].value) for own in summary.districts.values()),
        ]
        for name, one in summary.figures.items()
        if one.figure.is_printed(one.value)
    ]
    return Listing("各区县", headers, rows)


def _cell(value: Value) -> Any:
    """Return a number for a cell; what has no value stands as 无, so that it is no nought."""
    return "无" if value is None else value


def _remarks(title: str, points: Iterable[Point]) -> list[list[str]]:
    return [[title, one.text] for one in points]


def _charts(summary: Summary) -> list[Chart]:
    """Return the charts of the paper, of what there is."""
    figures, annex = summary.figures, summary.annex
    charts = []
    if figures["assessed"].value:
        bands = [(band, figures[f"band_{band}"].value) for band in summary.bands]
        charts.append(Chart("各等次机构数", ["等次", "机构数（家）"], bands))
        rates = [(one.name, figures[f"category_{one.id}_rate"].value) for one in annex.categories]
        charts.append(Chart("各类指标得分率", ["类别", "得分率（%）"], rates, 100))
    by_district = [
        (BY_CODE[code].name, *(own[name].value for name in RATES))
        for code, own in summary.districts.items()
        if any(own[name].value is not None for name in RATES)
    ]
    if by_district:
        labels = [f"{figures[name].figure.label}（%）" for name in RATES]
        charts.append(Chart("各区县签署率和建档率", ["单位", *labels], by_district, 100))
    return charts
