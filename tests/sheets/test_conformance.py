"""The same sheet, saved by LibreOffice as xlsx, xls and ods, gives the same outcome cell by cell.

The workbooks are made by `conformance/make.py`.
"""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hrintegrity.sheets.columns import Column, Table, day
from hrintegrity.sheets.content import clean_line
from hrintegrity.sheets.reading import open_table
from tables import DISTRICTS, district

FOLDER = Path(__file__).parent / "conformance"
TABLE = Table(
    "agency",
    "名录",
    (
        Column("name", ("机构名称",), clean_line, required=True),
        Column("code", ("统一社会信用代码",), clean_line, required=True, is_code=True),
        Column("district", ("区县",), district, required=True, choices=DISTRICTS),
        Column("since", ("从业起始日期",), day, is_date=True),
        Column("address", ("地址",), clean_line),
    ),
    ("code",),
)
PLAIN = {"district": "朝阳区", "since": "2010-05-01", "address": "建国路1号"}

# What each row gives: values that differ from the plain ones, or column and reason of a refusal.
OUTCOMES: dict[str, dict[str, Any] | tuple[str, str]] = {
    "文字": {},
    "文字形式的数": {"code": "00123"},
    "数": {"code": "123"},
    "补零的数": {"code": "00123"},
    "带前缀的数": ("统一社会信用代码", "显示的内容"),
    "带单位的数": {"address": "3"},
    "两位小数": {"address": "2.5"},
    "藏起来的小数": ("地址", "显示的内容"),
    "百分数": ("地址", "显示的内容"),
    "千分位": {"address": "1234"},
    "科学计数的格式": ("统一社会信用代码", "显示的内容"),
    "科学计数而不失数": {"code": "123"},
    "货币": ("地址", "显示的内容"),
    "分数": ("地址", "显示的内容"),
    "负数": ("统一社会信用代码", "负数"),
    "电话式的数": ("统一社会信用代码", "显示的内容"),
    "十八位的数": ("统一社会信用代码", "15 位"),
    "日期": {},
    "中文日期": {},
    "日期和时间": {},
    "时间": ("从业起始日期", "是时间"),
    "时间在文字列": ("地址", "是时间"),
    "日期形式的裸数": ("从业起始日期", "不是日期"),
    "八位数的日期": {},
    "文字的日期": {},
    "真": ("地址", "逻辑值"),
    "假": ("统一社会信用代码", "逻辑值"),
    "除零": ("地址", "#DIV/0!"),
    "没有这个名字": ("地址", "#NAME?"),
    "不可用": ("地址", "#N/A"),
    "公式得文字": {"address": "中关村1号"},
    "公式得数": {"address": "3"},
    "公式得日期": {},
    "公式得真": ("地址", "逻辑值"),
    "公式得空文字": {"address": None},
    "换行": {"address": "中关村 1号"},
    "合并一": {"district": "海淀区", "since": None, "address": "建国路2号"},
    "合并二": {"district": "海淀区", "since": None, "address": "建国路2号"},
    "隐藏的行": {"district": "海淀区", "since": None, "address": "建国路2号"},
    "筛掉的行": {"district": "海淀区", "since": None, "address": "建国路2号"},
}
FORMULAS = [name for name in OUTCOMES if name.startswith("公式")] + ["除零", "不可用"]


def outcome(row: Any) -> dict[str, Any] | tuple[str, str]:
    if row.errors:
        (error,) = row.errors
        return error.column, error.reason
    plain = PLAIN | {"name": row.values["name"], "code": f"K{row.number}"}
    return {name: value for name, value in row.values.items() if plain[name] != value}


