"""What is looked up every day, and how a database goes about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.location import Location
from hrintegrity.duties import agency_views
from hrintegrity.duties.dossier import dossier
from hrintegrity.duties.inspection import gap_views
from hrintegrity.duties.sanctions import records
from made_archives import code_of, register

TODAY = dt.date(2014, 3, 31)
CODE = code_of(1)

LOOK_UPS: dict[str, Callable[[Archive], Any]] = {
    "agency show": lambda archive: agency_views.show(archive, CODE, today=TODAY),
    "agency dossier": lambda archive: dossier(archive, CODE, today=TODAY),
    "agency dossier --as-of": lambda archive: dossier(archive, CODE, today=TODAY, as_of=TODAY),
    "sanction list --open": lambda archive: records.listing(archive, today=TODAY, open_only=True),
    "sanction list --overdue": lambda archive: records.listing(
        archive, today=TODAY, overdue_only=True, district="haidian"
    ),
    "inspect list --open": lambda archive: gap_views.listing(archive, today=TODAY, is_open=True),
    "inspect list --overdue": lambda archive: gap_views.listing(
        archive, today=TODAY, overdue=True, district="haidian"
    ),
}

SMALL = {"office", "alembic_version"}
"""Tables that have a row a district at most."""


def plans(location: Location, name: str, explain: str) -> list[tuple[str, list[Any]]]:
    """Return each statement of a look-up, with what the database answers to `explain` of it."""
    with open_archive(location, operator="测试", write=True) as archive:
        register(archive)
    with open_archive(location, operator="测试", write=False) as archive:
        asked: list[tuple[str, Any]] = []

        def note(_connection, _cursor, statement, parameters, _context, _many) -> None:
            asked.append((statement, parameters))

        event.listen(archive.connection, "before_cursor_execute", note)
        LOOK_UPS[name](archive)
        event.remove(archive.connection, "before_cursor_execute", note)
        raw = archive.connection.connection.cursor()
        if "postgresql" in archive.connection.dialect.name:
            raw.execute("SET LOCAL enable_seqscan = off")  # a table of one row is always scanned
        found = []
        for statement, given in asked:
            raw.execute(f"{explain} {statement}", given)
            found.append((statement, raw.fetchall()))
    assert found
    return found
