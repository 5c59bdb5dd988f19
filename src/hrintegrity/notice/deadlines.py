"""The campaign months that the notice sets, and the days by which their reports are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value, own_file
from hrintegrity.notice.clauses import read_clause


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


@cache
def campaigns() -> dict[int, Campaign]:
    """Return the notice's campaigns by year. Raises UnusableError `data-broken`."""
    top = own_file("deadlines.yaml").keys(("notice", "campaigns"))
    found = {}
    for year, value in top["campaigns"].entries().items():
        if not year.isdecimal():
            value.fail("键应是年份")
        found[int(year)] = _campaign(int(year), value)
    return found


def _campaign(year: int, value: Value) -> Campaign:
    part = value.keys(("month", "reports"))
    month = part["month"].keys(("from", "to", "clause"))
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
        year,
        first_day,
        last_day,
        deadline,
        read_clause(month["clause"]),
        tuple(read_clause(report["clause"]) for report in reports),
    )
