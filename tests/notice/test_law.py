"""When an entry of `data/` was compared too long ago."""

from __future__ import annotations

import datetime as dt

import pytest

from hrintegrity.notice.timeline import Dated, dated_entries
from scripts import TOP


def entry(checked, start="2013-01-01", until=None):
    ends = None if until is None else dt.date.fromisoformat(until)
    return Dated("x.yaml", dt.date.fromisoformat(start), ends, "三(五)", checked)


@pytest.mark.parametrize(
    ("checked", "today", "stale"),
    [
        ("2025-03-01", "2026-03-01", False),
        ("2025-03-01", "2026-03-02", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
        ("2026-03-01", "2013-10-10", False),
    ],
)
def test_a_comparison_is_stale_when_it_is_more_than_a_year_old(checked, today, stale):
    found = entry(dt.date.fromisoformat(checked))
    assert found.is_stale(dt.date.fromisoformat(today)) is stale


def test_an_entry_holds_to_the_day_before_the_next():
    day = dt.date.fromisoformat
    one = entry(day("2026-01-01"), until="2014-12-31")
    assert [one.holds_on(day(d)) for d in ("2012-12-31", "2013-01-01", "2014-12-31")] == [
        *(False, True, True)
    ]
    assert not one.holds_on(day("2015-01-01"))


def test_every_file_of_the_data_is_looked_at():
    files = {path.name for path in (TOP / "data").glob("*.yaml")}
    assert {one.file for one in dated_entries()} == files
