"""`hri agency import`: all rows or none, each wrong row named, what is there left as it is."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from running import JSON, Hri, code_of, rows

HEADER = ("机构名称", "统一社会信用代码", "区县", "机构性质")
RESULT = [
    "read",
    "added",
    "updated",
    "unchanged",
    "skipped",
    "rejected",
    "unused_columns",
    "remarks",
    "errors",
    "files",
]


def row(number: int, name: str = "", district: str = "海淀区", kind: str = "经营性") -> list[str]:
    return [name or f"北京{number}公司", code_of(number), district, kind]


def write(path: Path, lines, header=HEADER) -> Path:
    """Write a csv or a workbook."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in [header, *lines]:
            book.active.append(list(line))
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *lines])
    return path


@pytest.fixture(params=[".csv", ".xlsx"])
def file(request, tmp_path):
    """Return what writes a table, as csv and as a workbook."""
    return lambda *lines, header=HEADER, name="in": write(
        tmp_path / f"{name}{request.param}", lines, header
    )


def take(hri: Hri, path: Path, *more: str | Path):
    return hri("agency", "import", path, *more, *JSON)


def counts(ran) -> tuple[int, ...]:
    """Return read, added, updated, unchanged, skipped, rejected of an import that went well."""
    return tuple(ran.ok().json[key] for key in RESULT[:6])


def refused(ran, status: int = 3, code: str = "rows-refused") -> list[dict]:
    """Return the findings of an import that was refused."""
    assert (ran.status, ran.out) == (status, ""), ran
    assert ran.error["code"] == code, ran.error
    details: list[dict] = ran.error["details"]
    keys = {"file", "sheet", "row", "column", "value", "reason"}
    assert all(set(finding) == keys for finding in details)
    return details


def found(hri: Hri) -> list[tuple]:
    return rows(hri.archive, "SELECT code, name FROM agency ORDER BY code")


def head(hri: Hri) -> list[tuple]:
    """What changes with any write."""
    return rows(hri.archive, "SELECT MAX(id) FROM journal")


# --- good files -----------------------------------------------------------------------------------


def test_the_result_has_the_keys_of_the_page(haidian, file):
    ran = take(haidian, file(row(1), row(2))).ok()
    assert list(ran.json)[: len(RESULT)] == RESULT
    assert counts(ran) == (2, 2, 0, 0, 0, 0)
    assert ran.json["unused_columns"] == []
    assert ran.json["errors"] == []


def test_one_line_says_how_many_rows_did_what(haidian, file):
    said = haidian("agency", "import", file(row(1), row(2))).ok()
    assert said.out == "读入 2 行：新增 2，更新 0，相同 0，跳过 0。\n"
    assert said.err == "提示 2 家机构没有许可证号（三(一)2），请核对：北京1公司、北京2公司。\n"


def test_every_column_comes_in_as_it_stands(haidian, file):
    header = (
        *HEADER, "许可证号", "从业起始日期", "法定代表人", "地址", "联系电话", "等级",
    )  # fmt: skip
    name = "北京甲&<b>{{x}}》龘𠮷公司"
    take(
        haidian,
        file(
            [*row(1, name), "00123", "2008年5月1日", "李四", "1号楼", "0100123", "aaa"],
            header=header,
        ),
    ).ok()
    record = haidian("agency", "show", code_of(1), *JSON).json
    assert record["name"] == name
    assert record["license"] == "00123"
    assert record["since"] == "2008-05-01"
    assert record["phone"] == "0100123"
    assert record["grade"] == "AAA"
    assert record["graded"] == "2013-10-10"
    assert (record["representative"], record["address"]) == ("李四", "1号楼")


def test_each_row_has_its_entry_in_the_journal(haidian, file):
    take(haidian, file(*(row(n) for n in range(1, 6)))).ok()
    entries = rows(
        haidian.archive, "SELECT operator, action FROM journal WHERE \"table\" = 'agency'"
    )
    assert entries == [("张检查", "insert")] * 5
    haidian("archive", "verify").ok()


def test_columns_that_were_not_used_are_named(haidian, file):
    ran = take(haidian, file([*row(1), "x", "y"], header=(*HEADER, "序号", "备注"))).ok()
    assert ran.json["unused_columns"] == ["序号", "备注"]
    assert "没有用到的列：序号、备注" in ran.err


