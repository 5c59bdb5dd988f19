"""Look-ups that run on a million people and many thousand gaps use an index."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from hrintegrity.duties import agencies
from hrintegrity.duties.inspection import gap_views
from hrintegrity.duties.people import matching, staff
from hrintegrity.duties.people import register as people_register
from made_archives import TODAY, at, made, register

pytestmark = pytest.mark.archive_file("the plan is SQLite's")


@pytest.fixture
def location(tmp_path):
    found = made(tmp_path)
    with at(found) as archive:
        register(archive)
    return found


@contextmanager
def plans(archive):
    """Collect how SQLite goes about each statement."""
    statements = []

    def keep(connection, cursor, statement, parameters, context, many):
        statements.append((statement, parameters))

    found = []
    event.listen(archive.connection, "before_cursor_execute", keep)
    yield found
    event.remove(archive.connection, "before_cursor_execute", keep)
    for statement, parameters in statements:
        plan = archive.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        found += [row[3] for row in plan]


def scanned(found):
    """The tables that are read from end to end."""
    return {
        line.split()[1] for line in found if line.startswith("SCAN") and "CONSTANT" not in line
    } & {"gap", "employment", "practitioner", "agency", "inspection", "complaint"}


def test_people_are_found_by_certificate_and_by_agency_and_name(location):
    with at(location) as archive:
        for number in range(3):
            staff.add(
                archive,
                "甲",
                name=f"张伟{number}",
                certificate=f"RL{number}" if number else None,
                pledged=None,
                since=TODAY,
            )
        agency_id = agencies.find(archive, "甲").id
    wanted = [matching.Wanted(agency_id, f"张伟{n}", f"RL{n}") for n in range(1000)]
    with at(location, write=False) as archive, plans(archive) as found:
        matches = matching.find(archive, wanted)
    assert sum(match.here for match in matches.values()) == 3
    by_name = "ix_employment_person (agency_id=? AND name_key=? AND certificate=?)"
    for used in ("ix_practitioner_certificate", "ix_employment_practitioner_id", by_name):
        assert any(used in line for line in found), found
    assert scanned(found) == set(), found


def test_an_agencys_people_are_found_by_index(location):
    with at(location, write=False) as archive, plans(archive) as found:
        people_register.listing(archive, "甲")
    assert any("ix_employment_person (agency_id=?)" in line for line in found), found
    assert "employment" not in scanned(found)


@pytest.mark.parametrize("which", [{"is_open": True}, {"overdue": True}])
def test_open_and_overdue_gaps_are_found_by_index(location, which):
    with at(location, write=False) as archive, plans(archive) as found:
        gap_views.listing(archive, today=TODAY + dt.timedelta(days=60), **which)
    assert any("ix_gap_mended_deadline" in line for line in found), found
    assert scanned(found) == set(), found
