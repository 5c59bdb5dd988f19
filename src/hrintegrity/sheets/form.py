"""The look of the score form: one A4 page, protected around the cells to be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from hrintegrity.sheets import form_labels as labels
from hrintegrity.sheets import workbooks
from hrintegrity.sheets.form_labels import FormIndicator
from hrintegrity.sheets.workbooks import (
    BODY,
    BOLD,
    CENTRE,
    GRID,
    HEAD,
    HEAD_FILL,
    LEFT,
    OPEN_FILL,
    SMALL,
    TITLE,
    UNLOCKED,
    put_text,
)

_WIDTHS = (18, 7, 12, 56, 8, 10, 10)
_HEADS = ("类别", "序号", "指标", "指标内容", "满分", "得分", "小计")
_FIRST = 7
_LAST_COLUMN = "G"


def save(
    path: Path, *, title: str, facts: Mapping[str, str], indicators: Sequence[FormIndicator]
) -> None:
    """Write the form; `facts` are the labelled cells of its head, the last ones to be filled."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "评分表"
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.merge_cells(f"A1:{_LAST_COLUMN}1")
    put_text(sheet["A1"], title, TITLE)
    sheet["A1"].alignment = CENTRE
    sheet.merge_cells(f"A2:{_LAST_COLUMN}2")
    put_text(sheet["A2"], f"{labels.FORM_NUMBER}（供导入时识别，请勿改动）", SMALL)
    sheet["A2"].alignment = Alignment(horizontal="right")
    left = (labels.AGENCY, labels.CODE, labels.RATER)
    right = (labels.YEAR, labels.SOURCE)
    for row, label in enumerate(left, 3):
        _fact(sheet=sheet, row=row, label_at=1, first=2, last=4, label=label, text=facts[label])
    for row, label in enumerate(right, 3):
        _fact(sheet=sheet, row=row, label_at=5, first=6, last=7, label=label, text=facts[label])
    for column in range(5, 8):
        sheet.cell(5, column).border = GRID
    sheet.merge_cells("E5:G5")
    put_text(sheet["E5"], "浅黄色的格请填写", SMALL)
    sheet["E5"].alignment = CENTRE
    _unlock(sheet["B5"])
    for column, head in enumerate(_HEADS, 1):
        cell = sheet.cell(_FIRST - 1, column)
        put_text(cell, head, HEAD)
        cell.fill, cell.alignment, cell.border = HEAD_FILL, CENTRE, GRID
    row = _FIRST
    for category, lines in groupby(indicators, key=lambda line: line.category):
        row = _category(sheet, row, category, list(lines))
    _total(sheet, row, row - 1)
    sheet.merge_cells(f"A{row + 1}:{_LAST_COLUMN}{row + 1}")
    signature = sheet.cell(row + 1, 1)
    put_text(signature, "评价人签字：" + " " * 30 + "日期：        年    月    日")
    signature.alignment = Alignment(horizontal="right", vertical="bottom")
    heights = {1: 34, 2: 16, 3: 26, 4: 26, 5: 26, 6: 24, row: 26, row + 1: 36}
    for number, height in heights.items():
        sheet.row_dimensions[number].height = height
    _page(sheet, row + 1)
    sheet.protection.enable()
    book.properties.keywords = labels.FORM_NUMBER
    workbooks.save(book, path)


def _fact(
    sheet: Any, row: int, label_at: int, first: int, last: int, label: str, text: str
) -> None:
    """Put a label, and beside it its text over the columns from `first` to `last`."""
    put_text(sheet.cell(row, label_at), label, BOLD)
    sheet.cell(row, label_at).alignment = CENTRE
    for column in range(label_at, last + 1):
        sheet.cell(row, column).border = GRID
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    put_text(sheet.cell(row, first), text)
    sheet.cell(row, first).alignment = LEFT


def _category(sheet: Any, start: int, category: str, lines: Sequence[FormIndicator]) -> int:
    """Put the lines of one category, with its subtotal; return the next row."""
    end = start + len(lines) - 1
    for row, line in enumerate(lines, start):
        for column in range(1, 8):
            sheet.cell(row, column).border = GRID
        sheet.cell(row, 2, line.number)
        put_text(sheet.cell(row, 3), line.name)
        put_text(sheet.cell(row, 4), line.text)
        sheet.cell(row, 5, line.points)
        for column in (2, 3, 5):
            sheet.cell(row, column).alignment = CENTRE
            sheet.cell(row, column).font = BODY
        sheet.cell(row, 4).alignment = LEFT
        sheet.row_dimensions[row].height = 36
        score = sheet.cell(row, 6)
        _unlock(score)
        score.number_format, score.font, score.alignment = "General", BODY, CENTRE
        sheet.add_data_validation(_limit(line, score.coordinate))
    for letter in ("A", "G"):
        sheet.merge_cells(f"{letter}{start}:{letter}{end}")
    put_text(sheet.cell(start, 1), category, BOLD)
    sheet.cell(start, 7, f"=SUM(F{start}:F{end})").font = BOLD
    for column in (1, 7):
        sheet.cell(start, column).alignment = CENTRE
    return end + 1


def _limit(line: FormIndicator, cell: str) -> DataValidation:
    """Return the rule of a score: a number from 0 to the indicator's points."""
    rule = DataValidation(
        "decimal", operator="between", formula1="0", formula2=str(line.points), allow_blank=True
    )
    rule.showErrorMessage = True
    rule.errorTitle = f"{line.number}.{line.name}"
    rule.error = f"请填 0 到 {line.points} 的数，最多一位小数。"
    rule.add(cell)
    return rule


def _total(sheet: Any, row: int, last: int) -> None:
    for column in range(1, 8):
        sheet.cell(row, column).border = GRID
    sheet.merge_cells(f"A{row}:D{row}")
    put_text(sheet.cell(row, 1), "总分", BOLD)
    sheet.cell(row, 5, f"=SUM(E{_FIRST}:E{last})")
    sheet.merge_cells(f"F{row}:G{row}")
    sheet.cell(row, 6, f"=SUM(F{_FIRST}:F{last})")
    for column in (1, 5, 6):
        sheet.cell(row, column).font = BOLD
        sheet.cell(row, column).alignment = CENTRE


def _unlock(cell: Any) -> None:
    cell.protection, cell.fill = UNLOCKED, OPEN_FILL


def _page(sheet: Any, last: int) -> None:
    """One A4 page, upright."""
    sheet.print_area = f"A1:{_LAST_COLUMN}{last}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.freeze_panes = f"A{_FIRST}"
