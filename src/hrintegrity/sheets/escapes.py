"""Text that a spreadsheet would run, written so that it can't, and read back as it was.

In csv a cell that begins with one of `= + - @`, a tab or an apostrophe gets an apostrophe in front
(full-width signs too, since some programs take them for half-width). Reading takes one apostrophe
away where such a character follows it, and nowhere else: `'00123` from elsewhere stays as it is.
In a workbook nothing is added: the cell is typed as text and marked with Excel's own quote prefix.
"""

from __future__ import annotations

import re

RUNNABLE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ESCAPED = (*RUNNABLE, "'")
_EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def to_csv(text: str) -> str:
    """Return `text` as it is written into a csv cell."""
    return f"'{text}" if text.startswith(_ESCAPED) else text


def from_csv(text: str) -> str:
    """Return the text of a csv cell that begins with an apostrophe."""
    return text[1:] if text[:1] == "'" and text.startswith(_ESCAPED, 1) else text


def to_workbook(text: str) -> str:
    """Return `text` with what Excel would take for an escaped character (`_x000D_`) escaped."""
    return _EXCEL_ESCAPE.sub("_x005F_", text) if "_x" in text else text
