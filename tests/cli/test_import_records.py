"""Imports of pledges, reviews, penalties, rewards, outstanding agencies, closed complaints."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from running import JSON, Hri, code_of, rows

NAME = "北京甲人力资源有限公司"


def table(path: Path, *lines) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add(NAME, code_of(1))
    haidian.add("北京乙公司", code_of(2), kind="公益性")
    return haidian


def counts(ran) -> tuple[int, ...]:
    return tuple(ran.ok().json[key] for key in ("read", "added", "updated", "unchanged"))


KINDS = {
    "agency import-pledges": (
        ["信用代码", "承诺日期", "是否公示"],
        [code_of(1), "2013.10.8", "√"],
        "SELECT date, displayed FROM pledge",
        [("2013-10-08", 1)],
    ),
    "agency import-reviews": (
        ["机构名称", "年度", "结果", "日期"],
        [NAME, "2013年度", "通过", "2013-10-8"],
        "SELECT year, result, date FROM review",
        [(2013, "passed", "2013-10-08")],
    ),
    "agency import-penalties": (
        ["机构名称", "处罚机关", "依据", "日期"],
        [NAME, "市工商局", "广告法", "二〇一三年十月八日"],
        "SELECT authority, basis, date FROM penalty",
        [("市工商局", "广告法", "2013-10-08")],
    ),
    "reward import": (
        ["信用代码", "种类", "日期", "说明"],
        [code_of(1), "表彰奖励", "20131008", "通报表扬"],
        "SELECT kind, date, note FROM reward",
        [("honour", "2013-10-08", "通报表扬")],
    ),
    "campaign import-outstanding": (
        ["机构名称", "理由"],
        [NAME, "带头公示"],
        "SELECT year, date, reason FROM outstanding",
        [(2013, "2013-10-10", "带头公示")],
    ),
}


@pytest.mark.parametrize("command", KINDS)
def test_rows_become_records_and_the_same_rows_again_are_unchanged(office, tmp_path, command):
    header, line, query, wanted = KINDS[command]
    path = table(tmp_path / "a.csv", header, line)
    assert counts(office(*command.split(), path, *JSON)) == (1, 1, 0, 0)
    assert rows(office.archive, query) == wanted
    assert counts(office(*command.split(), path, *JSON)) == (1, 0, 0, 1)


@pytest.mark.parametrize("command", KINDS)
def test_an_agency_that_is_not_there_is_refused(office, tmp_path, command):
    header, line, query, _ = KINDS[command]
    line = ["北京无此公司" if text in (NAME, code_of(1)) else text for text in line]
    header = ["机构名称" if text == "信用代码" else text for text in header]
    ran = office(*command.split(), table(tmp_path / "a.csv", header, line), *JSON)
    assert (ran.status, ran.error["code"]) == (3, "rows-refused")
    assert rows(office.archive, query) == []


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("agency template --for pledges", "统一社会信用代码"),
        ("agency template --for reviews", "统一社会信用代码"),
        ("agency template --for penalties", "统一社会信用代码"),
        ("agency template", "机构名称"),
        ("assess template --for served", "文号"),
        ("assess template", "统一社会信用代码"),
        ("reward template", "统一社会信用代码"),
        ("campaign template --for outstanding", "统一社会信用代码"),
        ("campaign template", "活动类型"),
    ],
)
def test_each_has_a_template(office, tmp_path, kind, first):
    group, command, *more = kind.split()
    office(group, command, tmp_path / "t.xlsx", *more).ok()
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    cells = {str(cell.value).rstrip("*") for row in sheet.iter_rows(max_row=4) for cell in row}
    assert first in cells


def test_a_pledge_of_the_same_campaign_is_changed_only_when_asked(office, tmp_path):
    header = ["信用代码", "承诺日期"]
    office(
        "agency", "import-pledges", table(tmp_path / "a.csv", header, [code_of(1), "2013-10-8"])
    ).ok()
    other = table(tmp_path / "b.csv", header, [code_of(1), "2013-10-9"])
    assert office("agency", "import-pledges", other).status == 3
    office("agency", "import-pledges", other, "--on-duplicate", "update").ok()
    assert rows(office.archive, "SELECT date FROM pledge") == [("2013-10-09",)]


def test_a_closed_agency_is_not_outstanding(office, tmp_path):
    office("agency", "close", code_of(1), "--date", "2013-10-1", "--reason", "歇业").ok()
    path = table(tmp_path / "a.csv", ["信用代码", "理由"], [code_of(1), "好"])
    ran = office("campaign", "import-outstanding", path, *JSON)
    assert (ran.status, ran.error["code"]) == (1, "agency-closed")


CASES = ["信用代码", "受理日期", "渠道", "事由", "办结日期", "办理结果", "答复"]


def test_closed_complaints_come_in_with_their_answer(office, tmp_path):
    lines = [
        [code_of(1), "2013-10-1", "市场管理", "收费", "2013-10-5", "查实", "已责令退还"],
        [code_of(2), "2013-10-1", "市场管理", "收费", "", "", ""],
    ]
    path = table(tmp_path / "a.csv", CASES, *lines)
    assert counts(office("complaint", "import", path, *JSON)) == (2, 2, 0, 0)
    found = office("complaint", "list", *JSON).ok().json
    assert [(one["closed"], one["outcome"]) for one in found] == [
        ("2013-10-05", "substantiated"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("closing", "column"),
    [
        (("2013-10-5", "", ""), "办理结果"),
        (("", "查实", "答复"), "办结日期"),
        (("2013-10-5", "采纳", "答复"), "办理结果"),
    ],
)
def test_half_a_closing_and_an_outcome_that_does_not_fit_are_refused(
    office, tmp_path, closing, column
):
    line = [code_of(1), "2013-10-1", "市场管理", "收费", *closing]
    ran = office("complaint", "import", table(tmp_path / "a.csv", CASES, line), *JSON)
    assert ran.status == 3
    assert [one["column"] for one in ran.error["details"]] == [column]


@pytest.mark.parametrize(
    ("mark", "verdict"),
    [("√", "pass"), ("是", "pass"), ("有", "pass"), ("×", "fail"), ("无", "fail")],
)
def test_marks_are_verdicts_of_an_inspection(office, tmp_path, mark, verdict):
    header = ["信用代码", "检查时间", "公示", "承诺", "台账", "反馈", "检查人员", "联合部门"]
    line = [code_of(1), "2013.10.8", mark, "✓", "合格", "√", "张三", "公安"]
    office("inspect", "import", table(tmp_path / "a.csv", header, line)).ok()
    (visit,) = office("inspect", "visits", *JSON).ok().json
    assert (visit["publicity"], visit["inspectors"], visit["with"]) == (verdict, "张三", "公安")


def test_staff_come_with_their_education_and_their_entry(office, tmp_path):
    header = ["信用代码", "姓名", "证书编号", "入职时间", "教育日期"]
    line = [code_of(1), "张\u200b三", "C1", "2012年3月5日", "2013-9-1"]
    path = table(tmp_path / "a.csv", header, line)
    assert counts(office("agency", "staff", "import", path, *JSON)) == (1, 1, 0, 0)
    (person,) = office("agency", "staff", "list", *JSON).ok().json
    assert (person["name"], person["certificate"], person["since"]) == ("张三", "C1", "2012-03-05")
    assert rows(office.archive, "SELECT date FROM staff_education") == [("2013-09-01",)]
    assert counts(office("agency", "staff", "import", path, *JSON)) == (1, 0, 0, 1)


@pytest.mark.parametrize("known", ["", "R8"])
@pytest.mark.parametrize("certificates", [("", "R8"), ("R8", "")])
def test_two_rows_of_a_file_never_end_as_one_person(office, tmp_path, known, certificates):
    one, both = (
        table(tmp_path / f"{name}.csv", ["信用代码", "姓名", "资格证号"], *lines)
        for name, lines in (
            ("one", [[code_of(1), "吴五", known]]),
            ("both", [[code_of(1), "吴五", certificate] for certificate in certificates]),
        )
    )
    office("agency", "staff", "import", one).ok()
    update = ("--on-duplicate", "update", *JSON)
    refused = office("agency", "staff", "import", both, *update)
    assert (refused.status, refused.error["code"]) == (3, "rows-refused")
    assert "分不清是哪一位" in refused.error["details"][0]["reason"]
    assert len(office("agency", "staff", "list", *JSON).ok().json) == 1


@pytest.mark.parametrize("certificates", [("", "R8"), ("R8", "")])
def test_two_rows_of_one_name_are_two_people_where_nobody_is_on_record(
    office, tmp_path, certificates
):
    lines = [[code_of(1), "吴五", certificate] for certificate in certificates]
    path = table(tmp_path / "a.csv", ["信用代码", "姓名", "资格证号"], *lines)
    for counted in ((2, 2, 0, 0), (2, 0, 0, 2)):
        assert counts(office("agency", "staff", "import", path, *JSON)) == counted
