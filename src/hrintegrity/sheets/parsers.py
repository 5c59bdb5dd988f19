"""How the text of a column is parsed: remembered for words and days, guarded for codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hrintegrity.sheets.columns import VERDICT_MARKS, Column
from hrintegrity.sheets.content import clean, clean_line, damaged

_MEMO_LIMIT = 1 << 14  # the days of forty years are fewer.


class _Memo(dict[str, Any]):
    """Values by text, for columns in which few texts come again and again."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> Any:
        value = self._parse(text)
        if len(self) < _MEMO_LIMIT:
            self[text] = value
        return value


def parser(column: Column, latest: int | None) -> Callable[[str], Any]:
    """Return what parses a column's text, of which `text.hygienic` has nothing to say."""
    parse = column.parse
    if column.is_date:
        return _Memo(_bounded(parse, None if column.ends else latest)).__getitem__
    if column.marks is not None:
        return _Memo(_marked(parse, column.marks)).__getitem__
    if column.choices:
        return _Memo(parse).__getitem__
    plain = str if parse in (clean, clean_line) else parse
    return _guarded(plain) if column.is_code else plain


def _bounded(parse: Callable[[str], Any], latest: int | None) -> Callable[[str], Any]:
    def day(text: str) -> Any:
        value = parse(text)
        if latest is not None and int(str(value)[:4]) > latest:
            raise ValueError(f"是 {str(value)[:4]} 年，晚于今天两年以上")
        return value

    return day


def _marked(parse: Callable[[str], Any], marks: tuple[Any, Any]) -> Callable[[str], Any]:
    def verdict(text: str) -> Any:
        for value, signs in zip(marks, VERDICT_MARKS, strict=True):
            if text in signs:
                return value
        return parse(text)

    return verdict


def _guarded(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def code(text: str) -> Any:
        reason = damaged(text)
        if reason:
            raise ValueError(reason)
        return parse(text)

    return code
