"""Working days of China: weekends, statutory holidays, and the weekends worked in exchange."""

from __future__ import annotations

import datetime as dt

_SATURDAY = 5


def is_workday(day: dt.date) -> bool:
    """Whether a day is worked, by the State Council's calendar of its year.

    A year whose calendar is not known counts Monday to Friday: see `is_known`.
    """
    from chinese_calendar import is_workday as by_calendar  # noqa: PLC0415 — 25 ms, rarely needed.

    try:
        return bool(by_calendar(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def is_known(day: dt.date) -> bool:
    """Whether the calendar of a day's year is known; it is published late in the year before."""
    from chinese_calendar import is_workday as by_calendar  # noqa: PLC0415 — as above.

    try:
        by_calendar(day)
    except NotImplementedError:
        return False
    return True


def after(start: dt.date, count: int, *, working: bool) -> dt.date:
    """Return the last day of a term of `count` days, the day after `start` being the first."""
    if not working:
        return start + dt.timedelta(days=count)
    day = start
    while count:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day