def test_a_districts_archive_may_leave_the_district_out(haidian, city, file):
    path = file([*row(1)[:2], "经营性"], header=(*HEADER[:2], "性质"))
    assert counts(take(haidian, path)) == (1, 1, 0, 0, 0, 0)
    assert haidian("agency", "show", code_of(1), *JSON).json["district"] == "haidian"
    (missing,) = refused(take(city, path), 3, "column-missing")
    assert missing["column"] is None
    assert "“区县”" in missing["reason"]
    assert take(city, path, "--set", "district=延庆区").ok().json["added"] == 1


def test_a_file_with_a_header_and_no_rows_is_nothing(haidian, file):
    assert counts(take(haidian, file())) == (0, 0, 0, 0, 0, 0)


def test_the_pledge_of_an_agency_comes_in_with_it(haidian, file):
    header = (*HEADER, "承诺日期", "是否公示")
    path = file([*row(1), "2013.10.8", "√"], [*row(2), "", "是"], [*row(3), "", ""], header=header)
    ran = take(haidian, path)
    assert counts(ran) == (3, 3, 0, 0, 0, 0)
    assert ran.json["unused_columns"] == []
    assert [one for one in ran.json["remarks"] if "没有写承诺日期" in one and "北京2公司" in one]
    pledges = "SELECT date, displayed FROM pledge"
    assert rows(haidian.archive, pledges) == [("2013-10-08", 1)]
    other = file(
        [*row(1), "2013-10-09", "否"], [*row(2), "2013-10-08", ""], header=header, name="b"
    )
    assert "承诺日期、是否公示" in refused(take(haidian, other))[0]["reason"]
    assert counts(take(haidian, other, "--on-duplicate", "update")) == (2, 0, 2, 0, 0, 0)
    assert rows(haidian.archive, f"{pledges} ORDER BY date DESC") == [
        ("2013-10-09", 0), ("2013-10-08", None)
    ]  # fmt: skip
    assert counts(take(haidian, other)) == (2, 0, 0, 2, 0, 0)
    last = file([*row(1), "2014-10-08", ""], header=header, name="c")
    take(haidian, last, "--on-duplicate", "update").ok()
    assert len(rows(haidian.archive, pledges)) == 3
    haidian("archive", "verify").ok()


# --- wrong rows -----------------------------------------------------------------------------------


def test_every_wrong_row_is_named_with_column_value_and_reason(haidian, file):
    header = ("★ 单位名称", "信用代码（必填）", "所属区县", "性质", "成立日期")
    path = file(
        row(1),
        ["", code_of(2), "海淀", "经营性", ""],
        [*row(3)[:3], "民办", "2013-2-30"],
        ["北京4公司", "91110108000000004X", "海淀", "公益性", ""],
        [*row(5)[:2], "火星区", "公益性", ""],
        header=header,
    )
    details = refused(take(haidian, path))
    assert [(d["row"], d["column"], d["value"]) for d in details] == [
        (3, "★ 单位名称", None),
        (4, "性质", "民办"),
        (4, "成立日期", "2013-2-30"),
        (5, "信用代码（必填）", "91110108000000004X"),
        (6, "所属区县", "火星区"),
    ]
    assert all(d["reason"] for d in details)
    assert found(haidian) == []


def test_in_text_the_rows_are_listed_below_the_error(haidian, file):
    ran = haidian("agency", "import", file(row(1), [*row(2)[:3], "民办"], [*row(3)[:3], "x"]))
    first, *findings, hint = ran.err.splitlines()
    assert first.startswith("错误 [rows-refused] ")
    assert "2 行" in first
    assert [line.split("：")[0] for line in findings] == ["  第 3—4 行 机构性质（D 列）“民办”、“x”"]
    assert "--rejects" in hint
    assert found(haidian) == []


def test_all_rows_or_none_also_when_the_last_of_many_is_wrong(haidian, file):
    before = head(haidian)
    path = file(*(row(n) for n in range(1, 2101)), [*row(2101)[:3], "民办"])
    assert [d["row"] for d in refused(take(haidian, path))] == [2102]
    assert found(haidian) == []
    assert head(haidian) == before


