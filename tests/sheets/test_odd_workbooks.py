"""Workbooks that Excel opens and other programs choke on are read."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlwt

from hrintegrity.sheets import child
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.content import clean
from hrintegrity.sheets.reading import open_table
from tables import HEADERS, ONE, TWO, errors, rows, values, xlsx


def repacked(path: Path, rename=lambda name: name, change=lambda _, content: content) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = rename(name)
            archive.writestr(entry, change(name, content))
    return path


@pytest.mark.parametrize(
    "rename", [lambda name: name.replace("/", "\\"), lambda name: f"/{name}"], ids=["\\", "/"]
)
def test_packages_with_backslashes_or_rooted_names_are_read(tmp_path: Path, rename) -> None:
    path = repacked(xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE, TWO)), rename)
    assert [row["name"] for row in values(path)] == ["甲公司", "乙公司"]


def test_parts_in_utf_16_are_read(tmp_path: Path) -> None:
    def wide(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        head = '<?xml version="1.0" encoding="UTF-16"?>'
        return (head + content.decode()).encode("utf-16")

    path = repacked(xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE)), change=wide)
    assert [row["name"] for row in values(path)] == ["甲公司"]


@pytest.mark.parametrize("error", ["#GETTING_DATA", "#SPILL!", "#FIELD!", "#CALC!", "#BLOCKED!"])
def test_one_odd_error_never_condemns_the_book(tmp_path: Path, error: str) -> None:
    cell = f'<c t="e"><v>{error}</v></c>'
    path = xlsx(tmp_path / "a.xlsx", rows([*HEADERS, "备注"], [*ONE, cell], [*TWO[:5], cell]))
    assert errors(path) == [(3, "地址", f"是错误值 {error}，公式没有算出结果")]


def test_a_formula_whose_result_is_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    cell = '<c t="str"><f>IF(1=2,"x","")</f><v/></c>'
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, [*ONE[:5], cell]))
    assert values(path)[0]["address"] is None


def built_in_format(path: Path, number: int) -> Path:
    """Write an xls with a day in a format of this number, which the book does not write down."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("名录")
    for row, line in enumerate((HEADERS, ONE[:4])):
        for column, text in enumerate(line):
            sheet.write(row, column, text)
    sheet.write(1, 4, dt.date(2010, 5, 1), xlwt.easyxf(num_format_str="yyyy/m/d"))
    made.save(str(path / "made.xls"))
    # xlwt writes down every format; the versions of Excel that have it built in do not.
    content = (path / "made.xls").read_bytes()
    format_record = content.index(b"yyyy/m/d")
    key = int.from_bytes(content[format_record - 5 : format_record - 3], "little")
    start = content.index(b"\x1e\x04", format_record - 20)
    length = int.from_bytes(content[start + 2 : start + 4], "little")
    record = content[start : start + 4 + length]
    blank = b"\x5c\x00" + record[2:4] + b" " * length  # WRITEACCESS, which nobody reads.
    content = content.replace(record, blank)
    old, new = key.to_bytes(2, "little"), number.to_bytes(2, "little")
    place = content.index(b"\xe0\x00\x14\x00")
    while place >= 0:
        if content[place + 6 : place + 8] == old:
            content = content[: place + 6] + new + content[place + 8 :]
        place = content.find(b"\xe0\x00\x14\x00", place + 1)
    (path / f"{number}.xls").write_bytes(content)
    return path / f"{number}.xls"


def test_built_in_date_formats_of_east_asia_are_days(tmp_path: Path) -> None:
    with child.keeping_workers():
        for number in (*range(27, 37), *range(50, 59), 81):
            found = values(built_in_format(tmp_path, number))
            assert found[0]["since"] == dt.date(2010, 5, 1), number


def test_a_built_in_format_of_numbers_makes_no_day(tmp_path: Path) -> None:
    ((_, column, reason),) = errors(built_in_format(tmp_path, 59))
    assert (column, "不是日期" in reason) == ("从业起始日期", True)


SCORED = Table(
    "assess",
    "评分表",
    (
        Column("name", ("机构名称",), clean, required=True),
        *(Column(str(n), (f"{n}.指标", str(n)), lambda t: round(float(t) * 10)) for n in (1, 2, 3)),
    ),
    ("name",),
    addends=("1", "2", "3"),
)


def remarks_of(path: Path) -> tuple[list[str], list[str]]:
    with open_table(path, SCORED) as reading:
        names = [row.values["name"] for row in reading.rows()]
        return names, reading.remarks


def test_a_row_of_full_marks_is_no_header_and_no_sheet(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        rows(["机构名称", "1.指标", "2", "3"], ["满分", 3, 2, 1], ["甲", 3, 1, 1]),
    )
    assert remarks_of(path) == (["甲"], ["第 2 行是满分行，没有读入"])


@pytest.mark.parametrize("total", ["合计", "总分", "总计", "总得分", "合计得分", "得分合计"])
def test_a_column_of_totals_is_compared_with_the_sum(tmp_path: Path, total: str) -> None:
    header = ["机构名称", 1, 2, 3, total]
    path = xlsx(tmp_path / "a.xlsx", rows(header, ["甲", 3, 1, 0.5, 4.5], ["乙", 3, 1, 1, 4]))
    names, remarks = remarks_of(path)
    assert names == ["甲", "乙"]
    assert remarks == [f"第 3 行的“{total}”与各项得分之和不符，请核对"]


def test_a_row_of_means_is_passed_over(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx", rows(["机构名称", 1, 2, 3], ["甲", 3, 1, 1], ["平均分", 3, 1, 1])
    )
    assert remarks_of(path) == (["甲"], ["第 3 行是合计行，没有读入"])
