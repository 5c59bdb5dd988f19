"""Whatever shows a total or a band says which sources it lacks (三(五))."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from assessing import rate
from printed import text_of_docx
from recommending import concluded, contents, recommend, submit
from running import JSON, Hri, code_of

LACKING, WHOLE = code_of(1), code_of(2)
SAID = "自我评价、群众评价"


@pytest.fixture
def office(haidian) -> Hri:
    """A district with one agency that has an expert's sheet alone, and one that has all three."""
    haidian.add("北京甲公司", LACKING)
    rate(haidian, LACKING).ok()
    haidian("assess", "conclude", LACKING).ok()
    concluded(haidian, [2])
    for code in (LACKING, WHOLE):
        recommend(haidian, code).ok()
    return haidian


LISTS = [("assess",), ("assess", "rank"), ("recommend", "candidates"), ("recommend", "list")]


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_has_them_in_json_and_csv(office, command) -> None:
    found = {one["code"]: one["missing_sources"] for one in office(*command, *JSON).ok().json}
    assert found == {LACKING: ["self", "public"], WHOLE: []}
    lines = csv.DictReader(io.StringIO(office(*command, "-f", "csv").ok().out))
    assert {line["code"]: line["missing_sources"] for line in lines} == {
        LACKING: '["self", "public"]', WHOLE: "[]"
    }  # fmt: skip


@pytest.mark.parametrize("command", LISTS[1:], ids=" ".join)
def test_a_table_has_them_in_a_column(office, command) -> None:
    shown = office(*command).ok().out
    assert "缺少的评价方式" in shown
    assert [line for line in shown.splitlines() if SAID in line] == [
        line for line in shown.splitlines() if LACKING in line
    ]


def test_a_rehearsal_has_those_of_the_draft(office, tmp_path) -> None:
    draft = tmp_path / "draft.yaml"
    office("assess", "standard", "export", draft).ok()
    command = ("assess", "rehearse", "--standard", draft)
    found = {one["code"]: one["missing_sources"] for one in office(*command, *JSON).ok().json}
    assert found == {LACKING: ["self", "public"], WHOLE: []}
    assert [SAID in line for line in office(*command).ok().out.splitlines()].count(True) == 1


def test_the_work_list_shows_the_sheets_by_source(office) -> None:
    line = next(one for one in office("assess").ok().out.splitlines() if LACKING in one)
    assert "自我0 专家1 群众0" in line


def test_one_that_was_never_rated_lacks_them_all(office) -> None:
    office.add("北京丙公司", code_of(3))
    for command in LISTS[::2]:
        found = {one["code"]: one["missing_sources"] for one in office(*command, *JSON).ok().json}
        assert found[code_of(3)] == ["self", "expert", "public"]


def test_a_package_says_so_in_its_list_its_statement_and_its_manifest(office, tmp_path) -> None:
    submit(office, tmp_path / "a.zip").ok()
    files = contents(tmp_path / "a.zip")
    sheet = openpyxl.load_workbook(io.BytesIO(files["推荐名单.xlsx"])).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert {one["统一社会信用代码"]: one["缺少的评价方式"] for one in found} == {
        LACKING: SAID, WHOLE: None
    }  # fmt: skip
    said = text_of_docx(files["报送说明.docx"])
    assert said.count("没有取得") == 1
    assert f"北京甲公司的评估没有取得{SAID}。" in said


def test_the_month_s_workbook_says_so_beside_each_assessment(office, tmp_path) -> None:
    office("report", "month", "-o", tmp_path / "m.xlsx").ok()
    head, *lines = openpyxl.load_workbook(tmp_path / "m.xlsx")["评估"].iter_rows(values_only=True)
    found = [dict(zip(head, line, strict=True)) for line in lines]
    assert {one["代码"]: one["缺少的评价方式"] for one in found} == {LACKING: SAID, WHOLE: None}


@pytest.mark.parametrize("when", [(), ("--as-of", "2013-10-31"), ("--known-at", "2099-01-01")])
def test_a_dossier_says_so_of_each_assessment_also_of_an_earlier_day(office, when) -> None:
    (found,) = office("agency", "dossier", LACKING, *when, *JSON).ok().json["assessments"]
    assert found["missing_sources"] == ["self", "public"]
    assert f"没有{SAID}" in office("agency", "dossier", LACKING, *when).ok().out
    assert "没有自我" not in office("agency", "dossier", WHOLE, *when).ok().out


def test_concluding_all_says_how_many_lack_which_ways(haidian) -> None:
    for number, sources in enumerate((["public"], ["self", "expert", "public"], ["expert"]), 1):
        haidian.add(f"北京{number}公司", code_of(number))
        for source in sources:
            rate(haidian, code_of(number), source=source, rater=source).ok()
    ran = haidian("assess", "conclude", "--all").ok()
    assert ran.out.startswith("已评定 3 家，其中 2 家缺少评价方式")
    lacking = [line for line in ran.err.splitlines() if "缺少评价方式" in line]
    assert [line.partition("：")[0].removeprefix("提示 ") for line in lacking] == [
        "1 家缺少评价方式（没有自我评价、专家评价），只按已有的评定",
        "1 家缺少评价方式（没有自我评价、群众评价），只按已有的评定",
    ]
    assert "综合衡量（三(五)）" in ran.err.splitlines()[-1]