@pytest.mark.parametrize("apart", [0, 1500])
def test_a_row_that_stands_twice_is_listed_twice(haidian, file, apart):
    lines = [row(1), *(row(n) for n in range(2, 2 + apart)), row(1, "另一个名称"), row(5000)]
    details = refused(take(haidian, file(*lines)))
    assert [(d["row"], d["column"], d["value"]) for d in details] == [
        (2, "统一社会信用代码", code_of(1)), (3 + apart, "统一社会信用代码", code_of(1))
    ]  # fmt: skip
    assert str(3 + apart) in details[0]["reason"]
    assert "2" in details[1]["reason"]
    assert found(haidian) == []


def test_a_row_that_stands_three_times_is_listed_three_times(haidian, file):
    details = refused(take(haidian, file(row(1), row(2), row(1), row(1))))
    assert [d["row"] for d in details] == [2, 4, 5]


@pytest.mark.parametrize("first", [True, False])
def test_a_wrong_row_and_a_good_one_of_the_same_code_are_both_refused(haidian, file, first):
    wrong = [*row(1)[:3], "民办"]
    lines = [wrong, row(1)] if first else [row(1), wrong]
    details = refused(take(haidian, file(*lines, row(2))))
    assert {d["row"] for d in details} == {2, 3}
    ran = take(haidian, file(*lines, row(2)), "--rejects", haidian.archive.with_name("bad.csv"))
    assert counts(ran)[1] == 1
    assert found(haidian) == [(code_of(2), "北京2公司")]


def test_the_same_code_in_another_width_stands_twice(haidian, file):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code_of(1).lower())
    details = refused(take(haidian, file(row(1), ["乙", wide, "海淀", "经营性"])))
    assert [d["row"] for d in details] == [2, 3]


def test_agencies_of_another_district_are_not_ours(haidian, file):
    path = file(row(1), row(2, district="朝阳区"))
    details = refused(take(haidian, path), 1, "not-ours")
    assert [(d["row"], d["column"], d["value"]) for d in details] == [(3, "区县", "朝阳区")]
    mixed = file(row(1), row(2, district="朝阳区"), [*row(3)[:3], "民办"], name="mixed")
    assert [d["row"] for d in refused(take(haidian, mixed))] == [3, 4]
    assert found(haidian) == []


def test_an_agency_that_was_handed_over_is_not_taken_back_by_a_file(haidian, file):
    take(haidian, file(row(1))).ok()
    haidian("agency", "edit", code_of(1), "--district", "朝阳").ok()
    details = refused(take(haidian, file(row(1)), "--on-duplicate", "update"), 1, "not-ours")
    assert details[0]["row"] == 2


def test_merged_districts_are_refused_with_a_word_on_where_they_went(city, file):
    details = refused(take(city, file(row(1, district="崇文区"), row(2, district="宣武"))))
    assert [("东城区" in d["reason"], "西城区" in d["reason"]) for d in details] == [
        (True, False), (False, True)
    ]  # fmt: skip


def test_a_code_that_a_spreadsheet_ruined_is_refused_by_name(haidian, file):
    lines = [
        ["甲", "9.11101E+17", "海淀", "经营性"],
        ["乙", "911101080000010000", "海淀", "公益性"],
    ]
    reasons = [d["reason"] for d in refused(take(haidian, file(*lines)))]
    assert "科学" in reasons[0]
    assert "0" in reasons[1]


def test_lenient_codes_take_a_wrong_check_character_with_a_mark(haidian, file):
    path = file(["甲公司", "91110108000000001B", "海淀", "经营性"])
    assert refused(take(haidian, path))[0]["reason"]
    assert counts(take(haidian, path, "--lenient-codes")) == (1, 1, 0, 0, 0, 0)
    assert "校验位" in haidian("agency", "show", "甲公司", *JSON).json["code_mark"]


def test_what_was_marked_is_told_with_its_count_and_the_first_rows(haidian, file):
    lines = [
        ["甲公司", "91110108000000001B", "海淀", "经营性"],
        row(1),
        ["乙公司", "110108000000001", "海淀", "经营性"],
        *([f"{n}公司", f"9111010800000{n}1B", "海淀", "经营性"] for n in range(500, 505)),
    ]
    ran = take(haidian, file(*lines), "--lenient-codes").ok()
    marked, unlicensed, alike = ran.json["remarks"]
    assert marked == (
        "7 个代码的校验位不对，照录并作了标记，请核对：第 2 行 91110108000000001B、"
        "第 4 行 110108000000001、第 5 行 91110108000005001B、第 6 行 91110108000005011B、"
        "第 7 行 91110108000005021B等。"
    )
    assert unlicensed.startswith("8 家机构没有许可证号")
    assert alike.startswith("1 家机构的组织机构代码和已登记的机构相同")
    assert ran.err == "".join(f"提示 {one}\n" for one in (marked, unlicensed, alike))


