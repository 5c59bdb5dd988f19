"""Numbers of papers that the office's own register of letters gives."""

from __future__ import annotations

import datetime as dt


def number_by_hand(day: dt.date) -> str:
    """Return the place for a number that is filled in by hand."""
    return f"　　　　〔{day.year}〕　　号"
