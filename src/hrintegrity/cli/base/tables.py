"""Setting rows as lines of text: fitted to a terminal, or as wide as they are."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from hrintegrity.text import width, wrap

_GAP = 2
_INDENT = "    "
_LONGEST_CODE = 20
_TEXT = 16
"""So many columns of a text are enough to know it by."""
_SHORTEST_TEXT = 10
"""So many say at least which of the texts of a list one is."""


def is_terminal() -> bool:
    """Whether standard output is a terminal; what is piped is never cut."""
    return sys.stdout.isatty()


def columns_of_screen() -> int:
    """Return how wide a line may be."""
    return shutil.get_terminal_size().columns


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the header and the rows, each column as wide as its widest cell.

    The rows are gone through twice.
    """
    sizes = list(map(width, headings))
    for row in rows:
        sizes = list(map(max, sizes, map(width, row)))
    for row in chain([headings], rows):
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(row, sizes, strict=True))
        yield (" " * _GAP).join(cells).rstrip()


def fitted(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    first: Sequence[int],
    below: int | None = None,
) -> tuple[list[str], int]:
    """Return a line per row that a terminal has room for, and how many columns were left out.

    The columns in `first` are what the list is for: they are shown before all others, their texts
    cut shorter where that is what it takes. Of the rest each is shown that there is room for, those
    without any value last. Codes, days and figures are whole or not there at all, since nobody can
    copy half of one. The column `below` goes whole on a line of its own beneath each row, unless
    there is room for all.
    """
    room = columns_of_screen()
    whole = [_widest(heading, rows, place) for place, heading in enumerate(headings)]
    if below is not None and sum(whole) + _GAP * (len(whole) - 1) > room:
        return _with_line_below(headings, rows, first, below)
    texts = {place for place in range(len(headings)) if _is_text([row[place] for row in rows])}
    sizes = [min(size, _TEXT) if n in texts else size for n, size in enumerate(whole)]
    chosen: list[int] = []
    spare = room + _GAP
    for place in _shortened(sizes, dict.fromkeys(first), texts, room):
        chosen.append(place)
        spare -= sizes[place] + _GAP
    empty = {place for place in range(len(headings)) if not any(row[place] for row in rows)}
    for place in sorted(range(len(headings)), key=lambda place: place in empty):
        if place not in first and sizes[place] + _GAP <= spare:
            chosen.append(place)
            spare -= sizes[place] + _GAP
    if not chosen:
        chosen, sizes[0], spare = [0], room, 0
    # What lacks little gets it first; what remains is shared by those that lack much.
    by_need = sorted(chosen, key=lambda place: whole[place] - sizes[place])
    for served, place in enumerate(by_need):
        given = min(whole[place] - sizes[place], spare // (len(chosen) - served))
        sizes[place] += max(given, 0)
        spare -= max(given, 0)
    shown = sorted(chosen)
    cut = [[_cut(row[place], sizes[place]) for place in shown] for row in (headings, *rows)]
    return list(aligned(cut[0], cut[1:])), len(headings) - len(chosen)


def _shortened(
    sizes: list[int], first: Iterable[int], texts: Collection[int], room: int
) -> list[int]:
    """Return those of the first columns that fit, their widest texts shortened for it.

    `sizes` is changed; what does not fit with the shortest texts is left out from the end.
    """
    kept = list(first)
    while kept and sum(sizes[place] + _GAP for place in kept) > room + _GAP:
        widest = max(kept, key=lambda place: sizes[place] if place in texts else 0)
        if widest in texts and sizes[widest] > _SHORTEST_TEXT:
            sizes[widest] -= 1
        else:
            kept.pop()
    return kept


def _with_line_below(
    headings: Sequence[str], rows: Sequence[Sequence[str]], first: Sequence[int], below: int
) -> tuple[list[str], int]:
    """Return the rows without a column, which follows each of them on lines of its own."""

    def rest(cells: Sequence[str]) -> list[str]:
        return [*cells[:below], *cells[below + 1 :]]

    places = [place - (place > below) for place in first if place != below]
    (head, *lines), left_out = fitted(rest(headings), [rest(row) for row in rows], places)
    shown = [head]
    for line, row in zip(lines, rows, strict=True):
        shown.append(line)
        room = columns_of_screen() - len(_INDENT)
        shown += [_INDENT + part for part in wrap(row[below], room) if row[below]]
    return shown, left_out


def blocks(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows one below the other, a field a line."""
    left = max(map(width, headings), default=0)
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                yield f"{heading}{' ' * (left - width(heading))}  {cell}"
        yield ""


def _widest(heading: str, rows: Sequence[Sequence[str]], place: int) -> int:
    return max([width(heading), *(width(row[place]) for row in rows)])


def _is_text(cells: Sequence[str]) -> bool:
    """Whether cells are texts, which may be cut."""
    return any(not cell.isascii() or len(cell) > _LONGEST_CODE for cell in cells)


def _cut(text: str, size: int) -> str:
    if width(text) <= size:
        return text
    kept = ""
    for character in text:
        if width(kept + character) >= size:
            break
        kept += character
    return f"{kept}…"
