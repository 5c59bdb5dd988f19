"""Score forms: written, filled in by hand, and taken back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml

from assessing import POINTS, rate, result, scores, start_campaign
from hrintegrity.notice.indicators import annex
from running import JSON, Hri, code_of

JIA, YI, BING = code_of(1), code_of(2), code_of(3)


@pytest.fixture
def office(haidian) -> Hri:
    for name, code in (("北京甲公司", JIA), ("北京乙公司", YI), ("北京丙公司", BING)):
        haidian.add(name, code)
    return haidian


def forms(hri: Hri, *arguments):
    return hri("assess", "sheet", *arguments, *JSON)


def fill(path: Path | str, given, rater: str | None = "李专家", saved: Path | None = None) -> Path:
    """Fill in a form as a person does: scores beside their numbers, the rater's name."""
    book = openpyxl.load_workbook(path)
    [sheet] = book.worksheets
    head = next(row for row in sheet.iter_rows() if "得分" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in head}
    by_number = {
        sheet.cell(row, columns["序号"]).value: row
        for row in range(head[0].row + 1, sheet.max_row + 1)
    }
    for number, score in enumerate(given, 1):
        sheet.cell(by_number[number], columns["得分"]).value = score
    for row in sheet.iter_rows(max_row=head[0].row):
        for cell in row:
            if cell.value == "评价人" and rater is not None:
                sheet.cell(cell.row, cell.column + 1).value = rater
    target = saved or Path(path)
    book.save(target)
    return target


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as book:
        found = re.findall("<w:t[^>]*>(.*?)</w:t>", book.read("word/document.xml").decode())
    return "".join(found)


def test_workbook_and_paper_of_a_questionnaire_hold_what_is_asked_and_no_more(
    office, tmp_path
) -> None:
    standard = office("assess", "standard", "show", *JSON).ok().json
    asked = (5, 6, 7, 15, 16, 18, 22)
    standard = {k: standard[k] for k in ("points", "weights", "bands")} | {
        "name": "问卷从简", "asked": {"public": list(asked)}, "procedure": "先自评，后问卷。",
    }  # fmt: skip
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(standard, allow_unicode=True), "utf-8")
    office("assess", "standard", "use", tmp_path / "s.yaml").ok()
    names = [one.name for one in annex(2013).indicators]
    given = (JIA, "--source", "public", "-o", tmp_path / "d")
    [book] = forms(office, *given).ok().json
    [sheet] = openpyxl.load_workbook(book["written"]).worksheets
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    [page] = forms(office, *given, "--to", "html").ok().json
    [word] = forms(office, *given, "--to", "docx").ok().json
    [named] = forms(office, *given[:-1], tmp_path / "问卷.docx").ok().json
    assert Path(named["written"]).read_bytes() == Path(word["written"]).read_bytes()
    texts = (Path(page["written"]).read_text("utf-8"), text_of(Path(word["written"])))
    assert [Path(one["written"]).suffix for one in (page, word)] == [".html", ".docx"]
    for number, name in enumerate(names, 1):
        assert (name in cells) == (number in asked), name
        assert all((name in text) == (number in asked) for text in texts), name
    assert all("群众评价问卷" in text for text in texts)


def test_a_form_names_agency_year_source_and_every_indicator(office, tmp_path) -> None:
    [form] = forms(office, JIA, "--source", "self", "-o", tmp_path / "d").ok().json
    assert list(form) == ["id", "code", "name", "year", "source", "written"]
    assert Path(form["written"]).name == f"{JIA} 自我评价 北京甲公司.xlsx"
    [sheet] = openpyxl.load_workbook(form["written"]).worksheets
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for part in ("北京甲公司", JIA, "2013", "自我评价", "纠纷处理", "一、基本条件10分"):
        assert part in cells
    limits = [rule.formula2 for rule in sheet.data_validations.dataValidation]
    assert sorted(map(int, limits)) == sorted(POINTS)


def test_a_filled_in_form_is_imported_or_taken_by_run(office, tmp_path) -> None:
    for code, source in ((JIA, "expert"), (YI, "public")):
        [form] = forms(office, code, "--source", source, "-o", tmp_path / "d").ok().json
        filled = fill(form["written"], scores(less={16: 2.5}))
        if code == JIA:
            assert office("assess", "import", filled, *JSON).ok().json["added"] == 1
            assert office("assess", "import", filled, *JSON).ok().json["unchanged"] == 1
        else:
            view = office("assess", "run", code, "--scores", filled, *JSON).ok().json
            assert (view["source"], view["rater"]) == ("public", "李专家")
        assert result(office, code)["total"] == 97.5
        assert result(office, code)["sheets"][source] == 1


def test_a_form_without_a_rater_takes_the_one_that_is_given(office, tmp_path) -> None:
    [form] = forms(office, JIA, "--source", "expert", "-o", tmp_path / "d").ok().json
    filled = fill(form["written"], scores(), rater=None)
    assert office("assess", "import", filled).status == 3
    view = office("assess", "run", JIA, "--scores", filled, "--rater", "赵", *JSON).ok().json
    assert view["rater"] == "赵"
    view = office("assess", "run", JIA, "--scores", filled, *JSON).ok().json
    assert view["rater"] == office.operator


