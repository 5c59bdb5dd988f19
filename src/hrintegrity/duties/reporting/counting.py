"""Counting the figures: one statement for each set of rows, district by district."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.assessment import kept
from hrintegrity.duties.reporting import registry
from hrintegrity.duties.reporting.figure import Counted, Figure, Scored
from hrintegrity.duties.reporting.querying import Period, RowQuery, sql_of
from hrintegrity.duties.reporting.rows_assessment import CONCLUDED_SCORES, SHEETS
from hrintegrity.duties.reporting.rows_month import AGENCIES, STAFF
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.rules.assessment import as_concluded
from hrintegrity.rules.case import Case
from hrintegrity.rules.weighing import Exact


def count_rates(archive: Reader, period: Period) -> dict[str, Counted]:
    """Count by district what the three rates of 四(一) need."""
    return _districts(archive, period, (AGENCIES, STAFF))


def count_all(archive: Reader, period: Period) -> dict[str, Counted]:
    """Count every figure by district, in the annex's order.

    Without a district in the period, all eighteen units are there, also those with nothing.
    """
    counted = _districts(archive, period, None)
    _count_conclusions(archive, period, counted)
    _count_raters(archive, period, counted)
    return counted


def together(archive: Reader, period: Period, counted: dict[str, Counted]) -> Counted:
    """Return what was counted of all districts together."""
    if len(counted) == 1:
        return next(iter(counted.values()))
    found = Counted()
    for one in counted.values():
        found.add(one)
    for figure in registry.counts(period.year).values():
        if figure.sql:
            values = [v for one in counted.values() if (v := one.sums[figure.name]) is not None]
            merge = max if figure.largest else sum
            found.sums[figure.name] = merge(values) if values else None
    # A practitioner who works in two districts is still one person.
    people = _aggregates(archive, period, STAFF, _counts(period, STAFF), by_district=False)
    found.sums |= next(people)[1]
    return found


def _counts(period: Period, rows: RowQuery) -> list[Figure]:
    known = registry.counts(period.year)
    return [one for one in known.values() if one.rows is rows and one.sql]


def _districts(
    archive: Reader, period: Period, wanted: Collection[RowQuery] | None
) -> dict[str, Counted]:
    codes = BY_CODE if period.district is None else (period.district,)
    counted = {code: Counted() for code in codes}
    by_rows: dict[str, list[Figure]] = {}
    for figure in registry.counts(period.year).values():
        if figure.sql and figure.rows is not None and (wanted is None or figure.rows in wanted):
            by_rows.setdefault(figure.rows.name, []).append(figure)
            for one in counted.values():
                one.sums[figure.name] = figure.empty
    for figures in by_rows.values():
        rows = figures[0].rows
        assert rows is not None
        for district, sums in _aggregates(archive, period, rows, figures, by_district=True):
            counted[district].sums |= sums
    return counted


def _aggregates(
    archive: Reader, period: Period, rows: RowQuery, figures: list[Figure], *, by_district: bool
) -> Iterator[tuple[str, dict[str, int | None]]]:
    """Yield for each district that has rows the figures that are counted over them."""
    aggregates = ", ".join(str(one.sql) for one in figures)
    columns = "district" if by_district else ""
    for district, *values in _grouped(archive, period, rows, columns, aggregates):
        named = zip(figures, values, strict=True)
        yield district, {one.name: None if v is None else int(v) for one, v in named}


def _grouped(
    archive: Reader, period: Period, rows: RowQuery, columns: str, aggregates: str
) -> Iterable[Any]:
    """Return the aggregates over the rows by these columns; without columns, of all together.

    The rows are made once: SQLite else looks into the archive again for each aggregate.
    """
    head, tail = (columns, f" GROUP BY {columns}") if columns else ("''", "")
    inner = f"SELECT * FROM ({sql_of(rows, archive, period)}) AS r"
    sql = f"WITH s AS MATERIALIZED ({inner}) SELECT {head}, {aggregates} FROM s{tail}"
    return archive.query(sql, period.values())


def _count_conclusions(archive: Reader, period: Period, counted: dict[str, Counted]) -> None:
    """Count totals, bands and scores from what each conclusion keeps: exact, row by row."""
    rows = archive.query(sql_of(CONCLUDED_SCORES, archive, period), period.values(), many=True)
    for district, date, band, standard, annex, facts, scores, sheets in rows:
        case = kept.case(standard=standard, annex=annex, agency_facts=facts, date=date)
        exact = _exact(case, scores, sheets, band)
        mine = counted[district]
        mine.totals[exact.total or 0, exact.denominator] += 1
        mine.bands[band] += 1
        scored = mine.scored.get((standard, case.annex))
        if scored is None:
            scored = mine.scored[standard, case.annex] = Scored()
        scored.take(exact)


def _exact(case: Case, scores: str | None, sheets: str, band: str) -> Exact:
    """Return the exact scores of a conclusion; of an early one from its sheets."""
    if scores is not None:
        return kept.exact(scores, case)
    return as_concluded(replace(case, sheets=tuple(kept.sheets(sheets))), None, band).exact


def _count_raters(archive: Reader, period: Period, counted: dict[str, Counted]) -> None:
    """Count by source and number of raters, so that means stay exact."""
    inner = (
        "SELECT district, source, agency_id, COUNT(*) AS raters, SUM(points) AS points"
        f" FROM ({sql_of(SHEETS, archive, period)}) AS s GROUP BY district, source, agency_id"
    )
    sql = (
        f"SELECT district, source, raters, COUNT(*), SUM(points) FROM ({inner}) AS r"
        " GROUP BY district, source, raters"
    )
    for district, source, raters, agencies, points in archive.query(sql, period.values()):
        by_raters = counted[district].rated.setdefault(source, {})
        by_raters[raters] = (agencies, int(points))