def test_what_went_in_only_after_a_bad_row_was_found_is_told_once(haidian, file, tmp_path):
    path = file(["甲公司", "110108000000001", "海淀", "经营性"], ["", code_of(1), "海淀", "公益性"])
    ran = take(haidian, path, "--rejects", tmp_path / "rejects.csv").ok()
    assert [remark[:3] for remark in ran.json["remarks"]] == ["1 个", "1 家"]


def test_what_is_there_already_is_not_told_again(haidian, file):
    path = file(["甲公司", "110108000000001", "海淀", "经营性"])
    assert len(take(haidian, path).ok().json["remarks"]) == 2
    assert take(haidian, path).ok().json["remarks"] == []


def test_a_start_after_today_warns_and_is_taken(haidian, file):
    path = file([*row(1), "2013-12-1"], header=(*HEADER, "成立日期"))
    ran = take(haidian, path).ok()
    assert counts(ran)[1] == 1
    assert "之后" in ran.err


def test_a_finding_names_the_header_as_it_stands_with_its_line_breaks(haidian, file, tmp_path):
    header = ("机构\n名称*", "统一社会信用\n代码", "区县", "机构性质", "备\n注")
    path = file(["甲公司", "91110108000000001B", "海淀", "经营性", "x"], header=header)
    assert refused(take(haidian, path))[0]["column"] == "统一社会信用\n代码"
    assert "统一社会信用 代码" in haidian("agency", "import", path).err
    rejects = tmp_path / "rejects.csv"
    ran = haidian("agency", "import", path, "--rejects", rejects)
    assert ran.status == 3
    assert "  第 2 行 统一社会信用 代码（B 列）“91110108000000001B”：" in ran.out
    again = take(haidian, rejects)
    assert refused(again)[0]["column"] == "统一社会信用\n代码"
    assert take(haidian, rejects, "--lenient-codes").json["unused_columns"] == ["备\n注", "原因"]


# --- what is there already ------------------------------------------------------------------------


@pytest.fixture
def known(haidian):
    """An archive with two agencies, one of which has a phone and a full-width bracket."""
    haidian.add("北京1（集团）公司", code_of(1), "--phone", "010-1", "--grade", "AA")
    haidian.add("北京2公司", code_of(2))
    return haidian


@pytest.mark.parametrize("setting", ["fail", "skip", "update"])
def test_a_row_equal_to_the_archives_is_unchanged_under_every_setting(known, file, setting):
    before = head(known)
    same = file(row(1, "北京1(集团)公司"), row(2, "北京２公司", "海淀", "commercial"))
    assert counts(take(known, same, "--on-duplicate", setting)) == (2, 0, 0, 2, 0, 0)
    assert head(known) == before


@pytest.mark.parametrize("how", ["fail", "skip", "update"])
def test_a_row_of_a_known_code_may_leave_the_rest_out(haidian, file, how):
    take(haidian, file(row(1))).ok()
    path = file(["", code_of(1), "", ""], name="again")
    assert counts(take(haidian, path, "--on-duplicate", how)) == (1, 0, 0, 1, 0, 0)


def test_a_known_row_takes_what_it_says_and_keeps_what_it_does_not(haidian, file):
    take(haidian, file(row(1))).ok()
    path = file(["", code_of(1), "", "公益性"], name="again")
    assert counts(take(haidian, path, "--on-duplicate", "update")) == (1, 0, 1, 0, 0, 0)
    record = haidian("agency", "show", code_of(1), *JSON).json
    assert (record["name"], record["kind"]) == ("北京1公司", "public")


def test_a_new_row_that_leaves_them_out_is_refused_cell_by_cell(city, file):
    details = refused(take(city, file(["", code_of(1), "", ""], row(2))))
    assert [(one["row"], one["column"], one["value"], one["reason"]) for one in details] == [
        (2, header, None, "没有填写") for header in ("机构名称", "区县", "机构性质")
    ]
    assert found(city) == []


