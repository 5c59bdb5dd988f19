"""The campaign months that the notice sets, and the days by which their reports are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value
from hrintegrity.notice.clauses import read_clause
from hrintegrity.notice.timeline import Timeline, read_timeline


@dataclass(frozen=True)
class Campaign:
    """One year's 诚信服务月: its first and last day, and the last day of its reports.

    `deadline_clauses` are the clauses that set the deadline: of recommendations and of the summary.
    """

    year: int
    first_day: dt.date
    last_day: dt.date
    deadline: dt.date
    month_clause: str
    deadline_clauses: tuple[str, ...]


def campaign(year: int) -> Campaign | None:
    """Return the campaign that the notice sets for a year, if it does.

    Raises UnusableError `data-broken`.
    """
    found = campaign_like(year)
    return found if found.year == year else None


def campaign_like(year: int) -> Campaign:
    """Return the campaign after which a year's may be modelled: its own, or the latest before."""
    return _timeline().in_year(year)


def first_campaign() -> Campaign:
    """Return the first campaign that the notice sets."""
    return _timeline().entries[0].content


@cache
def _timeline() -> Timeline[Campaign]:
    return read_timeline("deadlines.yaml", _campaign, required=("month", "reports"))


def _campaign(part: Mapping[str, Value], clause: str) -> Campaign:
    month = part["month"].keys(("from", "to"))
    reports = [item.keys(("what", "day", "clause")) for item in part["reports"].items()]
    first_day, last_day = month["from"].day(), month["to"].day()
    if not first_day <= last_day:
        month["to"].fail("在 from 之前")
    days = {report["day"].day() for report in reports}
    if len(days) != 1:
        part["reports"].fail("各项报送期限应是同一天")
    (deadline,) = days
    if deadline < last_day:
        part["reports"].fail("报送期限在活动月结束之前")
    return Campaign(
        year=first_day.year,
        first_day=first_day,
        last_day=last_day,
        deadline=deadline,
        month_clause=clause,
        deadline_clauses=tuple(read_clause(report["clause"]) for report in reports),
    )
