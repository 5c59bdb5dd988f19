"""A workbook of several tables, streamed, with a sheet of native charts told apart in grey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.pagebreak import Break

from hrintegrity.files import whole_file
from hrintegrity.sheets.streaming import StreamedBook
from hrintegrity.sheets.workbooks import BODY, TITLE, put_head, put_text, set_page
from hrintegrity.sheets.writing import Checked

LAST_ROW = 1 << 20
"""A sheet of Excel has so many rows, the header among them."""

_CHART_ROWS = 22
_PAGE_ROWS = 46
_ROW_CM = 0.53
_WIDE_CM = 22.0
# Neighbours differ by more than 3:1 in lightness or by their pattern, on a grey printer too.
_FILLS: tuple[str | None, ...] = ("404040", "FFFFFF", None)


@dataclass(frozen=True)
class Listing:
    """A table: title, headers and rows; what has no value is None."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]


@dataclass(frozen=True)
class Chart:
    """A bar chart with the numbers that it draws: a label and a value for each series a row.

    `most` is where the axis ends, where it is known.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Any]]
    most: float | None = None


def save_book(
    path: Path, listings: Iterable[Listing], charts: Sequence[Chart], *, force: bool = False
) -> int:
    """Write a workbook; return how many rows it has below all headers.

    Rows are taken one by one; a table that is longer than a sheet goes on in another. Charts come
    after the first table. Raises as `files.whole_file`, and InputError `cell-refused`.
    """
    written = 0
    with whole_file(path, force=force) as temporary, StreamedBook(temporary.parent) as book:
        for place, listing in enumerate(listings):
            written += _fill(book, listing)
            if place == 0 and charts:
                _draw(book.frame, charts)
        book.save(temporary)
    return written


def _fill(book: StreamedBook, listing: Listing) -> int:
    checked = Checked(listing.headers, listing.rows)
    for part, rows in enumerate(_parts(iter(checked)), 1):
        title = listing.title if part == 1 else f"{listing.title}（{part}）"
        book.add_table(title, listing.headers, (), rows)
    return checked.count


def _parts(rows: Iterator[list[Any]]) -> Iterator[Iterator[list[Any]]]:
    """Cut rows into sheets; the first is there even without any."""
    yield islice(rows, LAST_ROW - 1)
    for first in rows:
        yield chain([first], islice(rows, LAST_ROW - 2))


def _draw(book: Workbook, charts: Sequence[Chart]) -> None:
    sheet: Any = book.create_sheet("图表")
    sheet.sheet_view.showGridLines = False
    for letter, width in (("A", 18), ("B", 20), ("C", 20), ("D", 20)):
        sheet.column_dimensions[letter].width = width
    set_page(sheet)
    row = 1
    for chart in charts:
        bars = len(chart.rows) * (len(chart.headers) - 1)
        high = min(max(_CHART_ROWS, bars + 6, len(chart.rows) + 4), _PAGE_ROWS)
        if row > 1:
            sheet.row_breaks.append(Break(id=row - 1))
        for cells in _data(sheet, chart):
            sheet.append(cells)
        for _ in range(high - len(chart.rows) - 2):
            sheet.append([])
        drawn = _bars(sheet, chart, row + 1)
        drawn.height, drawn.width = (high - 2) * _ROW_CM, _WIDE_CM
        sheet.add_chart(drawn, f"F{row}")
        row += high


def _data(sheet: Any, chart: Chart) -> Iterator[list[Any]]:
    title = WriteOnlyCell(sheet)
    put_text(title, chart.title, TITLE)
    yield [title]
    heads = []
    for header in chart.headers:
        head = WriteOnlyCell(sheet)
        put_head(head, header, required=False)
        heads.append(head)
    yield heads
    for label, *values in chart.rows:
        name = WriteOnlyCell(sheet)
        put_text(name, label)
        numbers = [WriteOnlyCell(sheet, value=value) for value in values]
        for number in numbers:
            number.font = BODY
        yield [name, *numbers]


def _bars(sheet: Any, chart: Chart, header: int) -> Any:
    """Return horizontal bars, the first row on top."""
    drawn: Any = BarChart()
    drawn.type, drawn.grouping, drawn.gapWidth = "bar", "clustered", 60
    drawn.title = chart.title
    last = header + len(chart.rows)
    drawn.add_data(
        Reference(sheet, min_col=2, max_col=len(chart.headers), min_row=header, max_row=last),
        titles_from_data=True,
    )
    drawn.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=last))
    # Without these two, current Excel shows no axes at all.
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.x_axis.scaling.orientation = "maxMin"
    drawn.x_axis.tickLblSkip = 1
    drawn.y_axis.crosses = "max"
    drawn.y_axis.scaling.min, drawn.y_axis.scaling.max = 0, chart.most
    drawn.y_axis.majorGridlines = None
    for place, series in enumerate(drawn.series):
        series.graphicalProperties = _fill_of(place)
        series.dLbls = DataLabelList()
        series.dLbls.showVal = True
        series.dLbls.showSerName = series.dLbls.showCatName = series.dLbls.showLegendKey = False
    if len(drawn.series) == 1:
        drawn.legend = None
    else:
        drawn.legend.position = "b"
    return drawn


def _rgb(digits: str) -> Any:
    choice: Any = ColorChoice  # its published types don't know that a colour is text.
    return choice(srgbClr=digits)


def _fill_of(place: int) -> GraphicalProperties:
    colour = _FILLS[place % len(_FILLS)]
    if colour is None:
        hatched = PatternFillProperties(
            prst="wdUpDiag",
            fgClr=_rgb("000000"),
            bgClr=_rgb("FFFFFF"),
        )
        found = GraphicalProperties(pattFill=hatched)
    else:
        found = GraphicalProperties(solidFill=colour)
    found.line = LineProperties(solidFill="000000", w=9525)
    return found
