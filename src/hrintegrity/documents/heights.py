"""How high the rows of a table will stand, near enough to know which ones may not stay whole.

A row that is kept whole on a page must fit on one: what does not fit would be cut off at the edge
of the paper. Heights are points; they lean to too much, and a whole row is asked for only where
there is room for twice as much.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

from hrintegrity.documents.blocks import Cell, Paragraph, Row, Table
from hrintegrity.documents.look import (
    CELL_PAD_X,
    CELL_PAD_Y,
    MM,
    SMALL_TABLE,
    TALL,
    TYPE_HEIGHT_MM,
    TYPE_WIDTH,
)

PAGE = TYPE_HEIGHT_MM * MM
_WIDE = frozenset("%@&…—mwMW")
_NARROW = dict.fromkeys("0123456789", 0.57) | {"-": 0.42, ".": 0.35}


def ems(text: str) -> float:
    """Return how many characters wide `text` is at most."""
    return sum(map(_em, text))


def _em(char: str) -> float:
    if char >= "\u2000" or char in _WIDE:
        return 1
    if char in _NARROW:
        return _NARROW[char]
    return 0.8 if char.isupper() else 0.62


def measured(table: Table) -> Table:
    """Return the table with its rows marked: which may break, and whether they keep together."""
    heights = _heights(table.rows, table.widths)
    head = sum(_heights(table.head, table.widths))
    rows = tuple(
        dataclasses.replace(row, breaks=True) if high > PAGE / 2 else row
        for row, high in zip(_spanning(table.rows, heights), heights, strict=True)
    )
    short = len(rows) <= SMALL_TABLE and not any(row.tall for row in rows)
    return dataclasses.replace(
        table,
        rows=rows,
        small=short and head + sum(heights) <= PAGE * 0.75,
        # A head at the foot of a page takes two rows with it, where these have room.
        paired=len(rows) > 1 and head + sum(heights[:2]) <= PAGE / 2,
    )


def _heights(rows: Sequence[Row], widths: Sequence[float]) -> list[float]:
    """Return a height for each row; a cell over several rows adds what it lacks to the last."""
    found: list[float] = []
    reaching: list[tuple[int, float]] = []  # the row that a cell ends in, and what it still needs.
    for place, row in enumerate(rows):
        high = TALL if row.tall else 0.0
        column = 0
        for cell in row.cells:
            own = _cell(cell, sum(widths[column : column + cell.columns]) * TYPE_WIDTH)
            column += cell.columns
            if cell.rows > 1:
                reaching.append((place + cell.rows - 1, own + sum(found)))
            else:
                high = max(high, own)
        ends = [total - sum(found) for last, total in reaching if last == place]
        found.append(max(high, *ends, 0.0))
    return found


def _cell(cell: Cell, wide: float) -> float:
    inside = wide - 2 * CELL_PAD_X
    return 2 * CELL_PAD_Y + sum(_paragraph(one, inside) for one in cell.paragraphs)


def _paragraph(one: Paragraph, wide: float) -> float:
    look = one.look
    # A stop that may not begin a line takes a character with it into the next one.
    room = max(1, math.floor(wide / look.size) - 1)
    parts = "".join(run.text for run in one.runs).split("\n")
    return look.pitch * sum(max(1, math.ceil(ems(part) / room)) for part in parts)


def _spanning(rows: Sequence[Row], heights: Sequence[float]) -> list[Row]:
    """Mark the cells over several rows that these are too high for to keep together."""
    marked = []
    for place, row in enumerate(rows):
        cells = tuple(
            dataclasses.replace(cell, breaks=True)
            if cell.rows > 1 and sum(heights[place : place + cell.rows]) > PAGE / 2
            else cell
            for cell in row.cells
        )
        marked.append(dataclasses.replace(row, cells=cells))
    return marked
