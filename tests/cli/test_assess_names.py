"""A name comes through every command, paper and file of assessment as it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from assessing import rate, result, scores
from running import JSON, Hri, code_of

JIA = code_of(1)
NAMES = {
    "&": "北京甲&乙人力公司",
    "&amp;": "北京&amp;人力公司",
    "<": "北京<b>粗</b>公司",
    "{{": "北京{{ 7*7 }}{% x %}公司",
    "》": "《北京》人力公司",
    "龘": "北京龘䶮公司",
    "𠮷": "北京𠮷野家人力公司",
    "quotes": "北京\"双'单`公司",
    "braces": "北京[red]红[/red]{0}%s\\n公司",
    "slashes": "北京/甲\\乙:丙*丁?戊|公司",
    "latin": "Beijing Ürün & Cie. 人力",
    "formula": "=1+2 公司",
}


@pytest.fixture(params=NAMES.values(), ids=NAMES.keys())
def name(request) -> str:
    return request.param


@pytest.fixture
def office(haidian, name) -> Hri:
    haidian.add(name, JIA)
    return haidian


def words_of(path: Path | str) -> list[str]:
    """The texts of a page as a browser has them."""
    page = html.fromstring(Path(path).read_text(encoding="utf-8"))
    return [text.strip() for text in page.itertext() if text.strip()]


def test_a_name_comes_through_every_command(office, name, tmp_path) -> None:
    view = rate(office, name, scores(less={16: 1}), *JSON).ok().json
    assert view["name"] == name
    assert name in rate(office, name, scores(less={16: 1})).ok().out
    for command in ((), ("rank",), ("result", name), ("explain", JIA)):
        assert name in office("assess", *command).ok().out
    for command in ((), ("rank",)):
        assert [row["name"] for row in office("assess", *command, *JSON).ok().json] == [name]
        [row] = csv.DictReader(io.StringIO(office("assess", *command, "-f", "csv").ok().out))
        assert row["name"].removeprefix("'") == name
    assert result(office, name)["name"] == name
    assert office("assess", "conclude", name, *JSON).ok().json["name"] == name
    notice = office("assess", "notice", name, "-o", tmp_path / "d", *JSON).ok().json[0]
    assert notice["name"] == name
    served = office("assess", "served", name, "--date", "2013-10-12", "--method", "直接送达",
                    "--receiver", name, *JSON).ok().json  # fmt: skip
    assert (served["name"], served["receiver"]) == (name, name)
    objection = office("assess", "object", name, "--date", "2013-10-12", "--text", name, *JSON)
    assert objection.ok().json["text"] == name
    assert result(office, name)["objections"][0]["text"] == name
    assert office("assess", "reopen", name, "--reason", name, *JSON).ok().json["name"] == name


def test_a_notice_says_the_name_and_the_reason_as_they_are(office, name, tmp_path) -> None:
    rate(office, name).ok()
    office("assess", "conclude", name).ok()
    office("assess", "notice", name, "-o", tmp_path / "1.html", "--slip").ok()
    office("assess", "reopen", name, "--reason", f"因{name}而").ok()
    office("assess", "conclude", name).ok()
    office("assess", "notice", name, "-o", tmp_path / "2.html").ok()
    assert f"{name}：" in words_of(tmp_path / "1.html")
    words = words_of(tmp_path / "2.html")
    assert f"{name}：" in words
    assert any(f"重新评估的原因：因{name}而。" in text for text in words)
    assert name in words_of(tmp_path / "1 送达回证.html")
    office("assess", "notice", name, "-o", tmp_path / "2.docx").ok()


def test_a_file_is_called_by_the_name_as_far_as_a_file_system_takes_it(
    office, name, tmp_path
) -> None:
    rate(office, name).ok()
    office("assess", "conclude", name).ok()
    [notice] = office("assess", "notice", "--all", "-o", tmp_path / "d", *JSON).ok().json
    [file] = (tmp_path / "d").iterdir()
    assert notice["written"] == str(file)
    plain = "".join("_" if character in '<>:"/\\|?*' else character for character in name)
    assert file.name == f"海人社诚评〔2013〕0001号 {plain}.html"


def test_a_score_form_bears_the_name_and_brings_it_back(office, name, tmp_path) -> None:
    options = ("--source", "expert", "--rater", "王", "-o", tmp_path / "d")
    [form] = office("assess", "sheet", name, *options, *JSON).ok().json
    book = openpyxl.load_workbook(form["written"])
    [sheet] = book.worksheets
    assert name in [cell.value for row in sheet.iter_rows() for cell in row]
    for row, given in enumerate(scores(), 7):
        while sheet.cell(row, 2).value is None:
            row += 1  # noqa: PLW2901 — the lines of a form may have gaps.
        sheet.cell(row, 6).value = given
    book.save(form["written"])
    office("assess", "import", form["written"]).ok()
    assert result(office, name)["total"] == 100


def test_a_raters_name_comes_through_too(haidian, name) -> None:
    haidian.add("北京甲公司", JIA)
    view = rate(haidian, JIA, None, *JSON, rater=name).ok().json
    assert view["rater"] == name
    haidian("assess", "conclude", JIA).ok()


def test_the_longest_name_still_makes_a_file(haidian, tmp_path) -> None:
    name = "北京" + "龘𠮷" * 60 + "公司"
    haidian.add(name, JIA)
    rate(haidian, JIA).ok()
    haidian("assess", "conclude", JIA).ok()
    haidian("assess", "notice", JIA, "-o", tmp_path / "d", "--slip").ok()
    assert len(list((tmp_path / "d").iterdir())) == 2
    haidian("assess", "sheet", "--all", "--source", "self", "-o", tmp_path / "e").ok()


def test_a_console_for_gbk_shows_what_it_can(haidian, tmp_path) -> None:
    haidian.add("北京𠮷野家公司", JIA)
    rate(haidian, JIA).ok()
    for command in ((), ("rank",), ("result", JIA), ("explain", JIA)):
        assert haidian("assess", *command, encoding="gbk").status == 0
