"""The assessments that stand (三(五)), as sets of rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from hrintegrity.duties.assessment import kept
from hrintegrity.duties.reporting.querying import (
    AGENCY,
    OF,
    Column,
    RowQuery,
    day,
    exists,
    plain,
    points,
    tenths,
)
from hrintegrity.notice.indicators import Annex
from hrintegrity.notice.words import SOURCE


def word_of(source: str) -> str:
    """Return the word of a source; a district's own way is shown by its name."""
    return SOURCE.chinese(source) if source in SOURCE else source


CONCLUSIONS = RowQuery(
    name="conclusions",
    title="评估",
    select=plain(
        f"SELECT {OF}, c.date, c.total, c.band, c.result, n.reference, v.date AS served"
        " FROM conclusion c JOIN agency a ON a.id = c.agency_id"
        " LEFT JOIN paper n ON n.subject_id = c.id LEFT JOIN service v ON v.paper_id = n.id"
        " WHERE c.year = :year AND c.reopened IS NULL{of}"
    ),
    of="a.district",
    order="code",
    columns=(),
)
"""What is counted of conclusions; `conclusions` has the columns of their list."""

CONCLUDED_SCORES = RowQuery(
    name="made_of",
    title="评估",
    select=plain(
        "SELECT a.district, c.date, c.band, c.standard, c.annex, c.agency_facts, c.exact,"
        " CASE WHEN c.exact IS NULL THEN c.sheets END AS sheets"
        " FROM conclusion c JOIN agency a ON a.id = c.agency_id"
        " WHERE c.year = :year AND c.reopened IS NULL{of}"
    ),
    of="a.district",
    order="district",
    columns=(),
)
"""What the scores of conclusions are counted from."""

SHEETS = RowQuery(
    name="sheets",
    title="评分表",
    select=lambda spoken: (
        f"SELECT {OF}, h.id, h.source, h.rater, {spoken.added('h.scores')} AS points"
        " FROM score_sheet h JOIN agency a ON a.id = h.agency_id WHERE h.year = :year AND "
        + exists("conclusion c WHERE c.agency_id = a.id AND c.year = :year AND c.reopened IS NULL")
        + "{of}"
    ),
    of="a.district",
    order="code, source, id",
    columns=(
        *AGENCY,
        Column("评价方式", "source", word_of),
        Column("评价人", "rater"),
        Column("总分", "points", tenths),
    ),
)


@cache
def conclusions(annex: Annex) -> RowQuery:
    """Return the conclusions with a column for each category and indicator of an annex."""
    columns = (
        *AGENCY,
        Column("总分", "total", points),
        Column("等次", "band"),
        Column("缺少的评价方式", "result", _missing),
        *(Column(one.name, "result", _score("categories", one.id)) for one in annex.categories),
        *(Column(one.heading, "result", _score("indicators", one.id)) for one in annex.indicators),
        Column("评定日期", "date", day),
        Column("告知书", "reference"),
        Column("送达日期", "served", day),
    )
    known = CONCLUSIONS
    return RowQuery(
        name=known.name,
        title=known.title,
        select=known.select,
        of=known.of,
        order=known.order,
        columns=columns,
    )


def _missing(result: str) -> str:
    return "、".join(map(word_of, kept.figures(result)["missing_sources"]))


def _score(kind: str, number: int) -> Callable[[str], Any]:
    """Return what shows the score of a category or indicator, as it was concluded."""

    def show(result: str) -> Decimal | int | None:
        parts = kept.figures(result)[kind]
        part = parts[number - 1] if number <= len(parts) else None
        return None if part is None else part["score"]

    return show
