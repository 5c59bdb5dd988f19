"""What offices really send goes in, or is refused with what to do; one test a sentence."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import openpyxl
import pytest

from running import JSON, Hri, code_of, tamper

HEADER = ("机构名称", "统一社会信用代码", "区县", "机构性质")


def line(number: int, *more: str) -> list[str]:
    return [f"北京{number}公司", code_of(number), "海淀区", "经营性", *more]


def table(path: Path, *lines, header=HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines] if header else lines)
    return path


def take(hri: Hri, *arguments: str | Path):
    return hri("agency", "import", *arguments, *JSON)


def details(ran, code: str = "rows-refused") -> list[dict]:
    assert (ran.status, ran.error["code"]) == (3, code), ran.err
    found: list[dict] = ran.error["details"]
    return found


def agency(hri: Hri, number: int) -> dict:
    found: dict = hri("agency", "show", code_of(number), *JSON).ok().json
    return found


def one(hri: Hri, path: Path, header: str, text: str) -> dict:
    """Import one agency with one more column, and return it."""
    take(hri, table(path / "a.csv", line(1, text), header=(*HEADER, header))).ok()
    return agency(hri, 1)


# --- several files --------------------------------------------------------------------------------


def test_a_folder_is_every_table_in_it_by_name_as_one_import(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    table(folder / "b.csv", line(2))
    table(folder / "a.csv", line(1))
    table(folder / ".hidden.csv", line(3))
    table(folder / "~$a.csv", line(4))
    (folder / "说明.txt").write_text("x")
    ran = take(haidian, folder).ok().json
    assert (ran["read"], ran["added"]) == (2, 2)
    assert [Path(one["file"]).name for one in ran["files"]] == ["a.csv", "b.csv"]
    assert [(one["read"], one["added"], one["sheet"]) for one in ran["files"]] == [(1, 1, None)] * 2


def test_a_folder_without_tables_is_refused(haidian, tmp_path):
    (tmp_path / "空").mkdir()
    assert details(take(haidian, tmp_path / "空"), "folder-empty") == []


def test_several_files_go_in_all_or_none(haidian, tmp_path):
    good, bad = table(tmp_path / "a.csv", line(1)), table(tmp_path / "b.csv", ["", "x", "", ""])
    found = details(take(haidian, good, bad))
    assert {Path(one["file"]).name for one in found} == {"b.csv"}
    assert haidian("agency", "list", *JSON).ok().json == []


def test_a_row_that_stands_in_two_files_is_refused_in_both(haidian, tmp_path):
    first, second = table(tmp_path / "a.csv", line(1)), table(tmp_path / "b.csv", line(1))
    found = details(take(haidian, first, second))
    assert [(Path(one["file"]).name, one["row"]) for one in found] == [("a.csv", 2), ("b.csv", 2)]
    assert "b.csv" in found[0]["reason"]


def test_the_rejects_of_several_files_can_be_mended_and_imported(haidian, tmp_path):
    first = table(tmp_path / "a.csv", line(1), ["甲", "1", "海淀区", "经营性"])
    other = ("单位名称", "信用代码", "所在区", "性质", "备注")
    second = table(tmp_path / "b.csv", ["乙", "2", "海淀区", "经营性", "x"], header=other)
    rejects = tmp_path / "r.csv"
    ran = take(haidian, first, second, "--rejects", rejects).ok().json
    assert (ran["added"], ran["rejected"]) == (1, 2)
    text = rejects.read_text("utf-8-sig").replace(",1,", f",{code_of(2)},")
    rejects.write_text(text.replace(",2,", f",{code_of(3)},"), "utf-8")
    assert take(haidian, rejects).ok().json["added"] == 2


def test_rejects_of_a_file_without_one_good_row_are_exit_3(haidian, tmp_path):
    path = table(tmp_path / "a.csv", ["甲", "1", "海淀区", "经营性"])
    ran = take(haidian, path, "--rejects", tmp_path / "r.csv")
    assert (ran.status, ran.json["rejected"]) == (3, 1)


# --- sheets ---------------------------------------------------------------------------------------


@pytest.fixture
def streets(tmp_path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, name in enumerate(("中关村街道", "学院路街道"), 1):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(line(number))
    book.create_sheet("说明").append(["请认真填写"])
    book.save(tmp_path / "街道.xlsx")
    return tmp_path / "街道.xlsx"


def test_several_sheets_of_data_are_refused_with_their_names(haidian, streets):
    ran = take(haidian, streets)
    assert (ran.status, ran.error["code"]) == (3, "sheet-ambiguous")
    assert "中关村街道" in ran.error["message"]
    assert "--sheet all" in ran.error["hint"]


def test_one_sheet_can_be_named_and_all_taken(haidian, streets):
    ran = take(haidian, streets, "--sheet", "学院路街道").ok().json
    assert [one["sheet"] for one in ran["files"]] == ["学院路街道"]
    ran = take(haidian, streets, "--sheet", "all").ok().json
    assert [(one["sheet"], one["added"]) for one in ran["files"]] == [
        ("中关村街道", 1),
        ("学院路街道", 0),
    ]


# --- headers --------------------------------------------------------------------------------------


def test_headers_under_the_names_that_offices_use(haidian, tmp_path):
    header = (
        "所在机构（盖章）",
        "工商 注册号*",
        "所在区",
        "单位性质",
        "法定代表人/负责人",
        "成立\n时间",
    )
    path = table(tmp_path / "a.csv", [*line(1), "张三", "2008.5.12"], header=header)
    take(haidian, path).ok()
    found = agency(haidian, 1)
    assert (found["representative"], found["since"]) == ("张三", "2008-05-12")


def test_headers_may_take_two_rows_beneath_merged_titles(haidian, tmp_path):
    lines = [
        ["机构名称", "信用代码", "人力资源服务许可证", "", "性质"],
        ["", "", "编号", "发证日期", ""],
        ["北京1公司", code_of(1), "京证1号", "2010-1-1", "经营性"],
    ]
    take(haidian, table(tmp_path / "a.csv", *lines, header=None)).ok()
    found = agency(haidian, 1)
    assert (found["license"], found["license_from"]) == ("京证1号", "2010-01-01")


def test_a_missing_column_is_named_with_what_the_others_are_nearest_to(haidian, tmp_path):
    header = ("机构名称", "组织代码", "区县", "机构性质")
    ran = take(haidian, table(tmp_path / "a.csv", line(1), header=header))
    (found,) = details(ran, "column-missing")
    assert (found["column"], found["row"]) == (None, 1)
    assert "统一社会信用代码" in found["reason"]
    assert "“组织代码”（B 列，像是 统一社会信用代码（code））" in ran.error["hint"]


def test_unused_columns_are_told_in_a_refusal_too(haidian, tmp_path):
    path = table(tmp_path / "a.csv", ["", "1", "", "", "x"], header=(*HEADER, "登记人"))
    ran = take(haidian, path)
    assert "登记人" in ran.error["hint"]


def test_a_column_beside_the_agencys_names_is_missing_where_neither_is_there(haidian, tmp_path):
    path = table(tmp_path / "a.csv", ["张三", "x"], header=("姓名", "单位全名称"))
    ran = haidian("agency", "staff", "import", path, *JSON)
    (found,) = details(ran, "column-missing")
    assert "统一社会信用代码" in found["reason"]
    assert "机构名称" in found["reason"]


@pytest.mark.parametrize(
    ("title", "is_ours"),
    [
        ("劳动保障守法诚信等级名单", False),
        ("企业守法诚信评价结果", False),
        ("劳动保障书面审查情况表", False),
        ("纳税信用评价名单", False),
        ("企业信用等级公示", False),
        ("人力资源服务机构等级名单", True),
    ],
)
def test_a_grade_of_another_list_is_not_taken(haidian, tmp_path, title, is_ours):
    path = table(tmp_path / "a.csv", [title], [*HEADER, "等级"], line(1, "A"), header=None)
    ran = take(haidian, path).ok().json
    assert agency(haidian, 1)["grade"] == ("A" if is_ours else None)
    assert any("--map 等级=grade" in remark for remark in ran["remarks"]) is not is_ours


# --- what the user says ---------------------------------------------------------------------------


def test_a_word_says_what_a_word_in_cells_means(haidian, tmp_path):
    path = table(tmp_path / "a.csv", [*line(1)[:3], "民营"])
    assert "经营性" in details(take(haidian, path))[0]["reason"]
    take(haidian, path, "--word", "民营=经营性").ok()
    assert agency(haidian, 1)["kind"] == "commercial"


def test_what_was_said_is_saved_and_read(haidian, tmp_path):
    header = ("单位全称", "信用代码", "区县", "类别")
    path = table(tmp_path / "a.csv", [*line(1)[:3], "民营"], header=header)
    saved = tmp_path / "m.yaml"
    said = ("--map", "单位全称=name", "--map", "类别=kind", "--word", "民营=经营性")
    take(haidian, path, *said, "--save-mapping", saved).ok()
    text = saved.read_text("utf-8")
    assert "单位全称: name" in text
    assert "民营: 经营性" in text
    other = table(tmp_path / "b.csv", [*line(2)[:3], "民营"], header=header)
    assert take(haidian, other, "--mapping", saved).ok().json["added"] == 1


@pytest.mark.parametrize("text", ["[1, 2]", "map: [a]", "other: {}", "a: : b", "sheet: 1"])
def test_a_file_that_is_no_mapping_is_refused(haidian, tmp_path, text):
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    ran = take(haidian, table(tmp_path / "a.csv", line(1)), "--mapping", tmp_path / "m.yaml")
    assert (ran.status, ran.error["code"]) == (3, "mapping-refused")


def test_a_saved_mapping_never_replaces_a_file_unless_forced(haidian, tmp_path):
    (tmp_path / "m.yaml").write_text("x", "utf-8")
    path = table(tmp_path / "a.csv", line(1))
    assert take(haidian, path, "--save-mapping", tmp_path / "m.yaml").status == 4
    take(haidian, path, "--save-mapping", tmp_path / "m.yaml", "--force").ok()


@pytest.mark.parametrize("option", ["--save-mapping", "--rejects"])
@pytest.mark.parametrize("rehearsed", [True, False])
def test_a_file_that_can_not_be_written_is_refused_before_anything_is_imported(
    haidian, tmp_path, option, rehearsed
):
    path = table(tmp_path / "a.csv", line(1), [*line(2)[:3], "民营"])
    more = ("--dry-run",) if rehearsed else ()
    ran = take(haidian, path, option, tmp_path / "none" / "file.csv", *more)
    assert (ran.status, ran.error["code"]) == (5, "folder-missing")
    assert haidian("agency", "list", *JSON).ok().json == []


def test_a_month_alone_is_set_as_its_first_day_where_something_began(haidian, tmp_path):
    take(haidian, table(tmp_path / "a.csv", line(1)), "--set", "since=2009年5月").ok()
    assert agency(haidian, 1)["since"] == "2009-05-01"


def test_a_mapping_is_not_saved_over_the_rejects_of_the_same_import(haidian, tmp_path):
    path = table(tmp_path / "a.csv", line(1), [*line(2)[:3], "民营"])
    both = tmp_path / "both.csv"
    ran = take(haidian, path, "--rejects", both, "--save-mapping", both)
    assert ran.status == 2
    assert not both.exists()
    assert haidian("agency", "list", *JSON).ok().json == []


# --- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["无", "暂无", "/", "-", "—", "N/A", "／"])
def test_a_cell_that_only_says_that_there_is_nothing_is_empty(haidian, tmp_path, mark):
    path = table(tmp_path / "a.csv", line(1, mark), header=(*HEADER, "许可证号"))
    ran = take(haidian, path).ok().json
    assert agency(haidian, 1)["license"] is None
    assert any(f"1 格只写了“{mark}”" in remark for remark in ran["remarks"])


def test_a_name_needs_a_character(haidian, tmp_path):
    for name in ("-", "123"):
        path = table(tmp_path / "a.csv", [name, *line(1)[1:]])
        assert [one["column"] for one in details(take(haidian, path))] == ["机构名称"]


@pytest.mark.parametrize(
    "text",
    [
        "2008-05-12", "2008/5/12", "2008.5.12", "20080512", "2008年5月12日", "二〇〇八年五月十二日",
        "2008-05-12 00:00:00", "２００８年５月１２日",
    ],
)  # fmt: skip
def test_days_are_read_in_every_spelling(haidian, tmp_path, text):
    assert one(haidian, tmp_path, "成立日期", text)["since"] == "2008-05-12"


def test_a_month_alone_is_the_first_day_of_a_start_with_a_remark(haidian, tmp_path):
    path = table(tmp_path / "a.csv", line(1, "2011年3月"), header=(*HEADER, "成立时间"))
    ran = take(haidian, path).ok().json
    assert agency(haidian, 1)["since"] == "2011-03-01"
    assert "第 2 行的日期只写到月，按当月 1 日登记" in ran["remarks"]


@pytest.mark.parametrize(
    ("header", "text", "word"),
    [
        ("发证日期", "2011年3月", "只写到月"),
        ("成立日期", "41555", "不是日期"),
        ("成立日期", "0001-01-01", "1949"),
        ("成立日期", "1948-12-31", "1949"),
        ("成立日期", "2016-01-01", "两年"),
        ("地址", "Err:502", "错误值"),
        ("地址", "#CALC!", "错误值"),
        ("地址", "#GETTING_DATA", "错误值"),
        ("地址", "错误:502", "错误值"),
        ("地址", "错误：502", "错误值"),
        ("地址", "Err：502", "错误值"),
        ("地址", "#######", "列太窄"),
        ("法定代表人", "张\ue000", "U+E000"),
        ("地址", "中关村\u202e1号", "U+202E"),
        ("地址", "中关村\x85", "U+0085"),
    ],
)
def test_what_is_no_value_is_refused_by_name(haidian, tmp_path, header, text, word):
    (found,) = details(
        take(haidian, table(tmp_path / "a.csv", line(1, text), header=(*HEADER, header)))
    )
    assert (found["column"], found["row"]) == (header, 2)
    assert word in found["reason"]


def test_a_term_may_end_in_many_years(haidian, tmp_path):
    assert one(haidian, tmp_path, "有效期至", "2049-12-31")["license_until"] == "2049-12-31"


def test_names_are_kept_as_people_mean_them(haidian, tmp_path):
    names = ["样例一人力\n资源有限公司", "北京⼈⼒公司", "北京\u200b丙公司"]
    lines = [[name, *line(number)[1:]] for number, name in enumerate(names, 1)]
    take(haidian, table(tmp_path / "a.csv", *lines)).ok()
    kept = [agency(haidian, number)["name"] for number in range(1, 4)]
    assert kept == ["样例一人力资源有限公司", "北京人力公司", "北京丙公司"]


def test_rare_han_characters_are_kept_whatever_python_knows(haidian, tmp_path):
    # The first and the last of the extensions B to I, and one of an extension to come.
    rare = "𠀀𪛟𪜀\U0002b739𫝀\U0002b81d𫠠\U0002cea1\U0002ceb0\U0002ebe0\U00030000\U0003134a"
    rare += "\U00031350\U000323af\U0002ebf0\U0002ee5d\U000323b0"
    names = [f"北京{one}公司" for one in rare]
    lines = [[name, *line(number)[1:]] for number, name in enumerate(names, 1)]
    take(haidian, table(tmp_path / "a.csv", *lines)).ok()
    listed = haidian("agency", "list", *JSON).ok().json
    assert {one["name"] for one in listed} == set(names)


def test_a_name_whose_line_break_was_dropped_is_that_of_the_next_clean_list(haidian, tmp_path):
    broken, clean = "样例一人力\n资源有限公司", "样例一人力资源有限公司"
    take(haidian, table(tmp_path / "a.csv", [broken, *line(1)[1:]])).ok()
    for name in (clean, broken):
        path = table(tmp_path / "b.csv", [name, *line(1)[1:]])
        assert take(haidian, path).ok().json["unchanged"] == 1


@pytest.mark.parametrize(
    ("field", "header", "kept", "given"),
    [
        ("name", "机构名称", "北京⼈⼒公司", "北京人力公司"),
        ("name", "机构名称", "北京\u200b甲公司", "北京甲公司"),
        ("name", "机构名称", "北京　甲公司", "北京甲公司"),
        ("license", "许可证号", "''京1", "京1"),
        ("address", "地址", "中关村\n路1号", "中关村路1号"),
    ],
)
def test_what_an_earlier_version_kept_otherwise_is_no_difference(
    haidian, tmp_path, field, header, kept, given
):
    cells = dict(zip(HEADER, line(1), strict=True)) | {header: given}
    path = table(tmp_path / "a.csv", list(cells.values()), header=list(cells))
    take(haidian, path).ok()
    tamper(haidian.archive, f"UPDATE agency SET {field} = '{kept}'")
    assert take(haidian, path).ok().json["unchanged"] == 1


def test_radicals_of_a_district_are_its_characters(city, tmp_path):
    path = table(tmp_path / "a.csv", ["北京甲公司", code_of(1), "⽯景⼭区", "经营性"])
    take(city, path).ok()
    assert agency(city, 1)["district"] == "shijingshan"


def test_staff_typed_in_and_imported_in_the_same_spelling_are_one_person(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    name, certificate = "'⽯　小\u200b明", "'00１23"
    add = ("agency", "staff", "add", "北京甲公司", "--name", name, "--certificate", certificate)
    added = haidian(*add, "--since", "2012-03-05", *JSON).ok().json
    assert (added["name"], added["certificate"]) == ("石小明", "00123")
    header = ("机构名称", "姓名", "资格证号", "到岗日期")
    row = ["北京甲公司", name, certificate, "2012-03-05"]
    path = table(tmp_path / "a.csv", row, header=header)
    assert haidian("agency", "staff", "import", path, *JSON).ok().json["unchanged"] == 1
    for option, text in (("--name", name), ("--certificate", certificate)):
        assert len(haidian("agency", "staff", "list", option, text, *JSON).ok().json) == 1


def test_a_name_with_and_without_an_invisible_character_is_one_person(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    files = [
        table(tmp_path / f"{n}.csv", ["北京甲公司", name], header=("机构名称", "姓名"))
        for n, name in enumerate(("张\u200b三", "张三"))
    ]
    found = details(haidian("agency", "staff", "import", *files, *JSON))
    assert [Path(one["file"]).name for one in found] == ["0.csv", "1.csv"]
    for path, count in zip(files, ("added", "unchanged"), strict=True):
        assert haidian("agency", "staff", "import", path, *JSON).ok().json[count] == 1


def test_premises_of_municipal_agencies_come_in(city, tmp_path):
    path = table(
        tmp_path / "a.csv",
        ["市属一", code_of(1), "市属机构", "公益性", "朝阳区"],
        header=(*HEADER, "经营场所区县"),
    )
    take(city, path).ok()
    assert agency(city, 1)["location"] == "chaoyang"


def test_an_agency_may_be_named_by_a_part_of_its_name(haidian, tmp_path):
    haidian.add("北京甲乙人力资源有限公司", code_of(1))
    path = table(tmp_path / "a.csv", ["甲乙", "张三"], header=("所在机构", "姓名"))
    ran = haidian("agency", "staff", "import", path, *JSON).ok().json
    assert any("甲乙→北京甲乙人力资源有限公司" in remark for remark in ran["remarks"])
    path = table(tmp_path / "b.csv", ["北京甲乙人力资源公司", "李四"], header=("所在机构", "姓名"))
    (found,) = details(haidian("agency", "staff", "import", path, *JSON))
    assert "北京甲乙人力资源有限公司" in found["reason"]


def test_a_code_that_is_a_citizens_number_too_is_pointed_out(haidian, tmp_path):
    path = table(tmp_path / "a.csv", ["北京甲公司", "110108198001010189", "海淀区", "经营性"])
    ran = take(haidian, path).ok().json
    assert any("居民身份证号" in remark for remark in ran["remarks"])


@pytest.mark.parametrize(
    ("option", "text", "status"),
    [
        ("--since", "2011年3月", 0),
        ("--since", "二〇一一年三月八日", 0),
        ("--since", "1948-1-1", 2),
        ("--since", "2016-1-1", 2),
        ("--license-from", "2011年3月", 2),
        ("--license-until", "2049-12-31", 0),
    ],
)
def test_options_take_the_same_days_as_cells(haidian, option, text, status):
    ran = haidian(
        "agency",
        "add",
        "--name",
        "北京甲公司",
        "--code",
        code_of(1),
        "--kind",
        "经营性",
        option,
        text,
    )
    assert ran.status == status
    assert ("只写到月" in ran.err) == ("3月" in text and "三" not in text)


# --- rows that are none ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "foot",
    [
        ["填表人：张三", "", "审核人：李四", ""],
        ["制表单位（盖章）：海淀区人社局", "", "", ""],
        ["总计", "2", "", ""],
        ["", "合计", "", "2"],
        ["备注：以上属实", "", "", ""],
        ["注", "另附材料", "", ""],
    ],
)
def test_rows_beneath_the_table_are_passed_over_and_named(haidian, tmp_path, foot):
    ran = take(haidian, table(tmp_path / "a.csv", line(1), foot)).ok().json
    assert (ran["read"], ran["added"]) == (1, 1)
    assert any(remark.startswith("第 3 行") for remark in ran["remarks"])


# --- how it is said -------------------------------------------------------------------------------


def test_one_reason_in_one_column_is_one_line_with_its_rows(haidian, tmp_path):
    lines = [[*line(number)[:3], ""] for number in range(1, 5)]
    ran = haidian("agency", "import", table(tmp_path / "a.csv", *lines))
    assert "  第 2—5 行 机构性质（D 列）：没有填写" in ran.err.splitlines()
    assert len(details(take(haidian, tmp_path / "a.csv"))) == 4


def test_a_finding_has_file_sheet_row_column_value_and_reason(haidian, tmp_path):
    (found,) = details(take(haidian, table(tmp_path / "a.csv", [*line(1)[:3], "民营"])))
    assert list(found) == ["file", "sheet", "row", "column", "value", "reason"]
    assert (found["file"], found["sheet"]) == (str(tmp_path / "a.csv"), None)
    assert (found["row"], found["column"], found["value"]) == (2, "机构性质", "民营")


@pytest.mark.archive_file("compares the file's bytes")
def test_a_dry_run_changes_not_a_byte_of_the_archive(haidian, tmp_path):
    def digest() -> str:
        return hashlib.sha256(haidian.archive.read_bytes()).hexdigest()

    before = digest()
    ran = take(haidian, table(tmp_path / "a.csv", *map(line, range(1, 50))), "--dry-run").ok()
    assert (ran.json["added"], ran.json["dry_run"]) == (49, True)
    assert digest() == before


# --- imports that were ----------------------------------------------------------------------------


def test_each_import_is_listed_with_its_files_and_counts(haidian, tmp_path):
    path = table(tmp_path / "a.csv", line(1), line(2))
    identity = take(haidian, path).ok().json["id"]
    assert take(haidian, path).ok().json["id"] is None
    (found,) = haidian("archive", "imports", *JSON).ok().json
    assert (found["id"], found["added"], found["operator"]) == (identity, 2, haidian.operator)
    (file,) = found["files"]
    assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_import_is_taken_back_with_all_that_it_wrote(haidian, tmp_path):
    haidian.add("北京1公司", code_of(1), kind="公益性")
    path = table(tmp_path / "a.csv", line(1), line(2))
    identity = take(haidian, path, "--on-duplicate", "update").ok().json["id"]
    haidian("archive", "undo", identity, "--reason", "导错文件").ok()
    (left,) = haidian("agency", "list", *JSON).ok().json
    assert (left["code"], left["kind"]) == (code_of(1), "public")
    haidian("archive", "verify").ok()
    assert haidian("archive", "imports", *JSON).ok().json[0]["undone"]
    again = haidian("archive", "undo", identity, "--reason", "导错文件", *JSON)
    assert (again.status, again.error["code"]) == (1, "import-undone")


def test_what_was_built_on_an_import_keeps_it_from_being_undone(haidian, tmp_path):
    identity = take(haidian, table(tmp_path / "a.csv", line(1))).ok().json["id"]
    haidian("agency", "pledge", code_of(1), "--date", "2013-10-8").ok()
    ran = haidian("archive", "undo", identity, "--reason", "导错", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "built-on")
    assert "承诺书" in ran.error["message"]


def test_an_import_is_taken_back_though_a_later_one_changed_its_rows_and_was_undone(
    haidian, tmp_path
):
    first = take(haidian, table(tmp_path / "a.csv", line(1))).ok().json["id"]
    changed = table(tmp_path / "b.csv", [*line(1)[:3], "公益性"])
    second = take(haidian, changed, "--on-duplicate", "update").ok().json["id"]
    ran = haidian("archive", "undo", first, "--reason", "导错", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "built-on")
    for identity in (second, first):
        haidian("archive", "undo", identity, "--reason", "导错").ok()
    assert haidian("agency", "list", *JSON).ok().json == []
    haidian("archive", "verify").ok()


def test_an_import_that_is_not_there_is_exit_4(haidian):
    ran = haidian("archive", "undo", "x", "--reason", "导错", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "import-missing")
