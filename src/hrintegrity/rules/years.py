"""Whole years between two days, as terms of years are counted (附件1)."""

from __future__ import annotations

import datetime as dt


def whole_years(start: dt.date, end: dt.date) -> int:
    """Return how many whole years lie between two days; never negative."""
    full = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    return max(full, 0)