# What a csv has of each cell that is refused in a workbook: the text that is shown.
SHOWN: dict[str, dict[str, str]] = {
    "带前缀的数": {"code": "京123"},
    "藏起来的小数": {"address": "2.6"},
    "百分数": {"address": "50%"},
    "科学计数的格式": {"code": "6.23E+07"},
    "货币": {"address": "¥1,234.50"},
    "分数": {"address": "1/2"},
    "负数": {"code": "-12"},
    "电话式的数": {"code": "123-4567"},
    "十八位的数": {"code": "9.1110105E+17"},
    "时间": {"since": "08:30"},
    "时间在文字列": {"address": "08:30"},
    "日期形式的裸数": {"since": "41555"},
    "真": {"address": "TRUE"},
    "假": {"code": "FALSE"},
    "除零": {"address": "#DIV/0!"},
    "没有这个名字": {"address": "#NAME?"},
    "不可用": {"address": "#N/A"},
    "公式得真": {"address": "TRUE"},
}
REFUSED_IN_CSV = {
    "科学计数的格式": "科学计数",
    "十八位的数": "科学计数",
    "时间": "不是日期",
    "日期形式的裸数": "不是日期",
    "除零": "#DIV/0!",
    "没有这个名字": "#NAME?",
    "不可用": "#N/A",
}
"""Which of them are no value in a csv either; the others are the text that they are there."""


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsx as et", "xls as et"])
def test_each_kind_of_cell_gives_what_it_should_in_every_format(tmp_path: Path, kind: str) -> None:
    kind, _, other = kind.partition(" as ")
    path = FOLDER / f"conformance.{kind}"
    if other:
        path = shutil.copy(path, tmp_path / f"a.{other}")
    with open_table(path, TABLE) as reading:
        rows = {row.raw[0]: row for row in reading.rows()}
        remarks = reading.remarks
    nameless = rows.pop("无")
    assert [error.reason for error in nameless.errors] == ["没有填写"]
    assert set(rows) == set(OUTCOMES)
    for name, wanted in OUTCOMES.items():
        found = outcome(rows[name])
        if isinstance(wanted, tuple):
            assert (found[0], wanted[1] in found[1]) == (wanted[0], True), (name, found)
        else:
            assert found == wanted, name
    assert "隐藏的工作表没有读：旧表" in remarks
    assert "隐藏的列也读入了" in remarks
    unseen = [rows[name].number for name in ("隐藏的行", "筛掉的行")]
    # An old workbook doesn't say which of its rows a filter hides.
    how = "隐藏" if kind == "xls" else "筛选或手工隐藏"
    assert f"第 {unseen[0]}—{unseen[1]} 行是{how}的行，也读入了" in remarks
    timed = rows["日期和时间"].number
    assert f"“从业起始日期”（D 列）有 1 行（第 {timed} 行）还写了钟点，只取日期" in remarks


def without_results(path: Path, target: Path) -> Path:
    """Copy a workbook, its formulas as a program leaves them that does not calculate."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rb"(</f>|<f [^>]*/>)<v>[^<]*</v>", rb"\1", text)
                text = re.sub(rb"(</f>)<v/>|(</f>)<v></v>", rb"\1", text)
            elif name == "content.xml":
                cell = (
                    rb'<table:table-cell([^>]*) table:formula="([^"]*)"[^>]*>.*?</table:table-cell>'
                )
                text = re.sub(cell, rb'<table:table-cell table:formula="\2"/>', text)
            made.writestr(name, text)
    return target


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_formulas_without_a_result_are_refused_one_by_one(tmp_path: Path, kind: str) -> None:
    path = without_results(FOLDER / f"conformance.{kind}", tmp_path / f"a.{kind}")
    with open_table(path, TABLE) as reading:
        rows = {row.raw[0]: row for row in reading.rows()}
    for name in FORMULAS:
        (error,) = rows[name].errors
        assert error.column == ("从业起始日期" if name == "公式得日期" else "地址")
        assert "公式没有存下" in error.reason, name
    good = set(rows) - {"无", *FORMULAS}
    for name in good:
        wanted = OUTCOMES[name]
        assert isinstance(wanted, tuple) or outcome(rows[name]) == wanted, name


def test_what_a_workbook_s_reader_refuses_is_refused_or_the_text_that_is_shown_in_a_csv(
    tmp_path: Path,
) -> None:
    assert set(SHOWN) == {name for name, one in OUTCOMES.items() if isinstance(one, tuple)}
    plain = {"code": "K1", **PLAIN}
    lines = [[name, *(plain | shown).values()] for name, shown in SHOWN.items()]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[column.header for column in TABLE.columns], *lines])
    with open_table(tmp_path / "a.csv", TABLE) as reading:
        rows = {row.raw[0]: row for row in reading.rows()}
    assert set(rows) == set(SHOWN)
    for name, row in rows.items():
        ((field, text),) = SHOWN[name].items()
        assert [error.column for error in row.errors] == [TABLE.by_field[field].header] * (
            name in REFUSED_IN_CSV
        ), name
        if name in REFUSED_IN_CSV:
            assert REFUSED_IN_CSV[name] in row.errors[0].reason, name
        else:
            assert row.values[field] == text, name


def test_the_same_texts_as_csv_give_the_same(tmp_path: Path) -> None:
    with open_table(FOLDER / "conformance.xlsx", TABLE) as reading:
        good = [row for row in reading.rows() if not row.errors]
        headers = reading.headers
        timed = [remark for remark in reading.remarks if "钟点" in remark]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *(row.raw for row in good)])
    with open_table(tmp_path / "a.csv", TABLE) as reading:
        again = list(reading.rows())
        said = [remark for remark in reading.remarks if "钟点" in remark]
    assert [row.values for row in again] == [row.values for row in good]
    assert len(said) == len(timed) == 1
