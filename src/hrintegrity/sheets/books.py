"""Workbooks, read inside the worker process: xlsx and ods by calamine."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine

from hrintegrity.sheets import odf, ooxml, packages
from hrintegrity.sheets.cells import NO_VALUE, OTHERWISE, code_text, shown, trouble
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import HEAD_COLUMNS, HEAD_ROWS, RawRow, Wanted

Merge = tuple[int, int, int]
"""The first row, the last row and the column of a merged area, from 0."""


@dataclass
class Grid:
    """One sheet as it was read: rows of typed values, from row 0 and column 0.

    `seen` are the numbers of hidden rows that were given out, `beyond` those of rows with something
    to the right of the last header, `joined` those of rows that say nothing of their own: all that
    is wanted of them stands in cells merged with the row above.
    """

    name: str
    values: Iterable[Sequence[Any]]
    notes: ooxml.Scan = field(default_factory=ooxml.Scan)
    merges: Sequence[Merge] = ()
    seen: list[int] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)

    def filled(self) -> Iterator[tuple[int, list[Any], Collection[int]]]:
        """Yield rows that are not blank, with merged cells filled down, and which of them were.

        A row of nothing but errors or formulas without a value is not blank, though the reader of
        values knows nothing of it.
        """
        marked = {row for row, _ in (*self.notes.wrong, *self.notes.unvalued)}
        starts: dict[int, list[tuple[int, int]]] = {}
        for first, last, column in self.merges:
            if last > first:
                starts.setdefault(first, []).append((column, last))
        filling: dict[int, tuple[int, Any]] = {}
        last_read = -1
        for number, values in enumerate(self.values):
            row = list(values)
            blank = not any(map(_full, row))
            filled = []
            for column, (end, value) in list(filling.items()):
                if number > end:
                    del filling[column]
                elif not blank and column < len(row) and not _full(row[column]):
                    row[column] = value
                    filled.append(column)
            for column, end in starts.get(number, ()):
                if column < len(row):
                    filling[column] = (end, row[column])
            if not blank or number in marked:
                yield number, row, filled
            last_read = number
        yield from ((number, [], ()) for number in sorted(marked) if number > last_read)

    def _wrong_cells(self) -> dict[int, dict[int, tuple[str, str]]]:
        """Return text and reason of the cells that hold no value, by row and column."""
        wrong: dict[int, dict[int, tuple[str, str]]] = {}
        for (row, column), found in self.notes.wrong.items():
            wrong.setdefault(row, {})[column] = found
        for row, column in self.notes.unvalued:
            wrong.setdefault(row, {})[column] = ("", NO_VALUE)
        # What is wrong with a merged cell is wrong in each of its rows.
        for first, last, column in self.merges:
            if column in wrong.get(first, ()):
                for row in range(first + 1, last + 1):
                    wrong.setdefault(row, {})[column] = wrong[first][column]
        return wrong

    def head(self) -> list[tuple[int, list[str]]]:
        """Return the top of the sheet, in which the header is looked for, as text."""
        head = []
        for number, row, _ in self.filled():
            if number >= HEAD_ROWS:
                break
            head.append((number + 1, [shown(value) for value in row[:HEAD_COLUMNS]]))
        return head

    def texts(self, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the rows below the header as text; `seen` and `beyond` grow meanwhile."""
        digits = self.notes.digits
        wrong = self._wrong_cells()
        width = wanted.width
        for number, values, filled in self.filled():
            if number < wanted.header_row:
                continue
            if filled and number not in wrong and not _says(values, wanted.used - {*filled}):
                self.joined.append(number + 1)
                continue
            row = values[:width]
            refused: dict[int, str] = {}
            cells = [value if type(value) is str else shown(value) for value in row]
            for index in wanted.used:
                if index < len(row) and type(row[index]) is not str and row[index] is not None:
                    shows = digits.get((number, index), 0)
                    cells[index], why = _text(row[index], index, wanted, shows)
                    if why:
                        refused[index] = why
            if number in wrong:
                cells.extend([""] * (width - len(cells)))
                for index, (text, why) in wrong[number].items():
                    if index < width:
                        cells[index], refused[index] = text, why
            if number in self.notes.hidden:
                self.seen.append(number + 1)
            if len(values) > width and any(map(_full, values[width:])):
                self.beyond.append(number + 1)
            yield number + 1, cells, refused or None