def test_the_rater_may_be_filled_in_beforehand(office, tmp_path) -> None:
    options = ("--source", "expert", "--rater", "钱专家", "-o", tmp_path / "d")
    [form] = forms(office, JIA, *options).ok().json
    filled = fill(form["written"], scores(), rater=None)
    assert office("assess", "import", filled, *JSON).ok().json["added"] == 1
    options = ("--scores", filled, "--rater", "别人")
    assert office("assess", "run", JIA, *options).status == 4


@pytest.mark.parametrize("wrong", [8.5, -1, 2.55, "很好", None, True])
def test_what_is_filled_in_wrong_is_refused_by_the_forms_own_row(office, tmp_path, wrong) -> None:
    [form] = forms(office, JIA, "--source", "expert", "-o", tmp_path / "d").ok().json
    filled = fill(form["written"], [*scores()[:15], wrong, *scores()[16:]])
    row = 7 + 15
    for command in (("import", filled), ("run", JIA, "--scores", filled)):
        ran = office("assess", *command, *JSON)
        assert ran.status == 3
        [detail] = ran.error["details"]
        assert (detail["row"], detail["column"]) == (row, "16.纠纷处理")
    assert result(office, JIA)["status"] == "none"


def test_a_form_that_is_wrong_goes_to_the_rejects_as_a_row(office, tmp_path) -> None:
    [form] = forms(office, JIA, "--source", "expert", "-o", tmp_path / "d").ok().json
    for place, wrong, reason in ((15, 2.55, "最多一位小数"), (15, 8.5, "不能超过 8 分")):
        filled = fill(form["written"], [*scores()[:place], wrong, *scores()[place + 1 :]])
        rejects = tmp_path / f"{wrong}.csv"
        ran = office("assess", "import", filled, "--rejects", rejects, *JSON)
        assert (ran.status, ran.json["rejected"]) == (3, 1)
        text = rejects.read_text(encoding="utf-8-sig")
        assert f"16.纠纷处理：{reason}" in text
        assert str(wrong) in text


def test_a_form_of_another_agency_or_source_is_not_taken(office, tmp_path) -> None:
    [form] = forms(office, JIA, "--source", "self", "-o", tmp_path / "d").ok().json
    filled = fill(form["written"], scores())
    assert office("assess", "run", YI, "--scores", filled).status == 4
    assert office("assess", "run", JIA, "--scores", filled, "--source", "expert").status == 4


def test_a_form_counts_for_the_year_that_it_bears(office, tmp_path) -> None:
    [form] = forms(office, JIA, "--source", "self", "-o", tmp_path / "d").ok().json
    filled = fill(form["written"], scores())
    start_campaign(office, 2014)
    office("assess", "run", JIA, "--scores", filled).ok()
    assert result(office, JIA)["status"] == "none"
    assert result(office, JIA, "--year", "2013")["status"] == "open"
    ran = office("assess", "run", JIA, "--scores", filled, "--year", "2014", *JSON)
    assert ran.status == 3
    assert "2013" in ran.error["details"][0]["reason"]


def test_all_are_the_active_ones_that_are_not_concluded(office, tmp_path) -> None:
    rate(office, JIA).ok()
    office("assess", "conclude", JIA).ok()
    office("agency", "close", YI, "--date", "2013-10-01", "--reason", "歇业").ok()
    ran = forms(office, "--all", "--source", "专家评价", "-o", tmp_path / "d").ok()
    assert [form["code"] for form in ran.json] == [BING]
    assert "1 家已评定" in ran.err
    ran = forms(office, JIA, "--source", "expert", "-o", tmp_path / "d")
    assert (ran.status, ran.error["code"]) == (1, "concluded")


def test_nothing_is_written_over_unless_forced(office, tmp_path) -> None:
    options = ("--source", "expert", "-o", tmp_path / "d")
    forms(office, YI, *options).ok()
    ran = forms(office, "--all", *options)
    assert ran.status == 4
    assert len(list((tmp_path / "d").iterdir())) == 1
    assert len(forms(office, "--all", *options, "--force").ok().json) == 3


def test_wrong_usage_is_refused(office, tmp_path) -> None:
    assert forms(office, JIA, "-o", tmp_path / "d").status == 2
    assert forms(office, JIA, "--source", "expert").status == 2
    assert forms(office, "--source", "expert", "-o", tmp_path / "d").status == 2
    (tmp_path / "file").write_text("x")
    assert forms(office, JIA, "--source", "expert", "-o", tmp_path / "file").status == 5


def test_the_form_has_the_points_of_the_districts_own_standard(office, tmp_path) -> None:
    path = tmp_path / "s.yaml"
    office("assess", "standard", "export", path).ok()
    standard = yaml.safe_load(path.read_text(encoding="utf-8"))
    standard["points"] |= {13: 7.5, 14: 6.5}
    path.write_text(yaml.safe_dump(standard, allow_unicode=True), encoding="utf-8")
    office("assess", "standard", "use", path).ok()
    [form] = forms(office, JIA, "--source", "expert", "-o", tmp_path / "d").ok().json
    [sheet] = openpyxl.load_workbook(form["written"]).worksheets
    limits = {rule.formula2 for rule in sheet.data_validations.dataValidation}
    assert {"7.5", "6.5"} <= limits
    filled = fill(form["written"], scores(less={13: -0.5, 14: 0.5}))
    assert office("assess", "import", filled, *JSON).ok().json["added"] == 1
    assert result(office, JIA)["total"] == 100
