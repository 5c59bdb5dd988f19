"""Long tables in a workbook: openpyxl makes everything around the rows, this writes the rows.

A cell of openpyxl is an object that is made, checked and written one by one, which takes ten times
as long as its text. Here a row is one text, and says what openpyxl would write.
"""

from __future__ import annotations

import datetime as dt
import gzip
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from hrintegrity.chunking import chunks
from hrintegrity.sheets.columns import Column
from hrintegrity.sheets.escapes import RUNNABLE, to_workbook
from hrintegrity.sheets.widths import lines_of, widths_of
from hrintegrity.sheets.workbooks import (
    DAY_FORMAT,
    GRID,
    SCORE_FORMAT,
    TEXT_FORMAT,
    TOP,
    choice,
    put_head,
    put_text,
    set_page,
    sheet_name,
)

_LOOKED_AT = 500
"""Widths are taken from this many rows."""

_LEGIBLE = 230
"""Columns so wide together fit on one A4 page across at two thirds of their size, 7 points."""

_LINE_HEIGHT = 15.0
_MAX_HEIGHT = 409.0
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY = dt.date(1900, 3, 1)  # the first that Excel counts right.
_SPECIAL = re.compile("[&<>\r]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_END_OF_ROWS = b"</sheetData>"
_FASTEST = 1
_ROW = b"<row "
_PIECE = 1 << 20


class StreamedBook:
    """A workbook of long tables; `frame` is openpyxl's, with everything but their rows.

    Those lie compressed in a nameless file of `folder`, where the workbook will be, until it is
    saved: what stands above a sheet's rows depends on the last of them. Use it in `with`.
    """

    def __init__(self, folder: Path) -> None:
        self.frame = Workbook(write_only=True)
        self._folder = folder
        self._rows: dict[str, IO[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._rows.values():
            file.close()
        for sheet in self.frame.worksheets:
            if not sheet.closed:
                # One that was begun and is not saved would end in tracebacks of openpyxl's; why it
                # is not saved, such as a full disk, is what counts.
                with suppress(Exception):
                    sheet.close()

    def add_table(
        self,
        title: str,
        headers: Sequence[str],
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
    ) -> None:
        """Add a sheet with a header row and `rows`, which are taken one by one."""
        sheet: Any = self.frame.create_sheet(sheet_name(title))
        sheet.freeze_panes = "A2"
        stream = iter(rows)
        first = list(islice(stream, _LOOKED_AT))
        least = [column.width for column in columns] or [10] * len(headers)
        widths = widths_of(least, [headers, *first])
        letters = [get_column_letter(index) for index in range(1, len(headers) + 1)]
        for letter, width in zip(letters, widths, strict=True):
            sheet.column_dimensions[letter].width = width
        set_page(sheet, header_row=1, pages_across=-(-sum(widths) // _LEGIBLE))
        last = self._keep(sheet, _rows(_Cells(sheet), letters, widths, chain(first, stream)))
        heads = [WriteOnlyCell(sheet) for _ in headers]
        for cell, header in zip(heads, headers, strict=True):
            put_head(cell, header, required=False)
        sheet.append(heads)
        sheet.auto_filter.ref = sheet.print_area = f"A1:{letters[-1]}{last}"
        for letter, column in zip(letters, columns, strict=False):
            if column.choices:
                area = f"{letter}2:{letter}{max(last, 2)}"
                sheet.data_validations.append(choice(self.frame, column, area))

    def save(self, path: Path) -> None:
        """Write the whole workbook. Raises OSError."""
        made = BytesIO()
        self.frame.save(made)
        with ZipFile(made) as frame, ZipFile(path, "w", ZIP_DEFLATED) as package:
            for part in frame.namelist():
                above, end, below = frame.read(part).partition(_END_OF_ROWS)
                with package.open(part, "w", force_zip64=True) as whole:
                    whole.write(above)
                    if part in self._rows:
                        if not end:
                            raise AssertionError(f"{part} has no end of its rows")
                        shutil.copyfileobj(gzip.GzipFile(fileobj=self._rows[part]), whole)
                    whole.write(end + below)

    def _keep(self, sheet: Any, rows: Iterable[str]) -> int:
        """Keep the rows of a sheet; return the number of the last, its header being the first."""
        file = TemporaryFile(dir=self._folder)  # noqa: SIM115 — until the book is saved.
        self._rows[f"xl/worksheets/sheet{self.frame.index(sheet) + 1}.xml"] = file
        last = 1
        with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_FASTEST) as packed:
            for chunk in chunks(rows):
                packed.write("".join(chunk).encode())
                last += len(chunk)
        file.seek(0)
        return last


def count_rows(path: Path) -> int:
    """Return how many rows are in the first sheet of a saved workbook, its header among them.

    It is read piece by piece, to its checksum; a reader of whole sheets would hold all of it. Of
    one that was not written whole the rows are counted up to where it breaks off.
    """
    found, end = 0, b""
    with (
        suppress(BadZipFile, zlib.error),
        ZipFile(path) as package,
        package.open("xl/worksheets/sheet1.xml") as sheet,
    ):
        while piece := sheet.read(_PIECE):
            piece = end + piece
            found += piece.count(_ROW)
            end = piece[1 - len(_ROW) :]
    return found


def _rows(
    cells: _Cells,
    letters: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Any]],
) -> Iterator[str]:
    """Yield each row below the header as XML, so high as its text needs."""
    for number, row in enumerate(rows, 2):
        lines = lines_of(row, widths)
        height = min(_LINE_HEIGHT * lines, _MAX_HEIGHT)
        high = f' ht="{height}" customHeight="1"' if lines > 1 else ""
        placed = zip(letters, row, strict=True)
        written = "".join([cells.cell(f"{letter}{number}", value) for letter, value in placed])
        yield f'<row r="{number}"{high}>{written}</row>'


class _Cells:
    """Writes the cells of a table's body, each in a style of the workbook."""

    def __init__(self, sheet: Any) -> None:
        self._text = _style(sheet, "文")
        self._runnable = _style(sheet, "=")
        self._day = _style(sheet, "", DAY_FORMAT)
        self._count = _style(sheet, "", "General")
        self._score = _style(sheet, "", SCORE_FORMAT)

    def cell(self, place: str, value: Any) -> str:
        """Return a cell for a value: text as text, days and numbers as such."""
        if isinstance(value, dt.date):
            if type(value) is dt.date and value >= _FIRST_DAY:
                return _number(place, self._day, (value - _DAY_ZERO).days)
            value = value.isoformat()
        if value is None or value == "":
            return f'<c r="{place}" s="{self._text}" t="n"/>'
        if isinstance(value, str):
            style = self._runnable if value.startswith(RUNNABLE) else self._text
            space = ' xml:space="preserve"' if value != value.strip() else ""
            text = to_workbook(value)
            if _SPECIAL.search(text):
                text = text.translate(_ENTITIES)
            return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'
        if isinstance(value, bool):
            raise TypeError("no cell holds a bool")
        return _number(place, self._score if isinstance(value, float) else self._count, value)


def _number(place: str, style: int, value: Any) -> str:
    return f'<c r="{place}" s="{style}" t="n"><v>{float(value):.16g}</v></c>'


def _style(sheet: Any, text: str, number_format: str = TEXT_FORMAT) -> int:
    """Return the number of a style in the workbook; that of a text is as `put_text` has it."""
    cell: Any = WriteOnlyCell(sheet)
    put_text(cell, text)
    cell.number_format, cell.alignment, cell.border = number_format, TOP, GRID
    number: int = cell.style_id
    return number