def _says(values: Sequence[Any], columns: Iterable[int]) -> bool:
    """Say whether something stands in one of these columns of a row."""
    return any(_full(values[index]) for index in columns if index < len(values))


def _text(value: Any, index: int, wanted: Wanted, digits: int) -> tuple[str, str]:
    """Return text and reason of refusal of a cell that is no text.

    `digits` is how many its number format shows at least, -1 where it shows something else.
    """
    text, why = shown(value), trouble(value)
    if why:
        return text, why
    if isinstance(value, (int, float)) and digits < 0:
        return text, OTHERWISE.format(text)
    if index in wanted.dates:
        return text, ""
    if index in wanted.codes:
        text, why = code_text(value)
    return (text, why) if why or not digits else (text.zfill(digits), "")


def _full(value: Any) -> bool:
    """Say whether a cell holds something; the numbers 0 and FALSE do."""
    return value != "" and value is not None if not isinstance(value, str) else bool(value.strip())


_SAVE_AGAIN = "请用表格软件打开后另存一份，再导入。"


class Workbook:
    """An xlsx or ods workbook."""

    def __init__(self, path: Path, kind: str) -> None:
        """Open it. Raises RefusalError."""
        self.hidden: list[str] = []
        try:
            self._book = calamine.CalamineWorkbook.from_path(path)
        except calamine.PasswordError:
            raise RefusalError("是加密的工作簿", "请先解除密码，再导入。") from None
        except (calamine.CalamineError, OSError) as error:
            raise RefusalError("工作簿已损坏或不完整，打不开", _SAVE_AGAIN) from error
        self._path, self._kind = path, kind
        self._parts = ooxml.sheet_parts(path) if kind == "xlsx" else {}
        self._styles = ooxml.odd_styles(path) if kind == "xlsx" else {}
        self._calm: Any = None

    def grids(self) -> list[Grid]:
        """Read every visible sheet; name the hidden ones in `hidden`. Raises RefusalError."""
        grids = []
        with ThreadPoolExecutor(1) as pool:
            content = pool.submit(odf.scan, self._path) if self._kind == "ods" else None
            for meta in self._book.sheets_metadata:
                if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible != calamine.SheetVisibleEnum.Visible:
                    self.hidden.append(meta.name)
                    continue
                part = self._parts.get(meta.name)
                notes = pool.submit(ooxml.scan, self._path, part, self._styles) if part else None
                grids.append(self._grid(meta.name, notes))
            if content:
                for grid in grids:
                    found = content.result().get(grid.name, odf.OdsNotes())
                    grid.notes, grid.merges = found.scan, found.merges
        return grids

    def _grid(self, name: str, notes: Future[ooxml.Scan] | None) -> Grid:
        try:
            sheet = self._sheet(name)
        except (calamine.CalamineError, OSError) as error:
            raise RefusalError(f"工作表“{name}”已损坏，读不出来", _SAVE_AGAIN) from error
        merges = [(first[0], last[0], first[1]) for first, last in sheet.merged_cell_ranges or ()]
        found = notes.result() if notes else ooxml.Scan()
        return Grid(name, _Rows(sheet), found, merges)

    def _sheet(self, name: str) -> calamine.CalamineSheet:
        """Return a sheet's values, also where it has an error that calamine does not know."""
        try:
            return self._book.get_sheet_by_name(name)
        except calamine.CalamineError as error:
            if self._kind != "xlsx" or "error value" not in str(error):
                raise
        if self._calm is None:
            plain = packages.made_plain(self._path, without_errors=True)
            try:
                self._calm = calamine.CalamineWorkbook.from_object(io.BytesIO(plain.read_bytes()))
            finally:
                plain.unlink()
        sheet: calamine.CalamineSheet = self._calm.get_sheet_by_name(name)
        return sheet


class _Rows:
    """The rows of a sheet, each time from the first row and column of the sheet itself."""

    def __init__(self, sheet: calamine.CalamineSheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[Sequence[Any]]:
        start = self._sheet.start
        if start is None:
            return iter(())
        if start[1] == 0:
            return iter(self._sheet.iter_rows())
        left = [""] * start[1]
        return (left + row for row in self._sheet.iter_rows())
