"""What a table holds: its columns as data.

This module loads no spreadsheet library, so that light commands can use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hrintegrity.days import parse_date
from hrintegrity.notice.districts import find_district
from hrintegrity.notice.records import Field
from hrintegrity.notice.words import Vocabulary
from hrintegrity.sheets.content import clean, clean_line
from hrintegrity.text import fold, halved

__all__ = ["Column", "Table", "clean", "day", "declared"]

REASON_HEADER = "原因"
"""The column of a rejects file that says what was wrong; an import passes it over."""

EXAMPLE_MARK = "示例："
"""What the first cell of an example row begins with; an import passes such a row over."""

VERDICT_MARKS = ({"√", "✓", "✔", "是", "有"}, {"×", "✗", "✘", "否", "无"})
"""What people write for yes and for no in a column of verdicts, or of yes and no."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `field` is the English name and the key of a row's values; `headers` are the accepted headers,
    the first being what our own templates use (the field's name is always accepted). `parse` turns
    the cell's text, never empty and without blanks at its ends, into the value, and raises
    ValueError with a Chinese reason. `if_new` says that the column is required, but that a cell of
    it may be empty where the row is known already. `is_code` marks identifiers: a number that lost
    digits is refused by name, full-width ones become half-width. `is_name` marks names of agencies
    and people. `is_date` marks days: date cells arrive as ISO text; `is_year` marks years;
    `ends` says that the day may lie far ahead, `begins` which field the first of two days in a cell
    is for, `by_month` that a month alone is its first day, `or_today` that a new row without it is
    of the day of the import. `marks` are the values for yes and no where √ and × are taken, `lines`
    says that line breaks are kept.
    `not_under` are words of a title above the table under which the header means something else.
    `choices` become a drop-down list, `example` and `note` stand in the template.
    """

    field: str
    headers: tuple[str, ...]
    parse: Callable[[str], Any]
    required: bool = False
    if_new: bool = False
    is_code: bool = False
    is_name: bool = False
    is_date: bool = False
    is_year: bool = False
    ends: bool = False
    begins: str = ""
    by_month: bool = False
    or_today: bool = False
    marks: tuple[Any, Any] | None = None
    lines: bool = False
    not_under: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    width: int = 16
    example: str = ""
    note: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether no cell of the column may be empty, whatever the archive has."""
        return self.required and not self.if_new

    @property
    def header(self) -> str:
        """The header that our own templates use."""
        return self.headers[0]


@dataclass(frozen=True)
class Table:
    """A kind of table: `key` are the fields that a row is known by.

    `either` are fields of which a table must have one. `addends` are the fields that a column of
    totals beside them adds up, in tenths.
    `ended` says in Chinese what to do about rows that an unused column calls ceased or gone;
    without it none are looked for.
    `refuse` says in Chinese why a header that gave no field is refused; empty where it is not.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    either: tuple[str, ...] = ()
    addends: tuple[str, ...] = ()
    ended: str = ""
    refuse: Callable[[str], str] | None = None

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by their fields."""
        return {column.field: column for column in self.columns}


def identifier(text: str) -> str:
    """Parse the text of a column of numbers that something is known by."""
    return halved(clean_line(text))


def day(text: str) -> str:
    """Parse the text of a column of days; return ISO 8601 text."""
    return parse_date(text).isoformat()


_YEAR = re.compile(r"(\d{4})(?:年|年度)?")
_YES_NO = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}


def year(text: str) -> int:
    """Parse the text of a column of years, `2013` or `2013年度`."""
    match = _YEAR.fullmatch("".join(fold(text).split()))
    if match is None:
        raise ValueError("不是年份（应如 2013）")
    return int(match[1])


def yes_no(text: str) -> bool:
    """Parse the text of a column of yes and no."""
    found = _YES_NO.get(fold(text).strip().casefold())
    if found is None:
        raise ValueError("只能是：是、否")
    return found


def declared(field: Field, parse: Callable[[str], Any] | None = None, **more: Any) -> Column:
    """Return the column of a declared field; `more` are its further properties here.

    Without `parse` its text is taken by the field's words, as a day, or as it is.
    """
    known: dict[str, Any] = {
        "is_code": field.is_code,
        "is_name": field.is_name,
        "is_date": field.is_date,
        "is_year": field.is_year,
        "ends": field.is_term,
        "begins": field.begins,
        "width": field.width,
        "example": field.example,
        "note": field.note,
        "choices": tuple(map(field.chinese, field.words or ())),
    }
    text = identifier if field.is_code else clean if more.get("lines") else clean_line
    chosen = parse or _reader(field) or text
    name = more.pop("name", field.name)
    return Column(name, field.headers, chosen, **(known | more))


def _reader(field: Field) -> Callable[[str], Any] | None:
    """Return what reads a field by its kind; None for plain text."""
    if field.is_date:
        return day
    if field.is_year:
        return year
    if isinstance(field.words, Vocabulary):
        return field.words.parse
    return None if field.words is None else lambda text: find_district(text).code
