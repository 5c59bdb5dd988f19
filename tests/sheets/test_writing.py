"""Files that people get: whole or not at all, counted from the file, and as they like them."""

from __future__ import annotations

import datetime as dt
import gc
import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from hrintegrity.errors import HriError, InputError, LookupFailedError, UnusableError, UsageError
from hrintegrity.sheets import writing
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.content import CELL_LIMIT, clean
from hrintegrity.sheets.reading import open_table
from hrintegrity.sheets.streaming import StreamedBook
from hrintegrity.sheets.writing import write_table, write_template
from running import HRI, code_of
from tables import AGENCIES, DISTRICTS, FIELDS, ONE, TEXTS, TWO

ROWS: list[dict[str, Any]] = [dict(zip(FIELDS, line, strict=True)) for line in (ONE, TWO)]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_count_is_of_the_rows_in_the_file(tmp_path: Path, suffix: str) -> None:
    assert write_table(tmp_path / f"a{suffix}", AGENCIES, ROWS) == 2
    assert write_table(tmp_path / f"b{suffix}", AGENCIES, []) == 0


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_file_that_does_not_hold_all_rows_is_not_kept(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_count", lambda *_: 1)
    with pytest.raises(UnusableError) as caught:
        write_table(tmp_path / f"a{suffix}", AGENCIES, ROWS)
    assert caught.value.code == "readback-differs"
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_left_alone_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(LookupFailedError):
        write_table(path, AGENCIES, ROWS)
    assert path.read_text() == "mine"
    assert write_table(path, AGENCIES, ROWS, force=True) == 2


def test_rows_that_fail_half_way_leave_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[dict[str, Any]]:
        yield ROWS[0]
        raise UnusableError("archive-locked", "锁住了")

    for suffix in (".csv", ".xlsx"):
        with pytest.raises(UnusableError):
            write_table(tmp_path / f"a{suffix}", AGENCIES, broken())
    assert list(tmp_path.iterdir()) == []


def test_rows_that_fail_in_a_later_sheet_leave_no_complaint_of_openpyxl(tmp_path, monkeypatch):
    """Its unfinished sheets would each print a traceback when they are collected."""
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)

    def rows() -> Iterator[list[str]]:
        yield ["1"]
        raise InputError("refused", "第二张表有误")

    def written() -> None:
        with StreamedBook(tmp_path) as book:
            book.add_table("一", ["甲"], (), [["1"]])
            book.add_table("二", ["甲"], (), rows())

    with pytest.raises(InputError):
        written()
    gc.collect()
    assert said == []


def test_another_suffix_is_wrong_usage(tmp_path: Path) -> None:
    for write in (lambda p: write_table(p, AGENCIES, ROWS), lambda p: write_template(p, AGENCIES)):
        with pytest.raises(UsageError) as caught:
            write(tmp_path / "a.xls")
        assert caught.value.code == "unknown-suffix"


