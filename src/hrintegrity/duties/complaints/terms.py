"""By when complaints are to be answered (四(三) 及时反馈处理情况): the standard's days, or ours."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.assessment.standards import complaint_days
from hrintegrity.rules import complaints as rules

if TYPE_CHECKING:
    from hrintegrity.archive.tables.complaints import Complaint


class Terms:
    """The terms of many complaints, each district's standard read once."""

    def __init__(self, archive: Reader) -> None:
        self._archive = archive
        self._days: dict[tuple[str, int], int] = {}

    def of(self, row: Complaint) -> dt.date:
        """Return the last day for the answer; an entry of before there was one takes the days."""
        return row.due or self.due(row.received, row.district)

    def due(self, received: dt.date, district: str) -> dt.date:
        """Return the last day for the answer to what a district received on a day."""
        key = district, received.year
        if key not in self._days:
            self._days[key] = complaint_days(self._archive, *key)
        return rules.due_day(received, self._days[key])


def of(archive: Reader, row: Complaint) -> dt.date:
    """Return the last day for the answer to one complaint."""
    return Terms(archive).of(row)


def due(archive: Reader, received: dt.date, district: str) -> dt.date:
    """Return the last day for the answer to what a district received on a day."""
    return Terms(archive).due(received, district)
