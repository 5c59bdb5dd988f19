"""Whole years between two days."""

import datetime as dt

import pytest

from hrintegrity.rules.years import whole_years


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2010-10-10", "2013-10-09", 2),
        ("2010-10-10", "2013-10-10", 3),
        ("2012-02-29", "2013-02-28", 0),
        ("2012-02-29", "2013-03-01", 1),
        ("2014-01-01", "2013-10-10", 0),
    ],
)
def test_whole_years_are_counted_to_the_day(start, end, years) -> None:
    days = map(dt.date.fromisoformat, (start, end))
    assert whole_years(*days) == years
