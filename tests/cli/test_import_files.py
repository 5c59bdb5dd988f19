"""Which files and sheets an import takes, as one."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from importing import AGENCY, CODE, write
from running import JSON, Hri, Ran, code_of
from tables import readers_started

HEADER = (AGENCY, CODE, "区县", "机构性质")


def line(number: int) -> list[str]:
    return [f"北京{number}公司", code_of(number), "海淀区", "经营性"]


def make(path: Path, *numbers: int) -> Path:
    """Write a register of these agencies, in the format of the suffix."""
    lines = [HEADER, *map(line, numbers)]
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return write(path, *(dict(zip(HEADER, one, strict=True)) for one in lines[1:]))
    if suffix == ".xlsx":
        book = openpyxl.Workbook()
        for one in lines:
            book.active.append(one)
        book.save(path)
    elif suffix == ".ods":
        made, sheet = OpenDocumentSpreadsheet(), OdfTable(name="名录")
        for one in lines:
            row = TableRow()
            for text in one:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=text))
                row.addElement(cell)
            sheet.addElement(row)
        made.spreadsheet.addElement(sheet)
        made.save(str(path))
    else:
        old = xlwt.Workbook()
        sheet = old.add_sheet("名录")
        for row, one in enumerate(lines):
            for column, text in enumerate(one):
                sheet.write(row, column, text)
        old.save(str(path))
    return path


def sheets(path: Path, **rows: list[list[str]]) -> Path:
    """Write a workbook with a sheet for each name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for one in [HEADER, *lines]:
            sheet.append(one)
    book.save(path)
    return path


def take(hri: Hri, *arguments: str | Path) -> Ran:
    return hri("agency", "import", *arguments, *JSON)


def names(ran: Ran) -> list[str]:
    """Return the files that were read, in their order."""
    return [Path(one["file"]).name for one in ran.ok().json["files"]]


def registered(hri: Hri) -> set[str]:
    return {one["code"] for one in hri("agency", "list", *JSON).ok().json}


def test_a_folder_is_every_csv_xlsx_xls_ods_and_et_in_it_by_name(haidian, tmp_path):
    folder = tmp_path / "各街道"
    folder.mkdir()
    for number, name in enumerate(("5.csv", "4.xlsx", "3.xls", "2.ods", "1.et"), 1):
        make(folder / name, number)
    ran = take(haidian, folder)
    assert names(ran) == ["1.et", "2.ods", "3.xls", "4.xlsx", "5.csv"]
    assert (ran.json["read"], ran.json["added"]) == (5, 5)


def test_one_reader_serves_all_workbooks_of_a_folder_good_and_bad(haidian, tmp_path):
    folder = tmp_path / "各街道"
    folder.mkdir()
    for number in range(1, 7):
        make(folder / f"{number}.{('xlsx', 'xls', 'ods')[number % 3]}", number)
    with readers_started() as started:
        assert take(haidian, folder).ok().json["added"] == 6
        assert len(started) == 1
        # With rejects the files are read twice.
        sheets(folder / "7.xlsx", 名录=[[*line(7)[:3], "民营"]])
        ran = take(haidian, folder, "--rejects", tmp_path / "r.csv").ok().json
        assert (ran["unchanged"], ran["rejected"]) == (6, 1)
        assert len(started) == 2


