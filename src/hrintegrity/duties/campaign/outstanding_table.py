"""Outstanding agencies as a table: one row an agency and campaign (三(七))."""

from __future__ import annotations

import datetime as dt

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.campaign import Outstanding
from hrintegrity.duties import offices
from hrintegrity.duties.campaign.distinctions import refuse_closed
from hrintegrity.duties.importing.entries import Entries, EntryRows, table_of
from hrintegrity.duties.importing.target import Batch, Case
from hrintegrity.notice.records import kind
from hrintegrity.sheets.columns import declared

_OUTSTANDING = kind("outstanding")
TABLE = table_of(
    "outstanding",
    "表现突出机构登记表",
    (
        declared(_OUTSTANDING["reason"], required=True, lines=True, width=40),
        declared(
            _OUTSTANDING["date"],
            width=14,
            example="2013-10-08",
            note="不填的，为导入当天",
            or_today=True,
        ),
    ),
)


class OutstandingRows(EntryRows):
    """Rows that become outstanding agencies of a campaign; a row without a day is of today."""

    def __init__(self, archive: Archive, *, year: int | None, today: dt.date) -> None:
        campaign = offices.campaign(archive, year).year
        super().__init__(
            archive,
            Entries(model=Outstanding, table=TABLE, given={"year": campaign}, refuse=refuse_closed),
        )
        self._today = today.isoformat()

    def add(self, case: Case, batch: Batch) -> None:  # type: ignore[type-arg]  # as its base has it.
        """Enter a new record, today's where the row has no day."""
        values = {**case.values, "date": case.values.get("date") or self._today}
        super().add(Case(case.row, values, case.found, case.key), batch)
