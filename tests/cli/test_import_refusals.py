"""What a refused import says for people: briefly, with what to type, and all of it at once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from assessing import POINTS
from running import JSON, Hri, code_of

NAME = "北京甲公司"
SCORES = ["机构名称", "评价方式", "评价人", *map(str, range(1, 23)), "合计"]
FULL = [str(point) for point in POINTS]


def table(path: Path, *lines: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def hri(haidian) -> Hri:
    haidian.add(NAME, code_of(1))
    haidian.add("北京乙公司", code_of(2))
    return haidian


def lines_of(ran) -> list[str]:
    """Return the findings that are shown, and then the hint."""
    assert ran.status in (0, 3), ran.err
    return [line.strip() for line in ran.err.splitlines()[1:]]


def test_guessed_headers_are_given_as_options_that_can_be_copied(hri, tmp_path):
    header = ["机构名称", "检查日期", "服务公示", "服务承诺", "服务 台账", "服务反馈", "序号"]
    path = table(tmp_path / "a.csv", header, [NAME, "2013-10-08", "√", "√", "√", "√", "1"])
    hint = hri("inspect", "import", path, *JSON).error["hint"]
    options = ["服务公示=公示", "服务承诺=承诺", "服务 台账=台账", "服务反馈=反馈"]
    copied = " ".join(f'--map "{one}"' if " " in one else f"--map {one}" for one in options)
    assert f"照抄：{copied} 。" in hint
    mapped = [part for one in options for part in ("--map", one)]
    assert hri("inspect", "import", path, *mapped, *JSON).ok().json["added"] == 1


@pytest.mark.parametrize(
    "header", ["统一社会信用代码/组织机构代码", "信用代码／注册号", "代码、注册号"]
)
def test_a_header_of_several_names_of_one_field_is_that_field(hri, tmp_path, header):
    path = table(tmp_path / "a.csv", [header, "承诺日期"], [code_of(1), "2013-10-08"])
    assert hri("agency", "import-pledges", path, *JSON).ok().json["added"] == 1


def test_a_header_of_names_of_two_fields_is_neither(hri, tmp_path):
    path = table(tmp_path / "a.csv", ["机构名称/代码", "承诺日期"], [code_of(1), "2013-10-08"])
    assert hri("agency", "import-pledges", path, *JSON).error["code"] == "column-missing"


def test_names_left_blank_by_merged_cells_in_a_csv_say_how_they_are_filled(hri, tmp_path):
    lines = [["机构名称", "姓名"], [NAME, "张三"], ["", "李四"], ["", "王五"]]
    said = lines_of(hri("agency", "staff", "import", table(tmp_path / "a.csv", *lines)))
    assert said[0] == "第 3—4 行 机构名称（A 列）：机构的代码和名称都没有填写"
    assert "向下填充" in said[-1]
    alone = table(tmp_path / "b.csv", lines[0], lines[2])
    assert "向下填充" not in hri("agency", "staff", "import", alone).err


@pytest.mark.parametrize(
    "note",
    [
        "评审组长：张专家", "组长：张", "副组长：李", "检查人员：张三、李四", "专家组成员：王",
        "考核小组：甲", "评分人：赵", "成员：钱",
    ],
)  # fmt: skip
def test_who_led_the_panel_is_a_note_beneath_the_table(hri, tmp_path, note):
    line = [NAME, "专家评价", "张", *FULL, "100"]
    path = table(tmp_path / "a.csv", SCORES, line, [note, *[""] * 25])
    found = hri("assess", "import", path, *JSON).ok().json
    assert (found["added"], found["remarks"]) == (1, ["第 3 行是表下的说明，没有读入"])


def test_several_empty_cells_of_a_row_are_one_message_and_each_a_detail(hri, tmp_path):
    lines = [[NAME, "专家评价", "张", *FULL[:-4], "", "", "", "", ""],
             ["北京乙公司", "专家评价", "张", *FULL[:-1], "", "95"]]  # fmt: skip
    path = table(tmp_path / "a.csv", SCORES, *lines)
    assert lines_of(hri("assess", "import", path))[:-1] == [
        "第 2 行 19（V 列）、20（W 列）、21（X 列）：没有填写",
        "第 2—3 行 22（Y 列）：没有填写",
    ]
    assert len(hri("assess", "import", path, *JSON).error["details"]) == 5


def test_totals_that_differ_are_said_beside_rows_that_are_wrong(hri, tmp_path):
    lines = [[NAME, "专家评价", "张", *FULL, "99"], [NAME, "哪种", "李", *FULL, "100"]]
    path = table(tmp_path / "a.csv", SCORES, *lines)
    said = lines_of(hri("assess", "import", path))
    assert said[1] == "第 2 行的“合计”与各项得分之和不符，请核对"
    assert "没有用到的列" not in said[-1]


def test_a_column_of_totals_was_used(hri, tmp_path):
    path = table(tmp_path / "a.csv", SCORES, [NAME, "专家评价", "张", *FULL, "99"])
    found = hri("assess", "import", path, *JSON).ok().json
    assert found["unused_columns"] == []
    assert found["remarks"] == ["第 2 行的“合计”与各项得分之和不符，请核对"]


def test_an_agency_that_was_meant_by_part_of_its_name_is_named_once(hri, tmp_path):
    lines = [["甲公司", "专家评价", rater, *FULL, "100"] for rater in "张李王赵钱孙"]
    lines += [["乙公司", "专家评价", "张", *FULL, "100"]]
    found = hri("assess", "import", table(tmp_path / "a.csv", SCORES, *lines), *JSON).ok().json
    (said,) = found["remarks"]
    assert said == (
        "7 行写的不是机构现在的全称，认作：甲公司→北京甲公司、乙公司→北京乙公司。请核对。"
    )
