"""Another year's campaign month, and the day by which the city is told of it (三(四))."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.office import Campaign
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice import deadlines


@dataclass(frozen=True)
class Month:
    """A campaign as scripts see it; `changed` says that it was there with other days."""

    id: str
    year: int
    start: dt.date
    end: dt.date
    deadline: dt.date
    changed: bool


def start(
    archive: Archive, *, year: int, first: dt.date, last: dt.date, deadline: dt.date
) -> Month:
    """Start the campaign of a year, or give another one's days anew.

    Raises UsageError `campaign-dates`, LookupFailedError `campaign-exists` where it has just these
    days, RuleError `campaign-fixed` for other days than the notice sets for its own year.
    """
    if first.year != year:
        raise UsageError(
            "campaign-dates", f"{first} 不在{year}年。", "--from 应是活动年份里的一天。"
        )
    if not first <= last <= deadline:
        raise UsageError(
            "campaign-dates",
            f"日期先后不对：{first} 至 {last}，{deadline} 前报送。",
            "应是 --from 不晚于 --to，--to 不晚于 --deadline。",
        )
    row = archive.session.exec(select(Campaign).where(Campaign.year == year)).first()
    if row is None:
        new = Campaign(year=year, start=first, end=last, deadline=deadline)
        return _view(writer.insert(archive, new), changed=False)
    if (row.start, row.end, row.deadline) == (first, last, deadline):
        raise LookupFailedError(
            "campaign-exists", f"{year}年的活动已经登记，日期相同，未改动。", "直接使用它。"
        )
    known = deadlines.campaign(year)
    if known is not None:
        raise RuleError(
            "campaign-fixed",
            f"{year}年的活动由通知规定：{known.first_day} 至 {known.last_day}，"
            f"{known.deadline} 前报送，不能更改。",
            "请核对 --year。",
            clause=known.month_clause,
        )
    writer.update(archive, row, start=first, end=last, deadline=deadline)
    return _view(row, changed=True)


def _view(row: Campaign, *, changed: bool) -> Month:
    return Month(
        id=row.id,
        year=row.year,
        start=row.start,
        end=row.end,
        deadline=row.deadline,
        changed=changed,
    )
