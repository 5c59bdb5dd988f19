"""The agencies' pledges as a table: one row an agency and campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.people import Pledge
from hrintegrity.duties import offices
from hrintegrity.duties.importing.entries import Entries, EntryRows, table_of
from hrintegrity.notice.records import kind
from hrintegrity.sheets.columns import declared, yes_no

_PLEDGE = kind("pledge")
TABLE = table_of(
    "pledges",
    "诚信自律承诺书登记表",
    (
        declared(_PLEDGE["date"], required=True),
        declared(_PLEDGE["displayed"], yes_no, marks=(True, False), choices=("是", "否"), width=10),
    ),
    "code",
    "date",
)


def rows(archive: Archive, *, year: int | None) -> EntryRows:
    """Return where pledges go: those of a campaign, each agency's one.

    A day belongs to the campaign of its year; one of another year is a pledge of its own.
    """
    campaign = offices.campaign(archive, year).year

    def campaign_of(values: Mapping[str, Any]) -> int:
        return dt.date.fromisoformat(values["date"]).year

    def unlike(_: Any, values: Mapping[str, Any]) -> tuple[str, ...]:
        if campaign_of(values) == campaign:
            return ()
        return (f"{{count}} 份承诺书的日期不在{campaign}年，请核对：{{first}}。",)

    return EntryRows(archive, Entries(model=Pledge, table=TABLE, key_of=campaign_of, unlike=unlike))
