"""Annex 4: the hotlines of market management and labour inspection in seventeen districts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.districts import PLACES, find_district
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.text import fold

_NUMBER = re.compile(r"[0-9](?:-?[0-9]){4,14}")


@dataclass(frozen=True)
class Line:
    """One telephone number, with the trade (人才中介, 职业介绍) that it is for, if any."""

    number: str
    trade: str | None = None

    def as_mapping(self) -> dict[str, str | None]:
        """Return the line as JSON has it."""
        return {"number": self.number, "trade": self.trade}


@dataclass(frozen=True)
class DistrictHotlines:
    """The lines of one district; `date` is the list's, None for annex 4, which bears none."""

    district: str
    market: tuple[Line, ...]
    labour: tuple[Line, ...]
    date: dt.date | None


@dataclass(frozen=True)
class Hotlines:
    """Hotlines by district code, in the order of annex 2."""

    by_district: Mapping[str, DistrictHotlines]

    def updated(self, newer: Hotlines) -> Hotlines:
        """Return these lines with those districts replaced that a newer list has."""
        found = {**self.by_district, **newer.by_district}
        return Hotlines(_ordered(found))

    def as_mapping(self) -> dict[str, Any]:
        """Return what `parse_hotlines` reads back; only for a list with one date."""
        (date,) = {entry.date for entry in self.by_district.values()}
        return {
            "date": date and date.isoformat(),
            "districts": {
                code: {
                    "market": [line.as_mapping() for line in entry.market],
                    "labour": [line.as_mapping() for line in entry.labour],
                }
                for code, entry in self.by_district.items()
            },
        }


_LOCAL_DIGITS = (7, 8)


@dataclass(frozen=True)
class HotlineAnnex:
    """Annex 4: its lines, and what it says about itself for posters: year and area code."""

    lines: Hotlines
    year: int
    area_code: str

    def dialled(self, line: Line) -> str:
        """Return a number with the area code; a short one, or one that has it, as it stands."""
        if len(line.number) in _LOCAL_DIGITS and line.number.isdecimal():
            return f"{self.area_code}-{line.number}"
        return line.number


def hotline_annex(day: dt.date) -> HotlineAnnex:
    """Return annex 4 as it holds on a day. Raises UnusableError `data-broken`."""
    return _timeline().on(day)


def read_hotlines(path: Path, *, latest: int | None = None) -> Hotlines:
    """Read a newer list: `date`, no later than in `latest`, and `districts`, some or all.

    Raises InputError `hotlines-refused`, LookupFailedError `file-missing`.
    """
    return _newer(given_file(path, "hotlines-refused"), latest)


def parse_hotlines(content: Mapping[str, Any], name: str = "监督举报电话") -> Hotlines:
    """Take a list as `Hotlines.as_mapping` gives it. Raises InputError `hotlines-refused`."""
    return _newer(given_mapping(content, name, "hotlines-refused"))


@cache
def _timeline() -> Timeline[HotlineAnnex]:
    required = ("year", "area_code", "date", "districts")
    return read_timeline("hotlines.yaml", _annex, required=required)


def _annex(part: Mapping[str, Value], _: str) -> HotlineAnnex:
    date = None if part["date"].content is None else part["date"].day()
    found = _districts(part["districts"], date)
    missing = [place.name for place in PLACES if place.code not in found]
    if missing:
        part["districts"].fail(f"缺少：{'、'.join(missing)}")
    return HotlineAnnex(Hotlines(_ordered(found)), part["year"].year(), part["area_code"].text())


def _newer(value: Value, latest: int | None = None) -> Hotlines:
    part = value.keys(("date", "districts"))
    found = _districts(part["districts"], part["date"].day(latest))
    if not found:
        part["districts"].fail("没有写任何区县")
    return Hotlines(_ordered(found))


def _districts(value: Value, date: dt.date | None) -> dict[str, DistrictHotlines]:
    found: dict[str, DistrictHotlines] = {}
    for name, entry in value.entries().items():
        try:
            district = find_district(name)
        except ValueError as error:
            entry.fail(str(error))
        if not district.is_place:
            entry.fail("市属机构的监督举报电话是所在区县的")
        if district.code in found:
            entry.fail("这个区县写了两次")
        part = entry.keys(("market", "labour"))
        found[district.code] = DistrictHotlines(
            district.code, _lines(part["market"]), _lines(part["labour"]), date
        )
    return found


def _lines(value: Value) -> tuple[Line, ...]:
    lines: list[Line] = []
    for item in value.items():
        part = item.keys(("number",), ("trade",))
        number = fold(part["number"].text())
        if not _NUMBER.fullmatch(number):
            part["number"].fail("不是电话号码（5 至 15 位数字，可有短横线，须加引号）")
        if number in (line.number for line in lines):
            part["number"].fail("这个号码写了两次")
        lines.append(Line(number, part["trade"].text_or_none() if "trade" in part else None))
    return tuple(lines)


def _ordered(found: Mapping[str, DistrictHotlines]) -> Mapping[str, DistrictHotlines]:
    return MappingProxyType(
        {place.code: found[place.code] for place in PLACES if place.code in found}
    )
