"""What words and marks in cells mean, in each kind of column."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrintegrity.notice.words import Vocabulary
from hrintegrity.sheets.columns import Column, Table
from importing import AGENCY, CODE, write
from running import JSON, code_of
from tables import csv_text, values
from tables import write as write_text

MARKS = [("√", "pass"), ("✓", "pass"), ("是", "pass"), ("有", "pass"),
         ("×", "fail"), ("✗", "fail"), ("否", "fail"), ("无", "fail")]  # fmt: skip


@pytest.mark.parametrize(("mark", "verdict"), MARKS)
@pytest.mark.parametrize("system", ["公示", "承诺", "台账", "反馈", "公约"])
def test_marks_are_verdicts(haidian, tmp_path, mark, verdict, system):
    haidian.add("北京甲公司", code_of(1))
    systems = dict.fromkeys(("公示", "承诺", "台账", "反馈", "公约"), "合格")
    row = {AGENCY: "北京甲公司", "检查日期": "2013-10-08", **systems, system: mark}
    haidian("inspect", "import", write(tmp_path / "a.csv", row)).ok()
    (visit,) = haidian("inspect", "visits", *JSON).ok().json
    field = dict(
        zip(systems, ("publicity", "pledge", "ledger", "feedback", "convention"), strict=True)
    )
    assert visit[field[system]] == verdict


@pytest.mark.parametrize(("mark", "verdict"), MARKS)
def test_marks_are_yes_and_no(haidian, tmp_path, mark, verdict):
    haidian.add("北京甲公司", code_of(1))
    row = {AGENCY: "北京甲公司", "承诺日期": "2013-10-08", "是否公示": mark}
    haidian("agency", "import-pledges", write(tmp_path / "a.csv", row)).ok()
    (pledge,) = haidian("agency", "dossier", code_of(1), *JSON).ok().json["promises"]["pledges"]
    assert pledge["displayed"] is (verdict == "pass")


@pytest.mark.parametrize("mark", ["暂无", "/", "-", "—", "N/A"])
def test_other_marks_in_a_column_of_verdicts_are_no_verdict(haidian, tmp_path, mark):
    haidian.add("北京甲公司", code_of(1))
    systems = dict.fromkeys(("公示", "承诺", "台账", "反馈"), "合格")
    row = {AGENCY: "北京甲公司", "检查日期": "2013-10-08", **systems, "台账": mark}
    (found,) = haidian("inspect", "import", write(tmp_path / "a.csv", row), *JSON).error["details"]
    assert (found["column"], found["reason"]) == ("台账", "没有填写")


def test_a_mark_that_the_list_of_words_has_is_that_word(tmp_path: Path):
    parse = Vocabulary("等级", ("none", "无"), ("a", "A")).parse
    column = Column("grade", ("等级",), parse, choices=("无", "A"))
    table = Table("t", "表", (Column("name", ("机构名称",), str), column), ("name",))
    lines = [["机构名称", "等级"], ["甲", "无"], ["乙", "/"]]
    path = write_text(tmp_path / "a.csv", csv_text(lines))
    assert [row["grade"] for row in values(path, table)] == ["none", None]


WORDS = {
    "朝阳区": "chaoyang", "朝阳": "chaoyang", "密云区": "miyun", "密云县": "miyun",
    "延庆区": "yanqing", "经开区": "kaifaqu", "北京经济技术开发区": "kaifaqu", "亦庄": "kaifaqu",
    "haidian": "haidian", "市属机构": "municipal", "市属": "municipal", "市人社局": "municipal",
}  # fmt: skip


def test_districts_go_by_all_their_names(city, tmp_path):
    rows = [
        {AGENCY: f"北京{n}公司", CODE: code_of(n), "区县": word, "机构性质": "经营性"}
        for n, word in enumerate(WORDS, 1)
    ]
    city("agency", "import", write(tmp_path / "a.csv", *rows)).ok()
    found = {one["name"]: one["district"] for one in city("agency", "list", *JSON).ok().json}
    assert [found[row[AGENCY]] for row in rows] == list(WORDS.values())


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("经营性", "commercial"), ("经营性机构", "commercial"), ("commercial", "commercial"),
        ("公益性", "public"), ("公益性机构", "public"), ("PUBLIC", "public"),
    ],
)  # fmt: skip
def test_kinds_go_by_their_words_in_either_language(haidian, tmp_path, word, kind):
    row = {AGENCY: "北京甲公司", CODE: code_of(1), "机构性质": word}
    haidian("agency", "import", write(tmp_path / "a.csv", row)).ok()
    assert haidian("agency", "show", code_of(1), *JSON).ok().json["kind"] == kind


@pytest.mark.parametrize("word", ["民营", "国有", "企业", "商业", "私营", "commercial性"])
def test_other_words_say_nothing_of_the_kind(haidian, tmp_path, word):
    row = {AGENCY: "北京甲公司", CODE: code_of(1), "机构性质": word}
    path = write(tmp_path / "a.csv", row)
    (found,) = haidian("agency", "import", path, *JSON).error["details"]
    assert (found["column"], found["value"]) == ("机构性质", word)
    haidian("agency", "import", path, "--word", f"{word}=公益性").ok()
    assert haidian("agency", "show", code_of(1), *JSON).ok().json["kind"] == "public"
