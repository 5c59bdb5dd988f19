"""What reading asks of a file, whichever kind it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

HEAD_ROWS = 100
"""How many rows from the top are searched for the header."""

HEAD_COLUMNS = 500
"""How many columns are searched; no table of ours is nearly so wide."""

Head = Sequence[tuple[int, Sequence[str]]]
"""The top of a sheet: the file's own row number, and the cells as text."""

RawRow = tuple[int, list[str], dict[int, str] | None]
"""The file's own row number, the cells as text, and the reasons why single cells are refused."""


@dataclass(frozen=True)
class Wanted:
    """Which rows and columns are wanted, and how numbers and dates in them are to be taken."""

    header_row: int
    width: int
    used: frozenset[int] = frozenset()
    codes: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()


class Sheet(Protocol):
    """A sheet of a workbook, or the one table of a csv file."""

    name: str
    head: Head
    remarks: list[str]

    def rows(self, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the rows below the header; `remarks` is complete after the last."""
        ...


_MOST_SPANS = 100


def spans(numbers: list[int]) -> str:
    """Write row numbers briefly, `3、5—9`; of very many the first, and how many in all."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    text = "、".join(str(a) if a == b else f"{a}—{b}" for a, b in parts[:_MOST_SPANS])
    return text if len(parts) <= _MOST_SPANS else f"{text} 等共 {len(numbers)}"
