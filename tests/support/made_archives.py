"""Archives and agencies for the tests of duties, made by the duties themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import server
from hrintegrity.archive import rights
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.location import Location
from hrintegrity.duties import agencies, setting_up
from hrintegrity.rules.codes import complete_code

TODAY = dt.date(2013, 10, 8)
"""A day within the campaign month."""


def code_of(number: int) -> str:
    """A valid credit code for each number."""
    return complete_code(f"91110108{number:09d}")


def made(folder: Path, district: str = "haidian", year: int = 2013) -> Location:
    """An archive of a district, with the campaign of a year."""
    location = server.place(folder / f"{district}.db")
    setting_up.initialise(location, operator="测试", district=district, year=year)
    if server.GIVEN:
        with at(location) as archive:
            rights.grant(archive, server.server().clerk)
    return location


@contextmanager
def at(location: Location, *, write: bool = True) -> Iterator[Archive]:
    with open_archive(location, operator="测试", write=write) as archive:
        yield archive


def register(archive: Archive, number: int = 1, name: str = "", district: str = "haidian") -> str:
    """Register an agency; return its code."""
    added = agencies.add(
        archive,
        name=name or f"北京甲{number}人力资源有限公司",
        code=code_of(number),
        district=district,
        kind="commercial",
        today=TODAY,
    )
    return added.agency.code


def entries(location: Location) -> list[tuple[str, str, str | None]]:
    """The journal: action, table and reason of each entry."""
    with at(location, write=False) as archive:
        rows = archive.connection.exec_driver_sql(
            'SELECT action, "table", reason FROM journal ORDER BY id'
        )
        return [tuple(row) for row in rows]
