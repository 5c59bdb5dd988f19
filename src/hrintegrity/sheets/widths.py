"""How wide the columns of a table are, and how many lines a row takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MAX_WIDTH = 42


def _wide(text: str) -> int:
    """Return how many columns of half width a text takes."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))


def widths_of(least: Sequence[int], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return widths in which most texts stand on one line, but none so wide as to fill a screen."""
    widths = list(least)
    for row in rows:
        for index, value in enumerate(row):
            longest = max(map(_wide, str(value).split("\n"))) if value else 0
            widths[index] = max(widths[index], min(longest + 3, _MAX_WIDTH))
    return widths


def lines_of(row: Sequence[Any], widths: Sequence[int]) -> int:
    """Return how many lines the highest cell of a row takes."""
    most = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str) and (len(value) * 2 >= width or "\n" in value):
            lines = sum(1 + _wide(line) // max(width - 1, 1) for line in value.split("\n"))
            most = max(most, lines)
    return most