@pytest.mark.parametrize(
    "text", ["\x00", "a\x0b", "\ud800", "\uffff", "x" * (CELL_LIMIT + 1), "𠮷" * 16384]
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_no_cell_can_hold_is_refused_going_out_and_coming_in(
    tmp_path: Path, text: str, suffix: str
) -> None:
    with pytest.raises(InputError) as caught:
        write_table(tmp_path / f"a{suffix}", TEXTS, [{"key": "1", "text": text}])
    assert caught.value.details[0]["column"] == "文字"
    assert caught.value.details[0]["value"].isprintable()
    with pytest.raises(ValueError, match="字符"):
        clean(f"x{text}x")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_longest_text_that_a_cell_holds_is_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    longest = ["x" * CELL_LIMIT, "𠮷" * (CELL_LIMIT // 2)]
    write_table(path, TEXTS, [{"key": str(n), "text": text} for n, text in enumerate(longest)])
    with open_table(path, TEXTS) as reading:
        assert [row.values["text"] for row in reading.rows()] == longest


def test_a_csv_begins_with_the_mark_that_excel_needs(tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", AGENCIES, ROWS)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf" + "机构名称,".encode())


def test_an_exported_workbook_is_as_people_like_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, AGENCIES, [*ROWS, {"name": "=丙", "since": dt.date(2013, 10, 8)}])
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'机构名录'!$A$1:$F$4"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.column_dimensions["B"].width >= 22
    assert sheet["B3"].value == "00123"
    assert (sheet["B3"].data_type, sheet["B3"].number_format) == ("s", "@")
    assert sheet["A4"].data_type == "s"
    assert sheet["A4"].quotePrefix
    assert (sheet["E4"].is_date, sheet["E4"].number_format) == (True, "yyyy-mm-dd")
    assert sheet["A1"].font.name == "微软雅黑"
    assert sheet["A2"].font.name == "宋体"
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules == {"C2:C4": f'"{",".join(DISTRICTS)}"', "D2:D4": '"经营性,公益性"'}


def test_what_a_workbook_would_take_for_markup_or_drop_is_written_as_it_is(tmp_path: Path) -> None:
    said = ["<b>&amp;", " 两端有空 ", "一\r\n二", "\t三", "𠮷", "“”"]
    old = dt.date(1900, 2, 28)
    path = tmp_path / "a.xlsx"
    writing.write_list(path, "名单", ["文字", "日", "数"], [[text, old, 0.1] for text in said])
    cells = [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]
    assert cells[1:] == [[text, "1900-02-28", 0.1] for text in said]


def test_the_rows_of_a_long_table_make_no_objects_of_openpyxl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0
    make = Cell.__init__

    def counted(*given: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        make(*given, **named)

    monkeypatch.setattr(Cell, "__init__", counted)
    found = []
    for rows in (1, 1000):
        made = 0
        writing.write_list(tmp_path / f"{rows}.xlsx", "名单", ["文字", "数"], [["甲", 1]] * rows)
        found.append(made)
    assert found[0] == found[1]


def test_a_template_imports_as_empty_with_its_example_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, AGENCIES)
    with open_table(path, AGENCIES) as reading:
        assert list(reading.rows()) == []
        assert reading.remarks == ["第 4 行是示例，没有读入"]
        assert reading.headers[:3] == ["机构名称*", "统一社会信用代码*", "区县*"]


def test_a_template_that_was_filled_in_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, AGENCIES)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for column, text in enumerate(ONE, 1):
        sheet.cell(5, column).value = text
    book.save(path)
    with open_table(path, AGENCIES) as reading:
        (row,) = reading.rows()
    assert (row.number, row.values["name"]) == (5, "甲公司")


def test_a_template_is_as_people_like_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(path, AGENCIES)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "A4"
    assert "统一社会信用代码：18 位" in str(sheet["A2"].value)
    assert sheet["A4"].value == "示例：某某公司"
    assert sheet.column_dimensions["B"].number_format == "@"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == [
        "C4:C5000",
        "D4:D5000",
    ]


def test_a_long_list_of_choices_stands_on_a_hidden_sheet(tmp_path: Path) -> None:
    choices = tuple(f"选项{n:03d}" for n in range(80))
    column = replace(AGENCIES.columns[0], choices=choices)
    path = tmp_path / "a.xlsx"
    write_template(path, Table("x", "长表", (column, *AGENCIES.columns[1:]), ("code",)))
    book = load_workbook(path)
    assert book["选项"].sheet_state == "hidden"
    assert book["选项"]["A80"].value == "选项079"
    rule = book.worksheets[0].data_validations.dataValidation[0]
    assert rule.formula1 == "'选项'!$A$1:$A$80"
    with open_table(path, AGENCIES) as reading:
        assert list(reading.rows()) == []


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_is_whole_and_readable_by_its_owner_only(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write_table(path, AGENCIES, ROWS)
    assert path.stat().st_mode & 0o077 == 0
    if suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_value_of_an_unknown_kind_is_a_defect_not_a_cell(tmp_path: Path, suffix: str) -> None:
    with pytest.raises((TypeError, ValueError, HriError)):
        write_table(tmp_path / f"a{suffix}", TEXTS, [{"key": "1", "text": True}])


def test_a_full_disk_beneath_a_workbook_is_one_message(haidian, tmp_path):
    """A package that is written straight to the disk would complain once more at its end."""
    haidian.add("北京甲公司", code_of(1))

    def little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    for words in (("agency", "export", "a.xlsx"), ("report", "month", "-o", "m.xlsx")):
        ran = subprocess.run(
            [*HRI, *words], env=haidian.variables({"PYTHONDONTWRITEBYTECODE": "1"}), cwd=tmp_path,
            preexec_fn=little, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert ran.returncode == 5
        assert ran.stderr.startswith("错误 [output-unusable] ")
        assert len(ran.stderr.splitlines()) == 2, ran.stderr
        assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize("piece", [1, 5, 7, 1 << 20])
def test_rows_of_a_written_workbook_are_counted_however_the_pieces_fall(
    tmp_path, monkeypatch, piece
):
    monkeypatch.setattr("hrintegrity.sheets.streaming._PIECE", piece)
    rows = [[f"<row {number}>", number] for number in range(40)]
    assert writing.write_list(tmp_path / "a.xlsx", "表", ["甲", "乙"], rows) == 40


@pytest.mark.parametrize("harm", ["cut short", "another byte"])
def test_a_workbook_that_the_disk_did_not_keep_is_not_kept(tmp_path, monkeypatch, harm):
    save = StreamedBook.save

    def harmed(book: StreamedBook, path: Path) -> None:
        save(book, path)
        content = bytearray(path.read_bytes())
        if harm == "cut short":
            del content[len(content) // 2 :]
        else:
            with zipfile.ZipFile(path) as package:
                at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 120
            content[at] ^= 255
        path.write_bytes(content)

    monkeypatch.setattr(StreamedBook, "save", harmed)
    rows = [[f"甲{number}", number] for number in range(400)]
    with pytest.raises(UnusableError) as refused:
        writing.write_list(tmp_path / "a.xlsx", "表", ["甲", "乙"], rows)
    assert refused.value.code == "readback-differs"
    assert list(tmp_path.iterdir()) == []
