"""Sets of rows that the summary counts: a figure and the rows behind it are one SELECT.

`counting` counts over a set, district by district, and the workbook lists it. The SQL is plain
enough for SQLite and PostgreSQL; what they say differently is in `Dialect`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.offices import CampaignView
from hrintegrity.notice.districts import BY_CODE


@dataclass(frozen=True)
class Dialect:
    """What SQLite and PostgreSQL say differently."""

    sqlite: bool

    def days(self, since: str, until: str) -> str:
        """Return the days from one day to another."""
        if self.sqlite:
            return f"CAST(julianday({until}) - julianday({since}) AS INTEGER)"
        return f"({until} - {since})"

    def added(self, column: str) -> str:
        """Return the sum of a JSON list of integers."""
        if self.sqlite:
            return f"(SELECT SUM(value) FROM json_each({column}))"
        return (
            "(SELECT SUM(CAST(one AS INTEGER)) FROM "
            f"json_array_elements_text(CAST({column} AS json)) AS one)"
        )


@dataclass(frozen=True)
class Column:
    """A column of the workbook: its header, and how a value of the row is shown."""

    header: str
    name: str
    show: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class RowQuery:
    """A set of rows; in `select` stands `{of}` where a district is picked by the column `of`."""

    name: str
    title: str
    select: Callable[[Dialect], str]
    of: str
    order: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Period:
    """What is asked about: a campaign, the day by which is judged, and a district or all."""

    year: int
    start: dt.date
    end: dt.date
    deadline: dt.date
    today: dt.date
    district: str | None

    @classmethod
    def of(cls, month: CampaignView, today: dt.date, district: str | None) -> Period:
        """Return the period of a campaign."""
        return cls(
            year=month.year,
            start=month.start,
            end=month.end,
            deadline=month.deadline,
            today=today,
            district=district,
        )

    @property
    def last(self) -> dt.date:
        """The last day of the campaign's year."""
        return dt.date(self.year, 12, 31)

    def values(self) -> dict[str, Any]:
        """Return the values by the names under which they stand in the SQL."""
        first, last = dt.date(self.year, 1, 1), self.last
        named = {"year": self.year, "start": self.start, "end": self.end, "today": self.today}
        return named | {"first": first, "last": last, "district": self.district}


def sql_of(rows: RowQuery, archive: Reader, period: Period) -> str:
    """Return the SELECT of a set of rows for the district or all."""
    picked = "" if period.district is None else f" AND {rows.of} = :district"
    return rows.select(Dialect(archive.is_sqlite)).replace("{of}", picked)


def listed(archive: Reader, rows: RowQuery, period: Period) -> Iterator[list[Any]]:
    """Yield the rows as the workbook shows them, district by district in the annex's order."""
    places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(BY_CODE))
    order = f"CASE district {places} END, {rows.order}"
    sql = f"SELECT * FROM ({sql_of(rows, archive, period)}) AS s ORDER BY {order}"
    found = archive.query(sql, period.values(), many=True)
    names = list(found.keys())
    columns = [(names.index(column.name), column.show) for column in rows.columns]
    for row in found:
        yield [_shown(row[place], show) for place, show in columns]


def _shown(value: Any, show: Callable[[Any], Any] | None) -> Any:
    return value if value is None or show is None else show(value)


def district_name(code: str) -> str:
    """Show a district by its name."""
    return BY_CODE[code].name


def day(value: Any) -> dt.date:
    """Show a day; a driver's row has it as text on SQLite."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def yes(value: Any) -> str:
    """Show whether something is so."""
    return "是" if value else "否"


def points(hundredths: int) -> float:
    """Show a score that is kept in hundredths."""
    return hundredths / 100


def tenths(value: int) -> float:
    """Show a score that is kept in tenths."""
    return value / 10


AGENCY = (
    Column("区县", "district", district_name),
    Column("代码", "code"),
    Column("机构名称", "name"),
)
OF = "a.id AS agency_id, a.district, a.code, a.name"
"""What each row of an agency begins with."""


def plain(sql: str) -> Callable[[Dialect], str]:
    """Return SQL that both databases understand."""
    return lambda _: sql


def exists(sql: str) -> str:
    """Return whether there is such a row."""
    return f"EXISTS (SELECT 1 FROM {sql})"
