"""Proofs of service from a table: one row a notice, known by its number (三(五))."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from assessing import rate
from running import JSON, Hri, code_of, rows

NAME = "北京甲公司"
HEADER = ["文号", "机构名称", "送达日期", "送达方式", "签收人"]


@pytest.fixture
def numbered(haidian, tmp_path) -> tuple[Hri, str]:
    """An archive with one notice, and its number."""
    haidian.add(NAME, code_of(1))
    haidian.add("北京乙公司", code_of(2))
    for source in ("self", "expert", "public"):
        rate(haidian, NAME, source=source, rater=source).ok()
    haidian("assess", "conclude", NAME).ok()
    haidian("assess", "notice", NAME, "-o", tmp_path / "n.html").ok()
    ((reference,),) = rows(haidian.archive, "SELECT reference FROM paper")
    return haidian, reference


def table(path: Path, *lines: list[str], header: list[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


def take(hri: Hri, path: Path, *more: str):
    return hri("assess", "import-served", path, *more, *JSON)


def services(hri: Hri) -> list[tuple]:
    return rows(hri.archive, "SELECT date, method, receiver FROM service")


def refused(ran) -> list[tuple[str, str]]:
    assert ran.status == 3, ran.out
    return [(one["column"], one["reason"]) for one in ran.error["details"]]


def test_a_notice_is_served_by_its_number(numbered, tmp_path):
    hri, number = numbered
    spelt = number.replace("〔", " 〔").replace("1", "１")
    path = table(tmp_path / "a.csv", [spelt, NAME, "2013.10.10", "直接送达", "张　三"])
    ran = take(hri, path)
    assert (ran.ok().json["added"], ran.json["remarks"]) == (1, [])
    assert services(hri) == [("2013-10-10", "direct", "张三")]


@pytest.mark.parametrize("brackets", ["()", "（）", "[]", "【】"])
def test_a_number_is_found_with_other_brackets_and_with_zeros(numbered, tmp_path, brackets):
    hri, number = numbered
    spelt = number.replace("〔", brackets[0]).replace("〕", brackets[1]).replace("1号", "0001号")
    path = table(tmp_path / "a.csv", [spelt, NAME, "2013.10.10", "直接送达", "张三"])
    assert take(hri, path).ok().json["added"] == 1
    proof = ("--date", "2013-10-10", "--method", "邮寄送达", "--receiver", "李四")
    again = ("assess", "served", NAME, "--number", spelt, *proof)
    assert hri(*again, "--correct", "--reason", "登错").ok().err == ""
    assert services(hri) == [("2013-10-10", "post", "李四")]


def test_the_same_row_again_is_unchanged_and_another_only_when_asked(numbered, tmp_path):
    hri, number = numbered
    first = table(tmp_path / "a.csv", [number, NAME, "2013-10-10", "直接送达", "张三"])
    take(hri, first).ok()
    assert take(hri, first).ok().json["unchanged"] == 1
    other = table(tmp_path / "b.csv", [number, NAME, "2013-10-10", "邮寄送达", "李四"])
    assert "送达方式、签收人" in refused(take(hri, other))[0][1]
    assert take(hri, other, "--on-duplicate", "skip").ok().json["skipped"] == 1
    assert take(hri, other, "--on-duplicate", "update").ok().json["updated"] == 1
    assert services(hri) == [("2013-10-10", "post", "李四")]


def test_the_agency_may_be_left_out_and_must_be_the_notices_own(numbered, tmp_path):
    hri, number = numbered
    other = table(tmp_path / "a.csv", [number, "北京乙公司", "2013-10-10", "直接送达", "张三"])
    assert refused(take(hri, other)) == [("文号", "这个文号的告知书不是北京乙公司的")]
    header = [HEADER[0], *HEADER[2:]]
    path = table(tmp_path / "b.csv", [number, "2013-10-10", "直接送达", "张三"], header=header)
    assert take(hri, path).ok().json["added"] == 1


def test_a_number_of_no_notice_is_refused_with_the_row(numbered, tmp_path):
    hri, _ = numbered
    path = table(
        tmp_path / "a.csv", ["海人社诚评〔2013〕99号", "", "2013-10-10", "直接送达", "张三"]
    )
    assert refused(take(hri, path)) == [("文号", "没有这个文号的告知书")]


@pytest.mark.parametrize(
    ("date", "word"), [("2013-10-09", "早于告知书日期"), ("2013-10-11", "之后"), ("2013-10-10", "")]
)
def test_a_day_out_of_order_is_taken_with_a_remark(numbered, tmp_path, date, word):
    hri, number = numbered
    ran = take(hri, table(tmp_path / "a.csv", [number, NAME, date, "直接送达", "张三"]))
    assert bool(ran.ok().json["remarks"]) is bool(word)
    assert word in "".join(ran.json["remarks"])


@pytest.mark.parametrize("place", [0, 2, 3, 4])
def test_every_cell_but_the_agency_is_required(numbered, tmp_path, place):
    hri, number = numbered
    line = [number, NAME, "2013-10-10", "直接送达", "张三"]
    line[place] = ""
    assert refused(take(hri, table(tmp_path / "a.csv", line))) == [(HEADER[place], "没有填写")]


def test_a_number_that_comes_twice_is_refused_in_both_rows(numbered, tmp_path):
    hri, number = numbered
    lines = [[number, NAME, "2013-10-10", way, "张三"] for way in ("直接送达", "邮寄送达")]
    assert [column for column, _ in refused(take(hri, table(tmp_path / "a.csv", *lines)))] == [
        "文号",
        "文号",
    ]
    assert services(hri) == []


def test_a_dry_run_and_an_undo_leave_nothing(numbered, tmp_path):
    hri, number = numbered
    path = table(tmp_path / "a.csv", [number, NAME, "2013-10-10", "直接送达", "张三"])
    assert take(hri, path, "--dry-run").ok().json["added"] == 1
    assert services(hri) == []
    made = take(hri, path).ok().json["id"]
    hri("archive", "undo", made, "--reason", "录错").ok()
    assert services(hri) == []
