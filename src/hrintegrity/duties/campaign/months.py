"""Another year's campaign month, and the day by which the city is told of it (三(四))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import func, select

from hrintegrity.archive import tables, writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import columns_of, table_name
from hrintegrity.archive.tables.base import Record
from hrintegrity.archive.tables.office import Campaign
from hrintegrity.duties import offices
from hrintegrity.duties.withdrawal_rules import depended_on
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice import deadlines, names


@dataclass(frozen=True)
class Month:
    """A campaign as scripts see it; `changed` says that it was there before."""

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


def remove(archive: Archive, year: int, *, reason: str) -> Month:
    """Take back the campaign of a mistyped year, of which nothing was recorded.

    Raises LookupFailedError `campaign-missing`, RuleError `depended-on` where something was
    recorded under its year, or where it is the archive's only campaign.
    """
    row = archive.session.get_one(Campaign, offices.campaign(archive, year).id)
    if archive.session.exec(select(Campaign.id).where(Campaign.id != row.id)).first() is None:
        raise depended_on(
            f"档案库里只有{year}年的活动，不能撤去。",
            "请先用 hri campaign start 登记对的那一年，再撤去这一年。",
        )
    recorded = {table_name(model): _count(archive, model, year) for model in _of_a_year()}
    said = "、".join(f"{names.table(name)} {count} 条" for name, count in recorded.items() if count)
    if said:
        raise depended_on(
            f"{year}年的活动已有记录（{said}），不能撤去。", "登错了的记录，请先一一撤去。"
        )
    writer.delete(archive, row, reason=reason)
    return _view(row, changed=True)


_APART = ("campaign", "annex", "standard", "quota_set", "review", "paper")
"""What bears a year of which there need not be a campaign."""


def _of_a_year() -> Iterator[type[Record]]:
    """Yield the models of the records that belong to a campaign, by the names of their tables."""
    tables.load_all()
    for model in sorted(Record.__subclasses__(), key=table_name):
        if "year" in columns_of(model) and table_name(model) not in _APART:
            yield model


def _count(archive: Archive, model: Any, year: int) -> int:
    query = select(func.count()).select_from(model).where(model.year == year)
    return archive.session.exec(query).one()


def _view(row: Campaign, *, changed: bool) -> Month:
    return Month(
        id=row.id,
        year=row.year,
        start=row.start,
        end=row.end,
        deadline=row.deadline,
        changed=changed,
    )