def test_an_empty_cell_leaves_what_is_there(known, file):
    header = (*HEADER, "联系电话", "等级")
    path = file([*row(1, "北京1（集团）公司"), "", ""], header=header)
    assert counts(take(known, path)) == (1, 0, 0, 1, 0, 0)
    path = file([*row(1, "北京1（集团）公司"), "010-2", ""], header=header, name="next")
    assert counts(take(known, path, "--on-duplicate", "update")) == (1, 0, 1, 0, 0, 0)
    record = known("agency", "show", code_of(1), *JSON).json
    assert (record["phone"], record["grade"]) == ("010-2", "AA")


def test_a_different_row_is_refused_by_default_skipped_or_taken(known, file):
    path = file(row(1, "北京9公司"), row(2), row(3))
    details = refused(take(known, path))
    assert [(d["row"], d["column"], d["value"]) for d in details] == [
        (2, "统一社会信用代码", code_of(1))
    ]
    assert "机构名称" in details[0]["reason"]
    assert len(found(known)) == 2
    assert refused(take(known, path, "--on-duplicate", "fail"))
    assert counts(take(known, path, "--on-duplicate", "skip")) == (3, 1, 0, 1, 1, 0)
    assert found(known)[0] == (code_of(1), "北京1（集团）公司")
    assert counts(take(known, path, "--on-duplicate", "update")) == (3, 0, 1, 2, 0, 0)
    record = known("agency", "show", code_of(1), *JSON).json
    assert record["name"] == "北京9公司"
    assert record["former_names"] == ["北京1（集团）公司"]
    assert counts(take(known, path)) == (3, 0, 0, 3, 0, 0)
    known("archive", "verify").ok()


def test_another_word_for_on_duplicate_is_wrong_usage(known, file):
    assert take(known, file(row(1)), "--on-duplicate", "replace").status == 2


def test_a_grade_that_changed_bears_the_day(known, file):
    path = file([*row(1, "北京1（集团）公司"), "AAAA"], header=(*HEADER, "等级"))
    known("--today", "2013-11-1", "agency", "import", path, "--on-duplicate", "update").ok()
    assert known("agency", "show", code_of(1), *JSON).json["graded"] == "2013-11-01"


# --- dry run, rejects, map, set -------------------------------------------------------------------


def test_a_dry_run_says_what_would_happen_and_writes_nothing(known, file, tmp_path):
    before = head(known)
    path = file(row(1, "北京9公司"), row(3))
    ran = take(known, path, "--dry-run", "--on-duplicate", "update")
    assert counts(ran) == (2, 1, 1, 0, 0, 0)
    assert head(known) == before
    said = known("agency", "import", path, "--dry-run", "--on-duplicate", "update")
    assert said.out.startswith("试运行，没有写入：")
    bad = file(row(3), [*row(4)[:3], "民办"], name="bad")
    assert refused(take(known, bad, "--dry-run"))
    ran = take(known, bad, "--dry-run", "--rejects", tmp_path / "r.csv").ok()
    assert counts(ran) == (2, 1, 0, 0, 0, 1)
    assert not (tmp_path / "r.csv").exists()
    assert head(known) == before


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_good_rows_go_in_and_bad_ones_come_back_to_be_mended(known, file, tmp_path, suffix):
    header = (*HEADER, "备注")
    path = file(
        [*row(3), "a"], [*row(4)[:3], "民办", "b"], [*row(5), "c"], [*row(5, "别名"), "d"],
        [*row(1, "北京9公司"), "e"], header=header,
    )  # fmt: skip
    rejects = tmp_path / f"rejects{suffix}"
    ran = take(known, path, "--rejects", rejects)
    assert counts(ran) == (5, 1, 0, 0, 0, 4)
    assert [error["row"] for error in ran.json["errors"]] == [3, 4, 5, 6]
    assert [code for code, _ in found(known)] == [code_of(1), code_of(2), code_of(3)]

    lines = read(rejects)
    assert lines[0] == [*header, "原因"]
    assert [line[:5] for line in lines[1:]] == [
        [*row(4)[:3], "民办", "b"], [*row(5), "c"], [*row(5, "别名"), "d"],
        [*row(1, "北京9公司"), "e"]
    ]  # fmt: skip
    assert all(line[5] for line in lines[1:])
    assert "民办" not in lines[1][5] or "机构性质" in lines[1][5]

    # What was not mended is refused again, by the reasons that stand there.
    again = refused(take(known, rejects))
    assert {finding["row"] for finding in again} == {2, 3, 4, 5}
    mended = [[*lines[1][:3], "公益性", *lines[1][4:]], lines[2]]
    ran = take(known, write(tmp_path / f"mended{suffix}", mended, lines[0]))
    assert counts(ran) == (2, 2, 0, 0, 0, 0)
    assert ran.json["unused_columns"][0] == "备注"


