"""Problems and proposals from Markdown: two headings, paragraphs, lists; nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrintegrity.duties.reporting.remarks import Point, read_remarks
from hrintegrity.errors import InputError, LookupFailedError


def read(tmp_path: Path, text: str | bytes):
    path = tmp_path / "说明.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_remarks(path)


def test_paragraphs_and_lists_under_the_two_headings(tmp_path) -> None:
    found = read(
        tmp_path,
        "# 问题\n\n部分机构台账不全，\n补建较慢。\n\n- 一是人手少\n* 二是经验不足\n\n"
        "## 建议：\n1. 加强培训\n2、统一印制\n",
    )
    assert found.problems == (
        Point("", "部分机构台账不全，补建较慢。"),
        Point("——", "一是人手少"),
        Point("——", "二是经验不足"),
    )
    assert found.proposals == (Point("1.", "加强培训"), Point("2.", "统一印制"))


def test_one_heading_is_enough_and_a_mark_of_notepad_is_passed_over(tmp_path) -> None:
    found = read(tmp_path, "\ufeff# 建议\r\n加强培训\r\n".encode())
    assert found.problems == ()
    assert found.proposals == (Point("", "加强培训"),)


def test_an_empty_file_says_nothing(tmp_path) -> None:
    assert read(tmp_path, "\n \n").problems == ()


def test_latin_words_over_two_lines_keep_a_blank(tmp_path) -> None:
    assert read(tmp_path, "# 问题\nthe first\nsecond\n").problems == (
        Point("", "the first second"),
    )


@pytest.mark.parametrize("text", ["2013.10.8 检查三家", "1.5 万人次", "3-5 家", "* 5 * 3 *"])
def test_what_only_looks_like_a_list_or_a_mark_stays_text(tmp_path, text) -> None:
    (point,) = read(tmp_path, f"# 问题\n{text}\n").problems
    assert point.text in text


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("正文在前\n# 问题\n甲\n", 1, "应先有标题"),
        ("# 问题\n甲\n# 其他\n乙\n", 3, "标题只能是"),
        ("# 问题\n甲\n# 问题\n乙\n", 3, "写了两次"),
        ("# 问题\n甲\n\n```\nx\n```\n", 4, "代码块"),
        ("# 问题\n| 甲 | 乙 |\n", 2, "表格"),
        ("# 问题\n> 引用\n", 2, "引用"),
        ("# 问题\n甲\n---\n", 3, "分隔线"),
        ("问题\n====\n", 1, "应先有标题"),
        ("# 问题\n见[网页](http://x)\n", 2, "链接或图片"),
        ("# 问题\n![图](a.png)\n", 2, "链接或图片"),
        ("# 问题\n<b>甲</b>\n", 2, "HTML"),
        ("# 问题\n甲**乙**丙\n", 2, "强调或代码"),
        ("# 问题\n甲`乙`丙\n", 2, "强调或代码"),
        ("# 问题\n\n# 建议\n甲\n", 1, "没有内容"),
        ("# 问题\n甲\n# 建议\n", 3, "没有内容"),
        ("# 问题\n甲\x00乙\n", 2, "U+0000"),
        ("# 问题\n- \n", 2, "没有内容"),
    ],
)
def test_anything_else_is_refused_by_its_line(tmp_path, text, line, reason) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert caught.value.code == "remarks-refused"
    assert reason in caught.value.message
    assert f"第 {line} 行" in caught.value.message
    assert caught.value.details[0]["row"] == line


def test_a_file_in_another_encoding_is_refused_in_one_line(tmp_path) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read(tmp_path, "# 问题\n甲".encode("gb18030"))


def test_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(LookupFailedError, match="没有这个文件"):
        read_remarks(tmp_path / "x.md")


def test_experience_and_models_are_said_under_headings_of_their_own(haidian, tmp_path):
    said = "# 做法\n先摸底后检查\n# 经验\n记录当场签字\n# 典型\n甲公司公开收费\n# 问题\n台账不全\n"
    (tmp_path / "话.md").write_text(said, encoding="utf-8")
    paper = tmp_path / "总结.html"
    haidian("report", "month", "--remarks", tmp_path / "话.md", "-o", paper).ok()
    text = re.sub(r"<[^>]*>|\s", "", paper.read_text(encoding="utf-8"))
    order = ["主要做法", "先摸底后检查", "工作经验", "记录当场签字", "先进典型", "甲公司公开收费",
             "存在的问题", "台账不全"]  # fmt: skip
    places = [text.rindex(one) for one in order]
    assert places == sorted(places)


def test_headings_that_there_are_not_are_named_all_at_once(tmp_path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "# 问题\n甲\n# 其他\n乙\n# 附录\n丙\n")
    assert [one["row"] for one in caught.value.details] == [3, 5]
    assert "第 3 行“其他”、第 5 行“附录”：标题只能是" in caught.value.message


@pytest.mark.parametrize("heading", ["存在的问题", "一、存在的问题", "（四）存在问题："])
def test_the_headings_that_the_summary_prints_are_taken_too(tmp_path, heading) -> None:
    said = read(tmp_path, f"# {heading}\n台账不全\n# 意见和建议\n加强培训\n")
    assert [one.text for one in said.problems] == ["台账不全"]
    assert [one.text for one in said.proposals] == ["加强培训"]
