"""Rewards as a table: one row each (三(八)1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.measures import Reward
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.entering import odd_day
from hrintegrity.duties.importing.entries import Entries, EntryRows, table_of
from hrintegrity.notice.records import kind
from hrintegrity.sheets.columns import declared

_REWARD = kind("reward")
TABLE = table_of(
    "reward",
    "激励登记表",
    (
        declared(_REWARD["kind"], required=True, width=24),
        declared(_REWARD["date"], required=True, width=14, example="2013-10-08"),
        declared(_REWARD["note"], required=True, lines=True, width=40),
    ),
    "kind",
    "date",
    "note",
)


def rows(archive: Archive) -> EntryRows:
    """Return where rewards go, known by all that they say."""

    def unlike(agency: AgencyRow, values: Mapping[str, Any]) -> tuple[str, ...]:
        return odd_day(agency, dt.date.fromisoformat(values["date"]), what="奖励日期")

    return EntryRows(
        archive,
        Entries(
            model=Reward,
            table=TABLE,
            key=("kind", "date", "note"),
            alike=("kind", "date"),
            unlike=unlike,
        ),
    )
