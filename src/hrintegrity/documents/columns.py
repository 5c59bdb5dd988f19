"""How wide the columns of a table are set: no date, number or code breaks over two lines.

A template says the shares of its columns. Where a cell holds what may not be parted and its column
is too narrow for it, the column takes what it needs from those that have more than they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hrintegrity.documents.blocks import Cell, Row
from hrintegrity.documents.heights import ems
from hrintegrity.documents.look import CELL_PAD_X, TYPE_WIDTH

_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_NUMBER = r"〔\d{4}〕第?\d+号"
_LATIN = r"[0-9A-Za-z](?:[0-9A-Za-z.%/:-]*[0-9A-Za-z%])?"
# A bracket or a stop goes with what it opens or closes.
WHOLE = re.compile(rf"[（《“‘]*({_DAY}|{_NUMBER}|{_LATIN})[，。、；：）》”’]*")
"""A day, the number of a paper, a figure, a code or a word of Latin letters."""

LONGEST = 20
"""Longer ones, such as a hash or an address of a web page, may break."""

ROOM = 1.1
"""A machine without Chinese fonts of Windows may set figures wider in a Word file."""

LEAST = 2.2
"""How many characters wide a column of text is at least."""


def fitted(widths: Sequence[float], rows: Sequence[Row]) -> tuple[float, ...]:
    """Return the shares of a table's columns so that each holds what may not be parted in it.

    Where they can't all, the shares stay as they are.
    """
    least = [0.0] * len(widths)
    for row in rows:
        column = 0
        for cell in row.cells:
            if cell.columns == 1 and not cell.continued:
                least[column] = max(least[column], _least(cell))
            column += cell.columns
    lacking = sum(max(0.0, need - width) for need, width in zip(least, widths, strict=True))
    spare = [max(0.0, width - need) for need, width in zip(least, widths, strict=True)]
    if not lacking or lacking > sum(spare):
        return tuple(widths)
    part = lacking / sum(spare)
    return tuple(
        need if width <= need else width - part * room
        for need, width, room in zip(least, widths, spare, strict=True)
    )


def _least(cell: Cell) -> float:
    """Return what share of the type width a cell needs."""
    needs = [
        ROOM * ems(whole) * one.look.size
        for one in cell.paragraphs
        for whole in _wholes("".join(run.text for run in one.runs))
    ]
    size = max((one.look.size for one in cell.paragraphs), default=0.0)
    return (max(needs, default=LEAST * size) + 2 * CELL_PAD_X + 0.5) / TYPE_WIDTH


def _wholes(text: str) -> Iterator[str]:
    for match in WHOLE.finditer(text):
        if len(match[1]) <= LONGEST:
            yield match[0]
