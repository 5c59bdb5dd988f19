"""The form for scoring by hand, and its way back in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hrintegrity.errors import LookupFailedError
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.form_labels import FormIndicator
from hrintegrity.sheets.reading import open_table
from hrintegrity.sheets.scoresheet import write_score_form
from tables import AGENCIES, csv_text, errors, number, refusal, rows, values, write, xlsx

INDICATORS = [
    FormIndicator(
        n, f"指标{n}", "依法成立，相关证照齐全。" * 2, f"{(n - 1) // 4 + 1}、类别", 3 + n % 3
    )
    for n in range(1, 23)
]
SCORES = Table(
    "scores",
    "评分表",
    (
        Column("agency", ("统一社会信用代码", "信用代码", "机构名称"), str, True, is_code=True),
        Column("source", ("评价方式",), str, required=True),
        Column("rater", ("评价人",), str),
        *(
            Column(str(line.number), (str(line.number), f"{line.number}.{line.name}"), number, True)
            for line in INDICATORS
        ),
    ),
    ("agency", "source", "rater"),
    addends=tuple(str(line.number) for line in INDICATORS),
)


def form(path: Path, *, name: str = "甲公司") -> Path:
    write_score_form(
        path / "a.xlsx",
        agency_name=name,
        agency_code="001101050000000012",
        year=2013,
        source="专家评价",
        indicators=INDICATORS,
    )
    return path / "a.xlsx"


def filled(path: Path, changes: dict[str, Any] | None = None) -> Path:
    made = form(path)
    book = load_workbook(made)
    sheet = book.worksheets[0]
    sheet["B5"] = "王评审"
    for line in INDICATORS:
        sheet.cell(6 + line.number, 6).value = line.number % 3 + 0.5
    for place, value in (changes or {}).items():
        sheet[place] = value
    book.save(made)
    return made


def the_sheet(path: Path) -> Worksheet:
    return load_workbook(path).worksheets[0]


def test_a_filled_form_is_one_row_in_the_shape_of_a_table_of_scores(tmp_path: Path) -> None:
    (row,) = values(filled(tmp_path), SCORES)
    assert row["agency"] == "001101050000000012"
    assert (row["source"], row["rater"]) == ("专家评价", "王评审")
    assert [row[str(n)] for n in range(1, 23)] == [n % 3 + 0.5 for n in range(1, 23)]


def test_it_has_the_same_values_as_a_table_of_scores_lying_down(tmp_path: Path) -> None:
    headers = [
        "统一社会信用代码",
        "评价方式",
        "评价人",
        *(f"{n}、指标{n}（5分）" for n in range(1, 23)),
    ]
    line = ["001101050000000012", "专家评价", "王评审", *(str(n % 3 + 0.5) for n in range(1, 23))]
    flat = write(tmp_path / "flat.csv", csv_text([headers, line]))
    assert values(flat, SCORES) == values(filled(tmp_path), SCORES)


def test_cells_that_were_not_filled_are_named_by_indicator_and_row(tmp_path: Path) -> None:
    path = filled(tmp_path, {"F7": None, "F28": None})
    assert errors(path, SCORES) == [(7, "1.指标1", "没有填写"), (28, "22.指标22", "没有填写")]


def test_wrong_scores_are_named_by_indicator_and_row(tmp_path: Path) -> None:
    path = filled(tmp_path, {"F8": True, "F9": "三分", "F10": "=F7+1"})
    found = errors(path, SCORES)
    assert [(row, column) for row, column, _ in found] == [
        (8, "2.指标2"),
        (9, "3.指标3"),
        (10, "4.指标4"),
    ]
    assert "逻辑值" in found[0][2]
    assert "公式" in found[2][2]


def test_a_form_saved_as_csv_is_still_known(tmp_path: Path) -> None:
    sheet = the_sheet(filled(tmp_path))
    lines = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.rows]
    path = write(tmp_path / "a.csv", csv_text(lines))
    assert values(path, SCORES) == values(tmp_path / "a.xlsx", SCORES)


def test_a_form_is_no_register(tmp_path: Path) -> None:
    assert refusal(filled(tmp_path), AGENCIES).code == "header-missing"


def test_a_form_that_lost_a_line_is_refused_by_the_line(tmp_path: Path) -> None:
    path = filled(tmp_path, {"B9": None})
    error = refusal(path, SCORES)
    assert error.code == "column-missing"
    assert error.details[0]["column"] is None
    assert "“3”" in error.details[0]["reason"]


def test_two_forms_in_one_workbook_are_ambiguous(tmp_path: Path) -> None:
    text = rows(["表号：HRI-SCORE-1"], ["序号", "指标", "得分"])
    assert refusal(xlsx(tmp_path / "a.xlsx", text, text), SCORES).code == "sheet-ambiguous"


def test_only_the_cells_to_be_filled_can_be_changed(tmp_path: Path) -> None:
    sheet = the_sheet(form(tmp_path))
    assert sheet.protection.sheet
    unlocked = [cell.coordinate for row in sheet.rows for cell in row if not cell.protection.locked]
    # B5 to D5 are one merged cell.
    assert unlocked == ["B5", "C5", "D5", *(f"F{row}" for row in range(7, 29))]


def test_each_score_is_limited_to_its_points(tmp_path: Path) -> None:
    sheet = the_sheet(form(tmp_path))
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for line in INDICATORS:
        rule = rules[f"F{6 + line.number}"]
        assert (rule.type, rule.operator) == ("decimal", "between")
        assert (rule.formula1, rule.formula2) == ("0", str(line.points))


def test_subtotals_and_total_are_formulas(tmp_path: Path) -> None:
    sheet = the_sheet(form(tmp_path))
    assert sheet["G7"].value == "=SUM(F7:F10)"
    assert sheet["G27"].value == "=SUM(F27:F28)"
    assert sheet["F29"].value == "=SUM(F7:F28)"


def test_the_form_prints_on_one_upright_a4_page(tmp_path: Path) -> None:
    sheet = the_sheet(form(tmp_path))
    assert sheet.print_area == "'评分表'!$A$1:$G$30"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)


@pytest.mark.parametrize("name", ["=1+1", "龘𠮷&<b>", "'甲"])
def test_a_name_stands_on_the_form_as_it_is(tmp_path: Path, name: str) -> None:
    sheet = the_sheet(form(tmp_path, name=name))
    assert (sheet["B3"].value, sheet["B3"].data_type) == (name, "s")


def test_an_existing_form_is_left_alone(tmp_path: Path) -> None:
    form(tmp_path)
    with pytest.raises(LookupFailedError):
        form(tmp_path)


@pytest.mark.parametrize(("total", "is_named"), [(33.0, False), (88, True), (None, False)])
def test_a_total_that_was_written_over_is_compared_with_the_sum(
    tmp_path: Path, total: float | None, is_named: bool
) -> None:
    in_tenths = [
        Column(c.field, c.headers, lambda text: round(float(text) * 10), required=True)
        if c.field in SCORES.addends
        else c
        for c in SCORES.columns
    ]
    path = filled(tmp_path, {"F29": total})
    with open_table(path, replace(SCORES, columns=tuple(in_tenths))) as reading:
        list(reading.rows())
        assert ("第 29 行的“总分”与各项得分之和不符，请核对" in reading.remarks) is is_named
        assert "总分" not in reading.unused_columns


def test_a_form_that_nobody_filled_in_is_passed_over_with_a_remark(tmp_path: Path) -> None:
    with open_table(form(tmp_path), SCORES) as reading:
        assert list(reading.rows()) == []
        assert reading.unused_columns == ["机构名称", "年度"]
        assert any("没有填写的评分表" in remark for remark in reading.remarks)
