"""Annual reviews and administrative penalties as tables: one row each (三(六)1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.compliance import Penalty, Review
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.entering import odd_day
from hrintegrity.duties.importing.entries import Entries, EntryRows, table_of
from hrintegrity.notice.records import kind
from hrintegrity.rules.proposals import review_warnings
from hrintegrity.sheets.columns import declared

_REVIEW, _PENALTY = kind("review"), kind("penalty")
REVIEWS = table_of(
    "reviews",
    "年审结果登记表",
    (
        declared(_REVIEW["year"], required=True, width=8, example="2013"),
        declared(_REVIEW["result"], required=True, width=12),
        declared(_REVIEW["date"], required=True, width=14, example="2013-10-08"),
    ),
    "year",
)
PENALTIES = table_of(
    "penalties",
    "行政处罚登记表",
    (
        declared(_PENALTY["authority"], required=True, width=24),
        declared(_PENALTY["basis"], required=True, width=40),
        declared(_PENALTY["date"], required=True, width=14, example="2013-10-08"),
    ),
    "authority",
    "basis",
    "date",
)


def reviews(archive: Archive) -> EntryRows:
    """Return where reviews go, known by agency and year; what a sanction wrote is not changed."""

    def fixed(row: Review) -> str:
        return "这次年审结果由惩戒写入，不能改动" if row.sanction_id is not None else ""

    def unlike(agency: AgencyRow, values: Mapping[str, Any]) -> tuple[str, ...]:
        day = dt.date.fromisoformat(values["date"])
        return (*odd_day(agency, day, what="年审日期"), *review_warnings(values["year"], day))

    return EntryRows(
        archive,
        Entries(model=Review, table=REVIEWS, key=("year",), fixed=fixed, unlike=unlike),
    )


def penalties(archive: Archive) -> EntryRows:
    """Return where penalties go, known by all that they say."""

    def unlike(agency: AgencyRow, values: Mapping[str, Any]) -> tuple[str, ...]:
        return odd_day(agency, dt.date.fromisoformat(values["date"]), what="处罚日期")

    return EntryRows(
        archive,
        Entries(
            model=Penalty,
            table=PENALTIES,
            key=("authority", "basis", "date"),
            alike=("authority", "date"),
            unlike=unlike,
        ),
    )
