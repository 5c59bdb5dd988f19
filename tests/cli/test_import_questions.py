"""At a terminal an import asks what a header or a word means, once each; never in a pipe."""

from __future__ import annotations

import csv

import pytest

from running import JSON, code_of
from terminal import conversation


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.csv"
    lines = [
        ["单位大名", "信用代码", "区县", "类型"],
        ["北京甲公司", code_of(1), "海淀区", "民营"],
        ["北京乙公司", code_of(2), "海淀区", "民营"],
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(lines)
    return path


def test_each_header_and_word_is_asked_about_once_and_can_be_remembered(haidian, file, tmp_path):
    saved = tmp_path / "m.yaml"
    status, shown = conversation(
        haidian,
        ["agency", "import", str(file)],
        [
            ("表头“单位大名”是什么？", "1"),
            ("表头“类型”是什么？", "1"),
            ("单元格里的“民营”是什么？", "1"),
            ("要记住这些回答", str(saved)),
        ],
    )
    assert status == 0, shown
    assert shown.count("“民营”是什么？") == 1
    kinds = {one["kind"] for one in haidian("agency", "list", *JSON).ok().json}
    assert kinds == {"commercial"}
    text = saved.read_text("utf-8")
    assert "单位大名: name" in text
    assert "民营: 经营性" in text


def test_a_name_that_can_t_be_written_is_asked_for_again_and_leaving_shows_the_result(
    haidian, file, tmp_path
):
    saved = "要记住这些回答"
    status, shown = conversation(
        haidian,
        ["agency", "import", str(file)],
        [
            ("表头“单位大名”是什么？", "1"),
            ("表头“类型”是什么？", "1"),
            ("单元格里的“民营”是什么？", "1"),
            (saved, str(file)),
            (saved, str(tmp_path / "none" / "m.yaml")),
            (saved, "\x03"),
        ],
        columns=200,
    )
    assert status == 0, shown
    assert "读入 2 行：新增 2" in shown
    assert "目录不存在" in shown


def test_an_empty_answer_leaves_the_refusal(haidian, file):
    answers = [("表头“单位大名”是什么？", ""), ("表头“类型”是什么？", "")]
    status, shown = conversation(haidian, ["agency", "import", str(file)], answers)
    assert status == 3
    assert "[column-missing]" in shown


def test_through_a_pipe_nothing_is_asked(haidian, file):
    ran = haidian("agency", "import", file)
    assert (ran.status, ran.out) == (3, "")
    assert "是什么" not in ran.err


def test_only_what_is_needed_is_asked_with_samples_and_without_what_was_chosen(haidian, tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [
                ["序号", "单位大名", "信用代码", "区县", "类型", "备考"],
                ["1", "北京甲公司", code_of(1), "海淀区", "经营性", "x"],
                ["2", "北京乙公司", code_of(2), "海淀区", "公益性", "y"],
            ]
        )
    status, shown = conversation(
        haidian,
        ["agency", "import", str(path)],
        [
            ("表头“单位大名”是什么？", "2"),
            ("表头“类型”是什么？", "b"),
            ("表头“单位大名”是什么？", "1"),
            ("表头“类型”是什么？", "1"),
            ("要记住这些回答", ""),
        ],
        columns=80,
    )
    assert status == 0, shown
    assert "这一列写的是：北京甲公司、北京乙公司" in shown
    assert "序号”是什么" not in shown
    assert "备考”是什么" not in shown
    last = shown.rpartition("“类型”是什么？")[2]
    assert "1 机构性质" in last
    assert "机构名称" not in last
    assert {one["name"] for one in haidian("agency", "list", *JSON).ok().json} == {
        "北京甲公司",
        "北京乙公司",
    }


def test_one_may_leave(haidian, file):
    answers = [("表头“单位大名”是什么？", "q")]
    status, shown = conversation(haidian, ["agency", "import", str(file)], answers)
    assert status == 3
    assert "“类型”是什么" not in shown


@pytest.mark.parametrize(("answer", "status", "count"), [("n", 1, 0), ("y", 0, 1)])
def test_what_can_t_be_erased_again_is_asked_about_before_it_is_written(
    haidian, tmp_path, answer, status, count
):
    haidian.add("北京甲公司", code_of(1))
    path = tmp_path / "a.csv"
    lines = ["机构名称,受理日期,渠道,事由", "北京甲公司,2013-10-08,其他,收费、电话13900001111"]
    path.write_text("\n".join(lines), "utf-8")
    found, shown = conversation(
        haidian, ["complaint", "import", str(path)], [("仍要写入吗？", answer)]
    )
    assert (found, "1 件投诉（第 2 行）的事由里" in shown) == (status, True)
    assert len(haidian("complaint", "list", *JSON).ok().json) == count


def test_a_name_that_no_agency_bears_is_asked_about_with_the_nearest(haidian, tmp_path):
    haidian.add("北京明德人力资源有限公司", code_of(1))
    path = tmp_path / "a.csv"
    lines = ["所在机构,姓名"] + [f"北京市明德人力资源有限公司,{name}" for name in ("张三", "李四")]
    path.write_text("\n".join(lines), "utf-8")
    saved = tmp_path / "m.yaml"
    status, shown = conversation(
        haidian,
        ["agency", "staff", "import", str(path)],
        [("“北京市明德人力资源有限公司”是什么？", "1"), ("要记住这些回答", str(saved))],
    )
    assert status == 0, shown
    assert "1 北京明德人力资源有限公司（" in shown
    people = haidian("agency", "staff", "list", *JSON).ok().json
    assert {one["name"] for one in people} == {"张三", "李四"}
    assert "北京市明德人力资源有限公司: 北京明德人力资源有限公司" in saved.read_text("utf-8")


def test_a_refusal_says_how_a_word_or_a_name_is_explained(haidian, tmp_path):
    haidian.add("北京明德人力资源有限公司", code_of(1))
    path = tmp_path / "a.csv"
    path.write_text("所在机构,姓名\n北京市明德人力资源有限公司,张三", "utf-8")
    hint = haidian("agency", "staff", "import", path, *JSON).error["hint"]
    assert '--word "北京市明德人力资源有限公司=登记的全称"' in hint
    path.write_text(f"机构名称,代码,性质\n北京甲公司,{code_of(2)},民营", "utf-8")
    assert '--word "民营=应写的词"' in haidian("agency", "import", path, *JSON).error["hint"]
    path.write_text("机构名称,代码,注册号,性质\n北京甲公司,1,2,经营性", "utf-8")
    assert "如 --map 代码=code" in haidian("agency", "import", path, *JSON).error["hint"]


def test_answers_that_did_not_suffice_are_shown_as_options(haidian, file):
    file.write_text(file.read_text("utf-8").replace(code_of(2), "123"), "utf-8")
    answers = [
        ("表头“单位大名”是什么？", "1"),
        ("表头“类型”是什么？", "1"),
        ("单元格里的“民营”是什么？", "1"),
    ]
    status, shown = conversation(haidian, ["agency", "import", str(file)], answers, columns=200)
    assert status == 3
    said = '--map "单位大名=name" --map "类型=kind" --word "民营=经营性"'
    assert f"刚才的回答，下次可写作 {said}。" in shown
