"""Days as offices write them, in every spelling, and as papers print them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from hrintegrity.text import fold

FIRST_YEAR = 1949
LATEST_YEARS = 2
"""A year lies no earlier than `FIRST_YEAR`, and no more than so many years after today's."""

_CHINESE_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    "○": "0",
    "零": "0",
}
_MIDNIGHT = re.compile(r"(?:[\sT]+|(?<=[日号]))0?0:00(?::00(?:\.0+)?)?$")
_CLOCK = re.compile(
    r"(?:[\sT]+|(?<=[日号]))(?:上午|下午|[AP]M\s*)?"
    r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|[时点](?:[0-5]?\d分?)?)"
    r"(?:\s*[AP]M|Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"至|到|[-—–－―~～]+")
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d\d)(\d\d)"
    r"|年(\d{1,2})月(\d{1,2})[日号])"
)
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月|[-/](\d{1,2}))")
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)


class MonthAloneError(ValueError):
    """A month stands where a day is wanted; `first` is its first day."""

    def __init__(self, first: dt.date) -> None:
        super().__init__("只写到月，缺少日期")
        self.first = first


def parse_date(text: str, *, latest: int | None = None) -> dt.date:
    """Read a day as offices write it: `2013-10-08`, `2013.10.8`, `20131008`, `2013年10月8日`.

    `latest` is the last year that is taken. Raises ValueError with a Chinese reason, and
    MonthAloneError for a month without its day.
    """
    found = "".join(_MIDNIGHT.sub("", fold(text).strip()).split())
    chinese = _CHINESE_DATE.fullmatch(found)
    if chinese:
        year, month, *day = (part for part in chinese.groups() if part is not None)
        parts = ["".join(_CHINESE_DIGITS[c] for c in year), *map(_counted, (month, *day))]
        return _day(parts, latest)
    match = _DATE.fullmatch(found) or _MONTH.fullmatch(found)
    if match is None:
        raise ValueError(
            "不是日期（应如 2013-10-08、2013/10/8、2013.10.8、20131008 或 2013年10月8日）"
        )
    return _day([part for part in match.groups() if part is not None], latest)


def moment(text: str, *, seconds: bool = False) -> str:
    """Return a moment that the archive keeps in world time as the clock of this place shows it.

    What is none, as only a change past the program can have put in, is returned as it stands.
    """
    try:
        shown = dt.datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    return f"{shown:%Y-%m-%d %H:%M:%S}" if seconds else f"{shown:%Y-%m-%d %H:%M}"


def latest_year(today: dt.date) -> int:
    """Return the last year in which a day may lie that is typed today."""
    return today.year + LATEST_YEARS


def refuse_year(year: int, latest: int | None) -> None:
    """Raise ValueError in Chinese for a year before `FIRST_YEAR`, or after `latest`."""
    if year < FIRST_YEAR:
        raise ValueError(f"是 {year} 年，早于 {FIRST_YEAR} 年")
    if latest is not None and year > latest:
        raise ValueError(f"是 {year} 年，晚于今天两年以上")


def without_clock(text: str) -> str:
    """Return the day of a moment such as `2013-10-01 08:15:00`; empty where there is no time."""
    found = fold(text).strip()
    match = _CLOCK.search(found)
    return found[: match.start()] if match else ""


def parse_term(text: str) -> tuple[dt.date, dt.date] | None:
    """Read two days in one text, `2012.02.25-2015.02.24` or `自…起至…止`; None where it is none.

    Raises ValueError in Chinese where they are months, or no days of the calendar.
    """
    found = "".join(fold(text).split()).removeprefix("自").removeprefix("从")
    why = None
    for separator in _BETWEEN.finditer(found):
        parts = found[: separator.start()].rstrip("起"), found[separator.end() :].rstrip("止")
        try:
            first, last = map(parse_date, parts)
        except MonthAloneError as error:
            why = error
        except ValueError:
            continue
        else:
            return first, last
    if why is not None:
        raise why
    return None


def _counted(text: str) -> str:
    """Return `二十八` as `28`."""
    tens, ten, ones = text.rpartition("十")
    digits = [_CHINESE_DIGITS.get(part, "x") if part else "" for part in (tens, ones)]
    return f"{digits[0] or '1'}{digits[1] or '0'}" if ten else digits[1]


def _day(parts: list[str], latest: int | None) -> dt.date:
    try:
        year, month, day = (int(part) for part in [*parts, "1"][:3])
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError("没有这一天") from None
    refuse_year(year, latest)
    if len(parts) == 2:
        raise MonthAloneError(found)
    return found


def iso(value: Any) -> Any:
    """Return a day as ISO 8601 text, as the journal has it, and everything else as it is."""
    return value.isoformat() if isinstance(value, dt.date) else value


def chinese_date(day: dt.date) -> str:
    """Write a day as papers do: `2013年10月8日`."""
    return f"{day.year}年{day.month}月{day.day}日"
