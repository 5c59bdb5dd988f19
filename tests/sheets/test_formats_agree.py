"""The same agencies in every format and encoding are the same rows, or are said to differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from hrintegrity.rules.codes import complete_code
from hrintegrity.sheets.reading import open_table
from tables import AGENCIES, DISTRICTS, FIELDS, HEADERS, KINDS, csv_text, rows, values, xlsx

COUNT = 500
AGENCY_ROWS = [
    [
        f"北京第{n}人力资源有限公司{'龘' if n % 50 == 0 else ''}",
        complete_code(f"91110108MA{n:07d}"),
        DISTRICTS[n * len(DISTRICTS) // COUNT],
        KINDS[n % 2],
        f"{2000 + n % 13}-0{1 + n % 9}-1{n % 9}",
        f"建国路{n}号" if n % 7 else "",
    ]
    for n in range(COUNT)
]


def as_csv(encoding: str) -> Any:
    def make(path: Path) -> Path:
        (path / "a.csv").write_bytes(csv_text([HEADERS, *AGENCY_ROWS]).encode(encoding))
        return path / "a.csv"

    return make


def as_xlsx(path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名录")
    for row in (HEADERS, *AGENCY_ROWS):
        sheet.append(row)
    book.save(path / "a.xlsx")
    return path / "a.xlsx"


def as_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for number, row in enumerate((HEADERS, *AGENCY_ROWS)):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    book.save(str(path / "a.xls"))
    return path / "a.xls"


def as_ods(path: Path) -> Path:
    book = OpenDocumentSpreadsheet()
    sheet = OdfTable(name="名录")
    for row in (HEADERS, *AGENCY_ROWS):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(path / "a.ods"))
    return path / "a.ods"


def hand_made(path: Path, *, lines: list[list[str]] = AGENCY_ROWS) -> Path:
    """Title rows, merged districts, a total row, 序号, hidden rows, as an office makes it."""
    headers = [
        "序号",
        "所属区县",
        "单位名称*",
        "组织机构代码\n（必填）",
        "性质",
        "成立日期",
        "注册地址",
    ]
    body: list[list[Any]] = []
    merged = []
    for place, row in enumerate(lines):
        new = place == 0 or lines[place - 1][2] != row[2]
        if new:
            merged.append([place + 4, place + 4])
        merged[-1][1] = place + 4
        district = row[2] if new else ""
        body.append([place + 1, district, row[0], row[1], row[3], row[4], row[5]])
    body.append(["合计", "", f"{len(lines)}家"])
    table = rows(["2013 年机构名录"], ["单位：家"], headers, *body, hidden=range(10, 20))
    areas = "".join(f'<mergeCell ref="B{a}:B{b}"/>' for a, b in merged)
    sheet = (
        f'<sheetData>{table}</sheetData><autoFilter ref="A3:G10"/><mergeCells>{areas}</mergeCells>'
    )
    return xlsx(path / "hand.xlsx", sheet)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    got = values(as_csv("utf-8")(tmp_path_factory.mktemp("csv")))
    assert [str(row["name"]) for row in got] == [row[0] for row in AGENCY_ROWS]
    assert {len(row) for row in got} == {len(FIELDS)}
    return got


MAKERS = {
    "utf-8": as_csv("utf-8"),
    "utf-8-sig": as_csv("utf-8-sig"),
    "gb18030": as_csv("gb18030"),
    "utf-16": as_csv("utf-16"),
    "xlsx": as_xlsx,
    "xls": as_xls,
    "ods": as_ods,
    "hand-made": hand_made,
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_the_same_agencies_are_the_same_rows(
    tmp_path: Path, expected: list[dict[str, Any]], make: Any
) -> None:
    assert values(make(tmp_path)) == expected


def test_a_hand_made_workbook_tells_what_was_passed_over(tmp_path: Path) -> None:
    with open_table(hand_made(tmp_path), AGENCIES) as reading:
        assert len(list(reading.rows())) == COUNT
        assert reading.unused_columns == ["序号"]
        assert reading.remarks == [
            "第 504 行是合计行，没有读入",
            "第 10—19 行是筛选或手工隐藏的行，也读入了",
        ]
