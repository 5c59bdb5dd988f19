"""What is looked up every day goes by an index, however large the archive: by the query plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.duties import agencies
from hrintegrity.duties.dossier import dossier
from hrintegrity.duties.inspection import gaps
from hrintegrity.duties.sanctions import records
from made_archives import code_of, made, register

TODAY = dt.date(2014, 3, 31)
CODE = code_of(1)

LOOK_UPS: dict[str, Callable[[Archive], Any]] = {
    "agency show": lambda archive: agencies.show(archive, CODE, today=TODAY),
    "agency dossier": lambda archive: dossier(archive, CODE, today=TODAY),
    "agency dossier --as-of": lambda archive: dossier(archive, CODE, today=TODAY, as_of=TODAY),
    "sanction list --open": lambda archive: records.listing(archive, today=TODAY, open_only=True),
    "sanction list --overdue": lambda archive: records.listing(
        archive, today=TODAY, overdue_only=True, district="haidian"
    ),
    "inspect list --open": lambda archive: gaps.listing(archive, today=TODAY, is_open=True),
    "inspect list --overdue": lambda archive: gaps.listing(
        archive, today=TODAY, overdue=True, district="haidian"
    ),
}

SMALL = {"office", "alembic_version"}
"""Tables that have a row a district at most."""


@pytest.mark.archive_file("the plan is SQLite's")
@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_daily_look_up_goes_by_an_index(tmp_path, name) -> None:
    location = made(tmp_path)
    with open_archive(location, operator="测试", write=True) as archive:
        register(archive)
    with open_archive(location, operator="测试", write=False) as archive:
        asked: list[tuple[str, Any]] = []

        def note(_connection, _cursor, statement, parameters, _context, _many) -> None:
            asked.append((statement, parameters))

        event.listen(archive.connection, "before_cursor_execute", note)
        LOOK_UPS[name](archive)
        raw = archive.connection.connection.driver_connection
        assert asked
        plans = [
            (row[3], statement)
            for statement, given in asked
            for row in raw.execute("EXPLAIN QUERY PLAN " + statement, given)
        ]
    for step, statement in plans:
        words = step.split()
        if words[0] == "SCAN" and words[1] not in SMALL:
            pytest.fail(f"{name} reads the whole of {words[1]}: {step}\n{statement}")
    if name.startswith("sanction"):
        assert any("ix_sanction_open" in step for step, _ in plans)
    if name.startswith("inspect"):
        assert any("ix_gap_mended_deadline" in step for step, _ in plans)
