"""A large sheet is read in pieces, so that its rows come while the rest is read: the same rows."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from hrintegrity.sheets import books, cutting, ooxml
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import Wanted

ROWS = 400
WANTED = Wanted(1, 6, frozenset(range(6)), frozenset({1}), frozenset({2}))


def made(path: Path, change=lambda sheet: None, *, column: int = 1) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    for number in range(ROWS):
        values = [f"甲{number}公司", number, dt.date(2013, 10, 1 + number % 30), number / 2, True]
        for place, value in enumerate(values, column):
            sheet.cell(number + 1, place, value)
    change(sheet)
    book.save(path)
    return path


def rewritten(path: Path, change) -> Path:
    """Write a workbook anew with its sheet changed as text."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


@pytest.fixture
def in_pieces(monkeypatch):
    """Return what opens a workbook so that its sheet is cut after a few rows."""

    def read(path: Path):
        with monkeypatch.context() as small:
            small.setattr(cutting, "LARGE", 1)
            small.setattr(cutting, "HEAD_ROWS", 3)
            small.setattr(ooxml, "_CHUNK", 4000)
            return grid(path)

    return read


def grid(path: Path):
    (found,) = books.Workbook(path, "xlsx").grids()
    return found


def told(grid):
    """Return all that a grid says of its sheet."""
    # Whoever reads them makes all rows as wide as the header.
    rows = [(number, (cells + [""] * 6)[:6], why) for number, cells, why in grid.texts(WANTED)]
    notes = grid.notes
    return rows, grid.seen, grid.beyond, grid.joined, notes.filtered, notes.hidden_columns


def hide(sheet) -> None:
    for row in (3, 200, 399):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.auto_filter.ref = "A1:E400"


def odd_cells(sheet) -> None:
    for row in (5, 300):
        sheet.cell(row, 1, None)
        sheet.cell(row, 2, 7).number_format = "00000"
        sheet.cell(row, 4, "=A1")
        sheet.cell(row, 9, "右边")
    for row in range(150, 250):
        for place in range(1, 6):
            sheet.cell(row, place, None)
    sheet.cell(ROWS + 3, 4, "=A1")


@pytest.mark.parametrize("change", [lambda sheet: None, hide, odd_cells])
@pytest.mark.parametrize("column", [1, 2])
def test_a_sheet_in_pieces_has_the_same_rows(tmp_path, in_pieces, change, column):
    path = made(tmp_path / "a.xlsx", change, column=column)
    whole, pieces = grid(path), in_pieces(path)
    assert isinstance(pieces, books.CutGrid)
    assert pieces._sheet.count > 10
    assert pieces.head() == whole.head()[: len(pieces.head())]
    assert told(pieces) == told(whole)


def test_only_what_is_wanted_of_a_sheet_is_read(tmp_path, in_pieces, monkeypatch):
    pieces = in_pieces(made(tmp_path / "a.xlsx"))
    read = []
    plain = cutting.CutSheet.piece
    monkeypatch.setattr(
        cutting.CutSheet, "piece", lambda self, number: read.append(number) or plain(self, number)
    )
    rows = pieces.texts(WANTED)
    next(rows)
    assert read == []  # the first piece was read for the header.
    list(rows)
    assert read == list(range(1, pieces._sheet.count))


UNSAFE = {
    "merged cells": lambda text: text.replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A300"/></mergeCells>'
    ),
    "an error": lambda text: text.replace("</row>", '<c r="F1" t="e"><v>#N/A</v></c></row>', 1),
    "a comment": lambda text: text.replace("</row>", "</row><!-- <row> -->", 1),
    "rows without a number": lambda text: text.replace('<row r="', '<row s="'),
    "the end of a row in a text": lambda text: text.replace(
        "</row>", f'<c r="F1" t="str"><v>row>{"x" * 5000}</v></c></row>'
    ),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_a_sheet_that_can_t_be_cut_safely_is_read_whole(tmp_path, in_pieces, what):
    path = rewritten(made(tmp_path / "a.xlsx"), UNSAFE[what])
    whole, pieces = grid(path), in_pieces(path)
    assert isinstance(pieces, books.Grid)
    assert list(pieces.texts(WANTED)) == list(whole.texts(WANTED))


def test_a_sheet_that_breaks_off_in_a_later_piece_is_refused(tmp_path, in_pieces):
    path = made(tmp_path / "a.xlsx")
    pieces = in_pieces(rewritten(path, lambda text: text.replace('<c r="B300"', "<c r='B300")))
    assert isinstance(pieces, books.CutGrid)
    with pytest.raises(RefusalError, match="已损坏"):
        list(pieces.texts(WANTED))


def test_nothing_is_left_of_the_pieces(tmp_path, in_pieces, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    pieces = in_pieces(made(tmp_path / "a.xlsx"))
    assert isinstance(pieces, books.CutGrid)
    assert list((tmp_path / "temporary").iterdir()) == []
