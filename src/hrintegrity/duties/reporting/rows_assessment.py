"""The assessments that stand (三(五)), as sets of rows."""

from __future__ import annotations

import json

from hrintegrity.duties.reporting.querying import (
    AGENCY,
    OF,
    Column,
    Dialect,
    Rows,
    day,
    exists,
    points,
    tenths,
)
from hrintegrity.notice.indicators import categories, indicators
from hrintegrity.notice.words import SOURCE


def _conclusions(spoken: Dialect) -> str:
    parts = [
        f"{spoken.hundredths('c.result', 'categories', place, 'score')} AS category_{one.id}"
        for place, one in enumerate(categories())
    ] + [
        f"{spoken.hundredths('c.result', 'indicators', place, 'score')} AS indicator_{one.id}"
        for place, one in enumerate(indicators())
    ]
    standing = spoken.parsed("conclusion", "result", "year = :year AND reopened IS NULL")
    return (
        f"SELECT {OF}, c.date, c.total, c.band, c.standard, {', '.join(parts)},"
        f" {spoken.listed('c.result', 'missing_sources')} AS missing_sources,"
        f" n.reference, v.date AS served FROM {standing} c JOIN agency a ON a.id = c.agency_id"
        " LEFT JOIN paper n ON n.subject_id = c.id LEFT JOIN service v ON v.paper_id = n.id"
        " WHERE true{of}"
    )


def _sources(listed: str) -> str:
    return "、".join(map(SOURCE.chinese, json.loads(listed)))


CONCLUSIONS = Rows(
    "conclusions",
    "评估",
    _conclusions,
    "a.district",
    "code",
    (
        *AGENCY,
        Column("总分", "total", points),
        Column("等次", "band"),
        Column("缺少的评价方式", "missing_sources", _sources),
        *(Column(one.name, f"category_{one.id}", points) for one in categories()),
        *(Column(one.heading, f"indicator_{one.id}", points) for one in indicators()),
        Column("评定日期", "date", day),
        Column("告知书", "reference"),
        Column("送达日期", "served", day),
    ),
)
SHEETS = Rows(
    "sheets",
    "评分表",
    lambda spoken: (
        f"SELECT {OF}, h.id, h.source, h.rater, {spoken.added('h.scores')} AS points"
        " FROM score_sheet h JOIN agency a ON a.id = h.agency_id WHERE h.year = :year AND "
        + exists("conclusion c WHERE c.agency_id = a.id AND c.year = :year AND c.reopened IS NULL")
        + "{of}"
    ),
    "a.district",
    "code, source, id",
    (
        *AGENCY,
        Column("评价方式", "source", SOURCE.chinese),
        Column("评价人", "rater"),
        Column("总分", "points", tenths),
    ),
)