def read(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines))
    sheet = openpyxl.load_workbook(path).active
    return [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]


def test_without_bad_rows_no_rejects_are_written(haidian, file, tmp_path):
    assert counts(take(haidian, file(row(1)), "--rejects", tmp_path / "r.csv"))[1] == 1
    assert not (tmp_path / "r.csv").exists()


def test_rejects_never_replace_a_file_unless_forced_and_never_the_input(haidian, file, tmp_path):
    there = tmp_path / "there.csv"
    there.write_text("x", encoding="utf-8")
    path = file(row(1), [*row(2)[:3], "民办"])
    ran = take(haidian, path, "--rejects", there)
    assert (ran.status, ran.error["code"]) == (4, "file-exists")
    assert there.read_text(encoding="utf-8") == "x"
    assert found(haidian) == []
    before = path.read_bytes()
    ran = take(haidian, path, "--rejects", path, "--force")
    assert (ran.status, ran.error["code"]) == (4, "protected")
    assert path.read_bytes() == before
    assert counts(take(haidian, path, "--rejects", there, "--force"))[5] == 1
    ran = take(haidian, path, "--rejects", tmp_path / "none" / "r.csv")
    assert (ran.status, ran.error["code"]) == (5, "folder-missing")
    ran = take(haidian, path, "--rejects", tmp_path / "r.txt")
    assert ran.status == 2


def test_map_and_set_name_columns_and_fill_them(haidian, file):
    path = file(["甲公司", code_of(1)], header=("企业", "编号"))
    ran = take(haidian, path, "--map", "企业=name", "--map", "编号=code", "--set", "kind=公益性")
    assert counts(ran) == (1, 1, 0, 0, 0, 0)
    record = haidian("agency", "show", "甲公司", *JSON).json
    assert (record["code"], record["kind"]) == (code_of(1), "public")


@pytest.mark.parametrize(
    ("option", "value", "status"),
    [
        ("--map", "没有的列=name", 3), ("--map", "机构名称=nothing", 2), ("--map", "机构名称", 2),
        ("--set", "kind=民办", 2), ("--set", "nothing=x", 2), ("--set", "kind", 2),
        ("--set", "kind=公益性", 3), ("--set", "=x", 2),
    ],
)  # fmt: skip
def test_a_wrong_map_or_set_is_refused(haidian, file, option, value, status):
    ran = take(haidian, file(row(1)), option, value)
    assert (ran.status, ran.out) == (status, ""), ran
    assert ran.error["message"]
    assert ran.error["hint"] not in ("", "用法见 hri --help。")
    assert found(haidian) == []


def test_a_missing_file_is_exit_4_and_another_kind_exit_3(haidian, tmp_path):
    ran = take(haidian, tmp_path / "none.csv")
    assert (ran.status, ran.error["code"]) == (4, "file-missing")
    other = tmp_path / "a.csv"
    other.write_bytes(b"%PDF-1.4")
    ran = take(haidian, other)
    assert (ran.status, ran.error["code"]) == (3, "file-refused")
    assert take(haidian, tmp_path).status == 3


def test_an_import_comes_back_from_a_failure_in_the_middle(haidian, file, monkeypatch):
    from hrintegrity.archive import writer

    kept, calls = writer._append, []

    def failing(*given, **more):
        calls.append(1)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return kept(*given, **more)

    before = head(haidian)
    monkeypatch.setattr(writer, "_append", failing)
    ran = take(haidian, file(*(row(n) for n in range(1, 2500))))
    assert ran.status == 5
    assert len(calls) == 2
    monkeypatch.undo()
    assert head(haidian) == before
    assert found(haidian) == []
    haidian("archive", "verify").ok()
