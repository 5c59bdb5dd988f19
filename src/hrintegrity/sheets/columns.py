"""What a table holds: its columns as data, and the text that its cells may hold.

This module loads no spreadsheet library, so that light commands can use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hrintegrity.notice.districts import find_district
from hrintegrity.notice.records import Field
from hrintegrity.notice.words import Vocabulary
from hrintegrity.sheets.escapes import to_workbook
from hrintegrity.text import parse_date

REASON_HEADER = "原因"
"""The column of a rejects file that says what was wrong; an import passes it over."""

EXAMPLE_MARK = "示例："
"""What the first cell of an example row begins with; an import passes such a row over."""

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}")

CELL_LIMIT = 32767
"""The most characters that a cell of a workbook holds."""

GARBLED = "\ufffd"
"""What stands where a program could not decode a character."""

ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"})
"""What spreadsheets show, and write into csv, where a formula failed: nobody's text."""

_SAFE_LENGTH = CELL_LIMIT // 8
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `field` is the English name and the key of a row's values; `headers` are the accepted headers,
    the first being what our own templates use (the field's name is always accepted). `parse` turns
    the cell's text, never empty and without blanks at its ends, into the value, and raises
    ValueError with a Chinese reason. `if_new` says that the column is required, but that a cell of
    it may be empty where the row is known already. `is_code` marks identifiers: a number that lost
    digits is refused by name. `is_date` marks days: date cells and serial numbers arrive as ISO
    text. `choices` become a drop-down list, `example` and `note` stand in the template.
    """

    field: str
    headers: tuple[str, ...]
    parse: Callable[[str], Any]
    required: bool = False
    if_new: bool = False
    is_code: bool = False
    is_date: bool = False
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
    """A kind of table: `key` are the fields that a row is known by."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by their fields."""
        return {column.field: column for column in self.columns}


def declared(
    field: Field,
    parse: Callable[[str], Any] | None = None,
    *,
    required: bool = False,
    if_new: bool = False,
) -> Column:
    """Return the column of a declared field; `parse` where its kind does not say how to read it."""
    return Column(
        field.name,
        field.headers,
        parse or _reader(field),
        required=required,
        if_new=if_new,
        is_code=field.is_code,
        is_date=field.is_date,
        choices=() if field.words is None else tuple(field.chinese(word) for word in field.words),
        width=field.width,
        example=field.example,
        note=field.note,
    )


def _reader(field: Field) -> Callable[[str], Any]:
    if field.is_date:
        return lambda text: parse_date(text).isoformat()
    if isinstance(field.words, Vocabulary):
        return field.words.parse
    return clean if field.words is None else lambda text: find_district(text).code


def clean(text: str) -> str:
    """Return `text` as the border takes it, from a cell or from an option.

    Blanks at both ends (full-width ones, tabs and line ends too) are dropped, line ends within
    become a single line feed. Nothing else is changed. Raises ValueError with a Chinese reason
    where a workbook can't hold the text, or would take it for an error value, so that what came in
    can always go out.
    """
    # Most texts show at a glance that nothing is the matter with them.
    if text.isprintable() and len(text) <= _SAFE_LENGTH and not ("#" in text or GARBLED in text):
        return text.strip()
    reason = refused_reason(text)
    if reason:
        raise ValueError(reason)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def refused_reason(text: str) -> str:
    """Say in Chinese why no column takes `text`; empty where one may."""
    if GARBLED in text:
        return f"含有乱码（{GARBLED}），原文已经丢失"
    return error_reason(text) if text.strip() in ERRORS else unholdable(text)


def error_reason(text: str) -> str:
    """Return the reason why an error value is refused."""
    return f"是错误值 {text.strip()}，公式没有算出结果"


def holdable(text: str) -> str:
    """Return `text` with what no workbook holds made unreadable, for a list of rejected rows."""
    return _UNHOLDABLE.sub(GARBLED, text)[: CELL_LIMIT // 2]


def unholdable(text: str) -> str:
    """Say in Chinese why a workbook can't hold `text`; empty where it can."""
    match = _UNHOLDABLE.search(text)
    if match:
        return f"含有不能使用的字符 U+{ord(match[0]):04X}"
    # A workbook counts a character outside the basic plane as two, and an escape as it is written.
    if len(text) > _SAFE_LENGTH and len(to_workbook(text).encode("utf-16-le")) // 2 > CELL_LIMIT:
        return f"超过一个单元格能容纳的 {CELL_LIMIT} 个字符"
    return ""


def damaged(text: str) -> str:
    """Say in Chinese that a number lost its digits to a spreadsheet; empty where it did not."""
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        return "号码已被表格软件变成科学计数，后面的数字丢失；请按文本重新填写"
    return ""