def test_a_suffix_may_be_in_capitals(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    for number, name in enumerate(("A.CSV", "B.XLSX", "C.Xls", "D.ODS", "E.ET"), 1):
        make(folder / name, number)
    assert names(take(haidian, folder)) == ["A.CSV", "B.XLSX", "C.Xls", "D.ODS", "E.ET"]


def test_an_et_may_hold_either_kind_of_workbook(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    shutil.move(make(tmp_path / "new.xlsx", 1), folder / "新.et")
    make(folder / "旧.et", 2)
    assert take(haidian, folder).ok().json["added"] == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xls", "ods", "et"])
@pytest.mark.parametrize("name", [".藏{}", "~$开着{}", "._苹果{}"])
def test_hidden_and_temporary_files_of_a_folder_are_left_alone(haidian, tmp_path, name, suffix):
    folder = tmp_path / "街道"
    folder.mkdir()
    make(folder / "a.csv", 1)
    (folder / name.format(f".{suffix}")).write_bytes(b"\0no table at all")
    assert names(take(haidian, folder)) == ["a.csv"]


def test_other_files_and_folders_within_a_folder_are_left_alone(haidian, tmp_path):
    folder = tmp_path / "街道"
    (folder / "去年.csv").mkdir(parents=True)
    make(folder / "去年.csv" / "b.csv", 2)
    make(folder / "a.csv", 1)
    for name in ("说明.txt", "说明.docx", "csv", "a.csv.bak", "a.xlsb"):
        (folder / name).write_text("x")
    assert names(take(haidian, folder)) == ["a.csv"]


@pytest.mark.parametrize("others", [(), ("说明.txt",), (".a.csv", "~$a.xlsx")])
def test_a_folder_without_tables_is_exit_3(haidian, tmp_path, others):
    folder = tmp_path / "空"
    folder.mkdir()
    for name in others:
        (folder / name).write_text("x")
    ran = take(haidian, folder)
    assert (ran.status, ran.error["code"]) == (3, "folder-empty")


def test_files_and_folders_can_be_named_together_and_each_file_counts_once(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    inside = make(folder / "b.xlsx", 2)
    assert names(take(haidian, make(tmp_path / "z.csv", 1), folder, inside)) == ["z.csv", "b.xlsx"]


def test_one_bad_file_of_a_folder_keeps_all_of_them_out(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    make(folder / "a.xlsx", 1)
    (folder / "b.xls").write_bytes(b"\0no table at all")
    ran = take(haidian, folder)
    assert (ran.status, ran.error["code"]) == (3, "file-refused")
    assert "b.xls" in ran.error["message"]
    assert registered(haidian) == set()


def test_the_sheets_of_a_workbook_go_in_all_or_none_unless_there_are_rejects(haidian, tmp_path):
    bad = [line(3)[0], "123", *line(3)[2:]]
    path = sheets(tmp_path / "a.xlsx", 甲街=[line(1)], 乙街=[line(2), bad])
    ran = take(haidian, path, "--sheet", "all")
    assert [(one["sheet"], one["row"]) for one in ran.error["details"]] == [("乙街", 3)]
    assert registered(haidian) == set()
    ran = take(haidian, path, "--sheet", "all", "--rejects", tmp_path / "r.csv").ok()
    assert [(one["sheet"], one["read"], one["added"]) for one in ran.json["files"]] == [
        ("甲街", 1, 1),
        ("乙街", 2, 1),
    ]
    assert registered(haidian) == {code_of(1), code_of(2)}


def test_a_row_that_stands_on_two_sheets_is_refused_on_both(haidian, tmp_path):
    path = sheets(tmp_path / "a.xlsx", 甲街=[line(1)], 乙街=[line(2), line(1)])
    details = take(haidian, path, "--sheet", "all").error["details"]
    assert [(one["sheet"], one["row"], one["column"]) for one in details] == [
        ("甲街", 2, CODE),
        ("乙街", 3, CODE),
    ]
    assert "乙街" in details[0]["reason"]


def test_the_sheet_to_read_is_remembered_with_the_rest(haidian, tmp_path):
    path = sheets(tmp_path / "a.xlsx", 甲街=[line(1)], 乙街=[line(2)])
    saved = tmp_path / "m.yaml"
    given = ("--sheet", "乙街", "--set", "phone=010-1", "--save-mapping", saved)
    take(haidian, path, *given).ok()
    assert saved.read_text("utf-8") == "set:\n  phone: 010-1\nsheet: 乙街\n"
    again = take(haidian, path, "--mapping", saved).ok().json
    assert (again["files"][0]["sheet"], again["unchanged"]) == ("乙街", 1)
    other = take(haidian, path, "--mapping", saved, "--sheet", "甲街").ok().json
    assert other["files"][0]["sheet"] == "甲街"
    assert haidian("agency", "show", code_of(1), *JSON).ok().json["phone"] == "010-1"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(haidian, tmp_path):
    path = sheets(tmp_path / "a.xlsx", 甲街=[line(1)], 乙街=[line(2)])
    ran = take(haidian, path, "--sheet", "丙街")
    assert (ran.status, ran.error["code"]) == (3, "sheet-missing")
    assert "甲街、乙街" in ran.error["hint"]


@pytest.mark.parametrize("option", ["--rejects", "--save-mapping"])
@pytest.mark.parametrize("target", ["input.csv", "archive.db", "archive.db.key", "m.csv"])
def test_what_is_read_and_the_archive_are_never_written_over(haidian, tmp_path, option, target):
    path = make(tmp_path / "input.csv", 1)
    (tmp_path / "m.csv").write_text("map: {}\n", "utf-8")
    if not (tmp_path / target).exists():
        (tmp_path / target).write_bytes(b"")
    before = (tmp_path / target).read_bytes()
    given = (option, tmp_path / target, "--force", "--mapping", tmp_path / "m.csv")
    ran = take(haidian, path, *given)
    assert (ran.status, ran.error["code"]) == (4, "protected")
    assert (tmp_path / target).read_bytes() == before


@pytest.mark.parametrize(
    ("setting", "status", "key"), [("update", 0, "updated"), ("skip", 3, "skipped")]
)
def test_with_rejects_it_is_exit_3_where_nothing_went_in_or_was_there(
    haidian, tmp_path, setting, status, key
):
    take(haidian, make(tmp_path / "a.csv", 1)).ok()
    row = dict(zip(HEADER, line(1), strict=True))
    other = write(tmp_path / "b.csv", {**row, AGENCY: "北京新公司"}, {**row, CODE: "1"})
    rejects = ("--rejects", tmp_path / "r.csv")
    ran = take(haidian, other, "--on-duplicate", setting, *rejects)
    assert (ran.status, ran.json[key], ran.json["rejected"]) == (status, 1, 1)


def test_with_rejects_a_row_that_was_there_already_is_enough(haidian, tmp_path):
    take(haidian, make(tmp_path / "a.csv", 1)).ok()
    row = dict(zip(HEADER, line(1), strict=True))
    path = write(tmp_path / "b.csv", row, {**row, CODE: "1"})
    ran = take(haidian, path, "--rejects", tmp_path / "r.csv")
    assert (ran.status, ran.json["unchanged"], ran.json["rejected"]) == (0, 1, 1)
