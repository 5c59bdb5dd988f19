"""Agencies as plain rows, for work on many of them: a row takes a tenth of an object's time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple, Protocol

from hrintegrity.archive.asking import among, as_day
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency


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


def of(agency: Agency) -> AgencyRow:
    """Return an agency as a plain row."""
    return AgencyRow._make(getattr(agency, name) for name in AgencyRow._fields)


def having(archive: Archive, column: str, values: Collection[str]) -> list[AgencyRow]:
    """Return the agencies that have one of these values in a column."""
    sql = f"SELECT {', '.join(AgencyRow._fields)} FROM agency WHERE {column} IN"
    rows = map(AgencyRow._make, among(archive, sql, values))
    return [row if row.closed is None else row._replace(closed=as_day(row.closed)) for row in rows]
