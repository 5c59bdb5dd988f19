"""Where the header of a table is, what its columns give, and how headers are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from hrintegrity.hygiene import hygienic
from hrintegrity.sheets.columns import Column
from hrintegrity.text import fold

_DECORATION = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\ufeff*★※.,:;、，。：；_\-]+")
_BRACKETS = re.compile(
    "|".join(
        f"{re.escape(pair[0])}[^{re.escape(pair)}]*{re.escape(pair[1])}"
        for pair in ("()", "[]", "{}", "<>", "【】", "〔〕", "〖〗", "《》", "〈〉", "「」", "『』")
    )
)
_POINTS = re.compile(r"(?<=\D)(?:满分)?\d+(?:\.\d+)?分$")


@lru_cache(4096)
def normal(header: str) -> str:
    """Return a header for comparison: half-width, without blanks, stars and punctuation."""
    with suppress(ValueError):  # what no text may hold is no header of ours either.
        header = hygienic(header)
    return _DECORATION.sub("", fold(header)).casefold()


def bare(header: str) -> str:
    """Return a header for comparison without what stands in brackets: `区县（必填）` is `区县`.

    Points at its end are left out too, with or without brackets.
    """
    text, found = fold(header), 1
    while found:  # from the innermost.
        text, found = _BRACKETS.subn("", text)
    return _POINTS.sub("", normal(text))


def letters(index: int) -> str:
    """Return what spreadsheets call a column, counted from 0: A, B … AA."""
    text = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(frozen=True)
class Layout:
    """Where the header is, and what each column gives.

    `row` is the file's own number of the header row, the second of two; `headers` its cells as they
    stand, `used` the columns by index, `unused` the others' headers by index. A form filled in
    downwards has `places`, row and column of each cell that is yielded, and `total`, which of them
    is the sum. `remarks` say in Chinese
    what was taken otherwise than it looks.
    """

    row: int
    headers: tuple[str, ...]
    used: dict[int, Column]
    unused: Mapping[int, str]
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    total: int | None = None
    remarks: tuple[str, ...] = ()

    def letters(self, index: int) -> str:
        """Return what spreadsheets call the column of a cell that is yielded."""
        return letters(self.places[index][1] if index in self.places else index)


@dataclass(frozen=True)
class Heading:
    """Headers that were found: the number of their (last) row, their cells, how many fields."""

    row: int
    cells: tuple[str, ...]
    count: int


def one_line(header: str) -> str:
    """Return a header for a sentence; in its cell it may have several lines."""
    return " ".join(header.split())


def nameless(index: int) -> str:
    """Name a column that has no header."""
    return f"（第 {index + 1} 列，无表头）"


def as_option(name: str, value: str) -> str:
    """Return `name=value` as a shell takes it for one word: in quotes where it must be."""
    text = f"{name}={value}"
    return text if re.fullmatch(r"[\w=/.，、。：-]+", text) else f'"{text}"'


def as_it_stands(header: str) -> str:
    """Return a header with plain line ends and without blanks at its own."""
    return header.replace("\r\n", "\n").replace("\r", "\n").strip()
