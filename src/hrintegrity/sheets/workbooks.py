"""Making workbooks with openpyxl: the look, and how text stays text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from hrintegrity.sheets.columns import EXAMPLE_MARK, Column, Table
from hrintegrity.sheets.escapes import RUNNABLE, to_workbook
from hrintegrity.sheets.widths import widths_of

TEXT_FORMAT = "@"
DAY_FORMAT = "yyyy-mm-dd"
SCORE_FORMAT = "0.00"

BODY = Font(name="宋体", size=11)
GREY = Font(name="宋体", size=11, color="808080")
BOLD = Font(name="微软雅黑", size=11, bold=True)
HEAD = Font(name="微软雅黑", size=11, bold=True, color="FFFFFF")
TITLE = Font(name="微软雅黑", size=16, bold=True)
SMALL = Font(name="宋体", size=9, color="808080")
_LINE = Side(style="thin", color="A6A6A6")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEAD_FILL = PatternFill("solid", fgColor="2F5597")
REQUIRED_FILL = PatternFill("solid", fgColor="C00000")
OPEN_FILL = PatternFill("solid", fgColor="FFF9E5")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
TOP = Alignment(vertical="top", wrap_text=True)
UNLOCKED = Protection(locked=False)

_A4 = 9
_LAST_LISTED = 5000
"""Drop-down lists in a template reach down to this row."""

_MAX_INLINE_LIST = 250
"""Excel takes a list of choices in the rule itself up to 255 characters."""


def save(book: Workbook, path: Path) -> None:
    """Write a workbook that was made in memory first. Raises OSError.

    A package that is written straight to a full disk says so once more, in English, at its end.
    """
    made = BytesIO()
    book.save(made)
    path.write_bytes(made.getbuffer())


def put_text(cell: Any, text: str, font: Font = BODY) -> None:
    """Put text into a cell so that it stays text: never a formula, number or date."""
    cell.value = to_workbook(text)
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.font = font
    if text.startswith(RUNNABLE):
        # Excel's own mark for "this is text", so that editing the cell can't make it run either.
        cell.quotePrefix = True


def save_template(path: Path, table: Table) -> None:
    """Write the template of a table: title, instructions, headers, an example, lists."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name(table.title)
    end = get_column_letter(len(table.columns))
    put_text(sheet["A1"], f"{table.title}（模板）", TITLE)
    put_text(sheet["A2"], _instructions(table), BODY)
    for row, height in ((1, 30), (2, 18 * _instructions(table).count("\n") + 24), (3, 32), (4, 20)):
        sheet.row_dimensions[row].height = height
    for row in (1, 2):
        sheet.merge_cells(f"A{row}:{end}{row}")
        sheet.cell(row, 1).alignment = LEFT
    examples = [
        c.example or (c.choices[0] if c.choices and c.required else "") for c in table.columns
    ]
    examples[0] = EXAMPLE_MARK + examples[0]
    widths = widths_of(
        [column.width for column in table.columns],
        [[f"{column.header} * " for column in table.columns], examples],
    )
    for index, column in enumerate(table.columns, 1):
        letter = get_column_letter(index)
        # Whole columns are text, so that codes keep their zeros and long digits.
        whole = sheet.column_dimensions[letter]
        whole.width, whole.number_format, whole.font = widths[index - 1], TEXT_FORMAT, BODY
        mark = "*" if column.required else ""
        put_head(sheet.cell(3, index), column.header + mark, required=column.required)
        example = sheet.cell(4, index)
        put_text(example, examples[index - 1], GREY)
        example.alignment, example.border = LEFT, GRID
        if column.choices:
            area = f"{letter}4:{letter}{_LAST_LISTED}"
            sheet.data_validations.append(choice(book, column, area))
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:{end}{_LAST_LISTED}"
    set_page(sheet, header_row=3)
    save(book, path)


def _instructions(table: Table) -> str:
    """Return what stands above the headers: how to fill the table in, and each column's note."""
    lines = [
        "填写说明：带 * 的列必填；每行一条；示例行不会导入，可以删去；"
        "号码按文本填写，前面的 0 不要丢；日期写作 2013-10-08。"
    ]
    notes = [f"{column.header}：{column.note}" for column in table.columns if column.note]
    return "\n".join([*lines, "；".join(notes)] if notes else lines)


def put_head(cell: Any, header: str, *, required: bool) -> None:
    """Put a header into a cell; a required one is red."""
    put_text(cell, header, HEAD)
    cell.fill = REQUIRED_FILL if required else HEAD_FILL
    cell.alignment, cell.border = CENTRE, GRID


def choice(book: Workbook, column: Column, area: str) -> DataValidation:
    """Return a drop-down list for a column; a long one stands on a hidden sheet."""
    inline = ",".join(column.choices)
    if len(inline) <= _MAX_INLINE_LIST and not any("," in choice for choice in column.choices):
        formula = f'"{inline}"'
    else:
        formula = _listed(book, column)
    rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = column.header, "请从下拉列表中选择。"
    if column.note:
        rule.showInputMessage, rule.promptTitle, rule.prompt = (
            True,
            column.header,
            column.note[:255],
        )
    rule.add(area)
    return rule


def _listed(book: Workbook, column: Column) -> str:
    """Put the choices of a column on the hidden sheet of lists; return where they stand."""
    name = "选项"
    sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
    sheet.sheet_state = "hidden"
    place = sheet.max_column + 1 if sheet["A1"].value else 1
    for row, choice in enumerate(column.choices, 1):
        put_text(sheet.cell(row, place), choice)
    letter = get_column_letter(place)
    return f"{quote_sheetname(name)}!${letter}$1:${letter}${len(column.choices)}"


def set_page(sheet: Any, header_row: int | None = None, pages_across: int = 1) -> None:
    """A4 across, so many pages wide, the header again on each page, page numbers below.

    On several pages across the first column stands on each.
    """
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_across, 0
    if pages_across > 1:
        sheet.print_title_cols = "A:A"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def sheet_name(title: str) -> str:
    """Return a title as a sheet may be called."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "表"
