"""Agencies as plain rows, for work on many of them: a row takes a tenth of an object's time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Protocol

from hrintegrity.archive.asking import among, as_day
from hrintegrity.archive.reader import Reader


class AgencyLike(Protocol):
    """What a rule may ask of an agency, whether it has the object or a plain row."""

    @property
    def id(self) -> str:
        """Its identity."""

    @property
    def name(self) -> str:
        """Its name now."""

    @property
    def district(self) -> str:
        """Whose it is."""

    @property
    def status(self) -> str:
        """Active or closed."""

    @property
    def closed(self) -> dt.date | None:
        """The day on which it closed, if it did."""


class AgencyRow(NamedTuple):
    """An agency as a plain row."""

    id: str
    code: str
    name: str
    name_key: str
    district: str
    status: str
    closed: dt.date | None


def with_values(archive: Reader, column: str, values: Collection[str]) -> list[AgencyRow]:
    """Return the agencies that have one of these values in a column."""
    return [_row(found) for found in among(archive, f"{_SELECT} {column} IN", values)]


def matching(
    archive: Reader, condition: str, values: Collection[str], *, most: int
) -> list[AgencyRow]:
    """Return the agencies that fit a condition, `most` of them, the first by their codes."""
    sql = f"{_SELECT} {condition} ORDER BY code LIMIT {most}"
    return [_row(found) for found in archive.connection.exec_driver_sql(sql, tuple(values))]


_SELECT = f"SELECT {', '.join(AgencyRow._fields)} FROM agency WHERE"


def _row(found: Iterable[Any]) -> AgencyRow:
    row = AgencyRow._make(found)
    return row if row.closed is None else row._replace(closed=as_day(row.closed))
