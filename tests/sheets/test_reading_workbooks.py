"""Workbooks: what spreadsheets do to codes, numbers and days, and what they hide."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as OdfTable
from odf.text import P

from hrintegrity.errors import InputError
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.reading import open_table
from tables import (
    AGENCIES,
    HEADERS,
    ONE,
    TEXTS,
    TWO,
    errors,
    number,
    read,
    refusal,
    remarks,
    rows,
    values,
    xlsx,
)

CODE = "统一社会信用代码"
SCORES = Table("scores", "评分", (Column("key", ("编号",), str, required=True),
                                Column("1", ("1.设立情况",), number)), ("key",))  # fmt: skip


def book(path: Path, *lines: list[Any], **options: Any) -> Path:
    return xlsx(path / "a.xlsx", rows(HEADERS, *lines), **options)


def code(path: Path, cell: Any, *formats: str) -> Path:
    return book(path, ["甲", cell, "朝阳区"], formats=formats)


def styled(value: str, style: int) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def test_rows_arrive_as_they_stand(tmp_path: Path) -> None:
    first, second = values(book(tmp_path, ONE, TWO))
    assert first["since"] == dt.date(2010, 5, 1)
    assert second["code"] == "00123"


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    table = rows(["", "", *HEADERS], ["", "", *ONE], start=7)
    (row,) = read(xlsx(tmp_path / "a.xlsx", table))
    assert (row.number, row.values["name"]) == (8, "甲公司")


@pytest.mark.parametrize(
    ("cell", "formats", "text"),
    [
        (123, (), "123"),
        (110108001234567, (), "110108001234567"),
        (styled("123", 1), ("00000",), "00123"),
        (styled("123", 1), ("[Red]00000;-00000",), "00123"),
        (styled("123", 1), ("[$-804]000000_ ",), "000123"),
        (styled("123", 1), ("0.00E+00",), "123"),
        (styled("123", 1), ('#,##0"元"',), "123"),
        (styled("123", 1), ("@",), "123"),
        (styled("123", 1), ("0",), "123"),
        (styled("123", 1), ("#,##0",), "123"),
        ("00123", (), "00123"),
        ("911101050000000012", (), "911101050000000012"),
    ],
)
def test_a_code_keeps_its_digits(
    tmp_path: Path, cell: Any, formats: tuple[str, ...], text: str
) -> None:
    assert values(code(tmp_path, cell, *formats))[0]["code"] == text


@pytest.mark.parametrize(
    ("cell", "formats", "word"),
    [
        (911101050000000012, (), "15 位"),
        (1e15, (), "15 位"),
        (styled("9.1E+17", 0), (), "15 位"),
        ("9.1E+17", (), "科学计数"),
        (1.5, (), "小数"),
        (-12, (), "负数"),
        (styled("41555", 1), ("yyyy-mm-dd",), "日期"),
        (styled("123", 1), ("000-0000",), "显示的内容"),
        (styled("123", 1), ('"京"0000',), "显示的内容"),
        (styled("62345678", 1), ("0.00E+00",), "显示的内容"),
        (styled("123", 1), ("000\\-0000",), "显示的内容"),
        ('<c t="b"><v>1</v></c>', (), "逻辑值"),
        ('<c t="e"><v>#REF!</v></c>', (), "#REF!"),
        ("<c><f>A1</f></c>", (), "公式没有存下"),
        ("<c><f>A1</f><v/></c>", (), "公式没有存下"),
        ("<c><f>A1</f><v></v></c>", (), "公式没有存下"),
        ('<c><f t="shared" si="0"/></c>', (), "公式没有存下"),
        ('<c t="inlineStr"><is><t>1_x0001_2</t></is></c>', (), "U+0001"),
    ],
)
def test_a_code_that_a_spreadsheet_has_changed_is_refused_by_name(
    tmp_path: Path, cell: Any, formats: tuple[str, ...], word: str
) -> None:
    ((row, column, reason),) = errors(code(tmp_path, cell, *formats))
    assert (row, column) == (2, CODE)
    assert word in reason


def test_a_number_of_16_digits_is_refused_in_any_column(tmp_path: Path) -> None:
    path = book(tmp_path, ["甲", "1", "朝阳区", "", "", 1234567890123456])
    assert [column for _, column, _ in errors(path)] == ["地址"]


def test_a_formula_with_a_stored_value_is_read_even_an_empty_one(tmp_path: Path) -> None:
    stored = '<c t="str"><f>B1</f><v>甲</v></c>'
    empty = '<c t="str"><f>IF(1,"","")</f><v></v></c>'
    (row,) = values(book(tmp_path, [stored, "1", "朝阳区", empty]))
    assert (row["name"], row["kind"]) == ("甲", None)


def test_an_error_in_a_column_that_is_not_used_does_not_matter(tmp_path: Path) -> None:
    table = rows(
        ["序号", *HEADERS], ['<c t="e"><v>#N/A</v></c>', *ONE], ["<c><f>A2+1</f></c>", *TWO]
    )
    assert len(values(xlsx(tmp_path / "a.xlsx", table))) == 2


def test_a_row_of_formulas_below_the_last_value_is_not_lost(tmp_path: Path) -> None:
    path = book(tmp_path, ONE, ["<c><f>A2</f></c>"] * 3)
    assert [(row, column) for row, column, _ in errors(path)] == [
        (3, "机构名称"),
        (3, CODE),
        (3, "区县"),
    ]


@pytest.mark.parametrize(
    ("cell", "book_properties", "day"),
    [
        (styled("41555", 1), "", dt.date(2013, 10, 8)),
        (styled("40093", 1), '<workbookPr date1904="1"/>', dt.date(2013, 10, 8)),
        (styled("40093", 1), '<workbookPr date1904="true"/>', dt.date(2013, 10, 8)),
        (20131008, "", dt.date(2013, 10, 8)),
        (styled("41555.5", 1), "", dt.date(2013, 10, 8)),
        ("2013年10月8日", "", dt.date(2013, 10, 8)),
        ('<c t="d"><v>2013-10-08</v></c>', "", dt.date(2013, 10, 8)),
    ],
)
def test_days_of_both_epochs_arrive_as_days(
    tmp_path: Path, cell: Any, book_properties: str, day: dt.date
) -> None:
    line = ["甲", "1", "朝阳区", "", cell]
    path = book(tmp_path, line, formats=["yyyy/m/d"], book=book_properties)
    assert values(path)[0]["since"] == day


@pytest.mark.parametrize("cell", [2013, 41555, 41555.5, -1, styled("0.354", 1)])
def test_what_is_no_day_is_not_made_one(tmp_path: Path, cell: Any) -> None:
    path = book(tmp_path, ["甲", "1", "朝阳区", "", cell], formats=["yyyy/m/d h:mm"])
    assert [column for _, column, _ in errors(path)] == ["从业起始日期"]


@pytest.mark.parametrize(
    ("cell", "value"), [(3, 3.0), (2.5, 2.5), ("0.30000000000000004", 0.3), (0, 0.0)]
)
def test_scores_keep_the_digits_that_are_shown(tmp_path: Path, cell: Any, value: float) -> None:
    cell = f"<c><v>{cell}</v></c>" if isinstance(cell, str) else cell
    path = xlsx(tmp_path / "a.xlsx", rows(["编号", 1], ["甲", cell]))
    assert values(path, SCORES)[0]["1"] == value


@pytest.mark.parametrize(
    "cell", ['<c t="b"><v>1</v></c>', styled("41555", 1), '<c t="e"><v>#N/A</v></c>']
)
def test_logical_values_days_and_errors_are_no_scores(tmp_path: Path, cell: str) -> None:
    table = rows(["编号", "1.设立情况"], ["甲", cell])
    path = xlsx(tmp_path / "a.xlsx", table, formats=["m/d"])
    assert [column for _, column, _ in errors(path, SCORES)] == ["1.设立情况"]


def test_merged_districts_fill_down_and_blank_rows_stay_blank(tmp_path: Path) -> None:
    table = rows(
        ["区县", "机构名称", CODE],
        ["朝阳区", "甲", "1"],
        ["", "乙", "2"],
        [],
        ["", "丙", "3"],
        ["海淀区", "丁", "4"],
    )
    sheet = f'<sheetData>{table}</sheetData><mergeCells><mergeCell ref="A2:A5"/></mergeCells>'
    got = read(xlsx(tmp_path / "a.xlsx", sheet))
    assert [(row.number, row.values["district"]) for row in got] == [
        (2, "朝阳区"),
        (3, "朝阳区"),
        (5, "朝阳区"),
        (6, "海淀区"),
    ]
    assert got[1].raw == ["朝阳区", "乙", "2"]


def test_rows_of_which_all_that_is_wanted_is_merged_with_the_row_above_are_one(
    tmp_path: Path,
) -> None:
    """Each of an agency's people has a row, and the agency's own cells are merged over them."""
    people = Table("people", "人员", (Column("person", ("姓名",), str, required=True),
                                     Column("name", ("机构名称",), str)), ("person",))  # fmt: skip
    lines = ["甲", "1", "朝阳区", "张三"], ["", "", "", "李四"], ["乙", "2", "海淀区", "王五"]
    table = rows(["机构名称", CODE, "区县", "姓名"], *lines)
    areas = "".join(f'<mergeCell ref="{column}2:{column}3"/>' for column in "ABC")
    sheet = f"<sheetData>{table}</sheetData><mergeCells>{areas}</mergeCells>"
    path = xlsx(tmp_path / "a.xlsx", sheet)
    assert [row["name"] for row in values(path)] == ["甲", "乙"]
    assert remarks(path) == ["第 3 行要读的各格都与上一行合并，与上一行算作一行"]
    assert [(row["person"], row["name"]) for row in values(path, people)] == [
        ("张三", "甲"),
        ("李四", "甲"),
        ("王五", "乙"),
    ]


def test_headers_merged_over_two_rows_are_found(tmp_path: Path) -> None:
    table = rows(
        [*HEADERS[:2], "所在", ""], ["", "", "区县", "性质"], ["甲", "1", "朝阳区", "经营性"]
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:A2", "B1:B2", "C1:D1"))
    sheet = f"<sheetData>{table}</sheetData><mergeCells>{merged}</mergeCells>"
    assert values(xlsx(tmp_path / "a.xlsx", sheet))[0]["kind"] == "经营性"


def test_an_error_in_a_merged_cell_refuses_each_of_its_rows(tmp_path: Path) -> None:
    table = rows(
        ["区县", "机构名称", CODE], ['<c t="e"><v>#REF!</v></c>', "甲", "1"], ["", "乙", "2"]
    )
    sheet = f'<sheetData>{table}</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    assert [row for row, _, _ in errors(xlsx(tmp_path / "a.xlsx", sheet))] == [2, 3]


def test_hidden_rows_are_read_and_named(tmp_path: Path) -> None:
    table = rows(HEADERS, ONE, TWO, ["丙", "3", "朝阳区"], ["丁", "4", "朝阳区"], hidden=[3, 4, 9])
    path = xlsx(tmp_path / "a.xlsx", table)
    assert len(values(path)) == 4
    assert remarks(path) == ["第 3—4 行是隐藏的行，也读入了"]


def test_rows_under_a_filter_are_read_and_named_as_that(tmp_path: Path) -> None:
    table = rows(HEADERS, ONE, TWO, hidden=[2])
    sheet = f'<sheetData>{table}</sheetData><autoFilter ref="A1:F3"/>'
    assert remarks(xlsx(tmp_path / "a.xlsx", sheet)) == ["第 2 行是筛选或手工隐藏的行，也读入了"]


def test_hidden_columns_are_read_and_said_to_be(tmp_path: Path) -> None:
    sheet = (
        f'<cols><col min="2" max="2" hidden="1"/></cols><sheetData>{rows(HEADERS, ONE)}</sheetData>'
    )
    path = xlsx(tmp_path / "a.xlsx", sheet)
    assert values(path)[0]["code"] == "911101"
    assert remarks(path) == ["隐藏的列也读入了"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_and_named(tmp_path: Path, state: str) -> None:
    first, second = rows(HEADERS, ONE), rows(HEADERS, TWO)
    path = xlsx(tmp_path / "a.xlsx", first, second, states=[state, "visible"])
    assert [row["name"] for row in values(path)] == ["乙公司"]
    assert remarks(path) == ["隐藏的工作表没有读：名录"]
    path = xlsx(tmp_path / "b.xlsx", first, states=[state])
    assert "隐藏的工作表没有读：名录" in refusal(path).message


def test_two_sheets_with_the_header_are_ambiguous_unless_one_is_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE), rows(HEADERS, TWO), rows(["说明"]))
    error = refusal(path)
    assert error.code == "sheet-ambiguous"
    assert "“名录”、“另一张”" in error.message
    assert [row["name"] for row in values(path, sheet="另一张")] == ["乙公司"]
    assert remarks(path, sheet="另一张") == ["读的是工作表“另一张”，没有读：名录、第三张"]
    assert refusal(path, sheet="没有").code == "sheet-missing"


def test_the_one_sheet_with_the_header_is_found_and_the_others_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows(["填写说明", "x"]), rows(HEADERS, ONE), "")
    assert len(values(path)) == 1
    assert remarks(path) == ["读的是工作表“另一张”，没有读：名录"]


def test_a_sheet_with_the_header_alone_is_no_rival(tmp_path: Path) -> None:
    explained = rows(HEADERS[:2], ["填全称", "18 位"])
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS), rows(HEADERS, ONE), explained)
    assert len(values(path)) == 1
    assert remarks(path) == ["读的是工作表“另一张”，没有读：名录、第三张"]


def test_what_stands_right_of_the_headers_is_named(tmp_path: Path) -> None:
    path = book(tmp_path, [*ONE, "", "旁注"], TWO)
    with open_table(path, AGENCIES) as reading:
        assert len(list(reading.rows())) == 2
        assert reading.remarks == ["第 2 行在最后一个表头的右边有内容，没有读入"]


def test_line_ends_within_a_cell_become_one_kind(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>一_x000D_二&#13;&#10;三&#10;四</t></is></c>'
    path = xlsx(tmp_path / "a.xlsx", rows(["编号", "文字"], ["1", cell]))
    assert values(path, TEXTS)[0]["text"] == "一\n二\n三\n四"


def test_an_error_without_a_position_refuses_the_file(tmp_path: Path) -> None:
    head = rows(HEADERS).replace(' r="', ' x="')
    bad = '<row><c t="e"><v>#REF!</v></c><c><v>1</v></c></row>'
    assert "没有写明位置" in refusal(xlsx(tmp_path / "a.xlsx", head + bad)).message
    good = '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c>'
    good += '<c t="inlineStr"><is><t>朝阳区</t></is></c></row>'
    assert values(xlsx(tmp_path / "b.xlsx", head + good))[0]["code"] == "1"


def test_rows_can_be_left_in_the_middle(tmp_path: Path) -> None:
    with open_table(book(tmp_path, *[ONE] * 5000), AGENCIES) as reading:
        assert next(reading.rows()).number == 2


def test_closing_without_reading_leaves_no_process(tmp_path: Path) -> None:
    reading = open_table(book(tmp_path, ONE), AGENCIES)
    reading.close()
    reading.close()
    with pytest.raises(InputError):
        list(reading.rows())


def legacy(path: Path, name: str = "a.xls") -> Path:
    made = xlwt.Workbook()
    sheet = made.add_sheet("名录")
    hidden = made.add_sheet("旧表")
    hidden.visibility = 1
    hidden.write(0, 0, "x")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    padded = xlwt.easyxf(num_format_str="00000")
    for column, header in enumerate(HEADERS):
        sheet.write(0, column, header)
    sheet.write_merge(1, 2, 2, 2, "朝阳区")
    sheet.write(1, 0, "甲公司")
    sheet.write(1, 1, 123, padded)
    sheet.write(1, 3, "")
    sheet.write(1, 4, dt.date(2010, 5, 1), day)
    sheet.write(2, 0, "𠮷公司")
    sheet.write(2, 1, "00124")
    sheet.write(2, 4, 40299, day)
    sheet.row(2).hidden = True
    for row, cell in enumerate((True, xlwt.Formula("1+1"), 1.5, 911101050000000012), 3):
        sheet.write(row, 0, "乙公司")
        sheet.write(row, 1, cell)
        sheet.write(row, 2, "海淀区")
    made.save(str(path / name))
    return path / name


def test_a_legacy_workbook_is_read_with_all_its_oddities(tmp_path: Path) -> None:
    with open_table(legacy(tmp_path), AGENCIES) as reading:
        first, second, *others = reading.rows()
        told = reading.remarks
    assert (first.values["code"], first.values["kind"]) == ("00123", None)
    assert first.values["since"] == second.values["since"] == dt.date(2010, 5, 1)
    assert (second.values["name"], second.values["district"]) == ("𠮷公司", "朝阳区")
    assert told == ["隐藏的工作表没有读：旧表", "第 3 行是隐藏的行，也读入了"]
    reasons = [row.errors[0].reason for row in others]
    for reason, word in zip(reasons, ("逻辑值", "没有填写", "小数", "15 位"), strict=True):
        assert word in reason


def test_a_legacy_workbook_of_1904_is_read(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    made.dates_1904 = True
    sheet = made.add_sheet("名录")
    for column, text in enumerate(HEADERS):
        sheet.write(0, column, text)
    line = ["甲", "1", "朝阳区", "", 40093]
    for column, cell in enumerate(line):
        sheet.write(1, column, cell, xlwt.easyxf(num_format_str="yyyy/m/d"))
    made.save(str(tmp_path / "a.xls"))
    assert values(tmp_path / "a.xls")[0]["since"] == dt.date(2013, 10, 8)


def ods_cell(value: Any, **options: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = TableCell(valuetype="string", **options)
    cell.addElement(P(text=value))
    return cell


def ods(path: Path, *sheets: tuple[str, list[tuple[list[Any], dict[str, Any]]]]) -> Path:
    made = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    made.automaticstyles.addElement(unseen)
    for name, lines in sheets:
        style = {"stylename": unseen} if name.startswith("隐") else {}
        sheet = OdfTable(name=name, **style)
        for line, options in lines:
            row = TableRow(**options)
            for value in line:
                row.addElement(CoveredTableCell() if value is None else ods_cell(value))
            sheet.addElement(row)
        made.spreadsheet.addElement(sheet)
    made.save(str(path / "a.ods"))
    return path / "a.ods"


def ods_scores(path: Path) -> Path:
    day = TableCell(valuetype="date", datevalue="2010-05-01")
    time = TableCell(valuetype="time", timevalue="PT08H30M00S")
    failed = TableCell(formula="of:=1/0", valuetype="string", stringvalue="")
    failed.addElement(P(text="#DIV/0!"))
    no, yes = (TableCell(valuetype="boolean", booleanvalue=one) for one in ("false", "true"))
    good = TableCell(valuetype="float", value="3")
    good.addElement(P(text="3"))
    cells = zip("真假日时错数", (yes, no, day, time, failed, good), strict=True)
    lines = [["编号", "1.设立情况"], *map(list, cells)]
    return ods(path, ("评分", [(line, {}) for line in lines]))


def xls_scores(path: Path) -> Path:
    made = xlwt.Workbook()
    sheet = made.add_sheet("评分")
    day, time = (xlwt.easyxf(num_format_str=shown) for shown in ("yyyy/m/d", "h:mm"))
    plain, styles = xlwt.easyxf(), {"日": day, "时": time}
    cells = ("1.设立情况", True, False, 40299, 0.354, "#DIV/0!", 3)
    for row, (name, cell) in enumerate(zip(("编号", *"真假日时错数"), cells, strict=True)):
        sheet.write(row, 0, name)
        sheet.write(row, 1, cell, styles.get(name, plain))
    made.save(str(path / "a.xls"))
    return path / "a.xls"


@pytest.mark.parametrize("make", [ods_scores, xls_scores])
def test_so_it_is_in_other_workbooks(tmp_path: Path, make: Any) -> None:
    with open_table(make(tmp_path), SCORES) as reading:
        found = {row.raw[0]: row for row in reading.rows()}
    assert found.pop("数").values["1"] == 3.0
    assert [(name, row.errors[0].column) for name, row in found.items()] == [
        (name, "1.设立情况") for name in "真假日时错"
    ]
    reasons = [row.errors[0].reason for row in found.values()]
    for reason, word in zip(reasons, ("逻辑值", "逻辑值", "", "时间", "#DIV/0!"), strict=True):
        assert word in reason


def test_an_ods_is_read_with_all_its_oddities(tmp_path: Path) -> None:
    padded = TableCell(valuetype="float", value="123")
    padded.addElement(P(text="00123"))
    day = TableCell(valuetype="date", datevalue="2010-05-01")
    failed = TableCell(formula="of:=1/0", valuetype="string", stringvalue="")
    failed.addElement(P(text="#DIV/0!"))
    path = ods(
        tmp_path,
        ("隐藏的", [(["x"], {})]),
        (
            "名录",
            [
                (HEADERS, {}),
                (["甲", padded, ods_cell("朝阳区", numberrowsspanned=2), "", day], {}),
                (["乙", "124", None, "经营性"], {"visibility": "filter"}),
                ([TableCell()], {"numberrowsrepeated": 1000}),
                ([failed, "125", "海淀区"], {}),
                ([TableCell(formula="of:=A1"), "126", "海淀区"], {}),
                (["丙", TableCell(valuetype="boolean", booleanvalue="true"), "海淀区"], {}),
            ],
        ),
    )
    with open_table(path, AGENCIES) as reading:
        first, second, *others = reading.rows()
        told = reading.remarks
    assert (first.values["code"], first.values["since"]) == ("00123", dt.date(2010, 5, 1))
    assert second.values["district"] == "朝阳区"
    assert told == ["隐藏的工作表没有读：隐藏的", "第 3 行是筛选或手工隐藏的行，也读入了"]
    assert [row.number for row in others] == [1004, 1005, 1006]
    reasons = [row.errors[0].reason for row in others]
    for reason, word in zip(reasons, ("#DIV/0!", "公式", "逻辑值"), strict=True):
        assert word in reason
