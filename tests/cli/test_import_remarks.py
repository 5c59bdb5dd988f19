"""What an import says of data that looks odd: counted, with the rows, and taken all the same."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from running import JSON, Hri, code_of

HEADER = ("机构名称", "统一社会信用代码", "区县", "机构性质")
NAME = "北京1公司"


def line(number: int, *more: str) -> list[str]:
    return [f"北京{number}公司", code_of(number), "海淀区", "经营性", *more]


def table(path: Path, *lines, header=HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


def remark(ran, word: str) -> str:
    """Return the one remark that has a word."""
    found = [one for one in ran.ok().json["remarks"] if word in one]
    assert len(found) == 1, ran.json["remarks"]
    return found[0]


def agencies(hri: Hri, path: Path, header: str, *texts: str):
    """Import an agency for each text under one more header."""
    lines = [line(number, text) for number, text in enumerate(texts, 1)]
    return hri("agency", "import", table(path / "a.csv", *lines, header=(*HEADER, header)), *JSON)


@pytest.mark.parametrize(
    ("command", "header", "row"),
    [
        ("agency import-pledges", ["机构名称", "承诺日期"], [NAME, "2013-12-01"]),
        (
            "agency import-reviews",
            ["机构名称", "年度", "结果", "日期"],
            [NAME, "2013", "通过", "2014-12-25"],
        ),
        (
            "agency import-penalties",
            ["机构名称", "处罚机关", "依据", "日期"],
            [NAME, "工商", "罚字1号", "2014-12-25"],
        ),
        (
            "agency staff import",
            ["机构名称", "姓名", "到岗日期"],
            [NAME, "郑静", "2014-12-03"],
        ),
        (
            "inspect import",
            ["机构名称", "检查日期", "公示", "承诺", "台账", "反馈"],
            [NAME, "2013-11-08", "√", "√", "√", "√"],
        ),
        (
            "complaint import",
            ["机构名称", "受理日期", "渠道", "事由"],
            [NAME, "2013-11-08", "其他", "收费不明"],
        ),
        (
            "reward import",
            ["机构名称", "种类", "日期", "说明"],
            [NAME, "表彰奖励", "2013-11-08", "通报"],
        ),
        (
            "campaign import",
            ["活动类型", "活动日期", "活动名称"],
            ["主题宣传活动", "2013-11-08", "宣传日"],
        ),
    ],
)
def test_a_day_after_today_is_taken_with_a_remark(haidian, tmp_path, command, header, row):
    haidian.add(NAME, code_of(1))
    ran = haidian(*command.split(), table(tmp_path / "a.csv", row, header=header), *JSON)
    assert "有 1 行（第 2 行）在今天（2013-10-10）之后" in remark(ran, "之后")
    assert ran.json["added"] == 1


@pytest.mark.parametrize(("header", "is_remarked"), [("发证日期", True), ("有效期至", False)])
def test_what_happened_can_t_lie_ahead_but_a_term_ends_then(haidian, tmp_path, header, is_remarked):
    ran = agencies(haidian, tmp_path, header, "2014-05-01", "2013-10-10")
    assert any("之后" in one for one in ran.ok().json["remarks"]) is is_remarked


def test_a_term_that_ends_before_it_begins_is_remarked_on(haidian, tmp_path):
    header = (*HEADER, "发证日期", "有效期至")
    path = table(tmp_path / "a.csv", line(1, "2012-05-01", "2011-04-30"), header=header)
    ran = haidian("agency", "import", path, *JSON)
    assert "第 2 行 北京1公司（2012-05-01 至 2011-04-30）" in remark(ran, "早于发证日期")


def test_so_it_is_where_it_is_typed_in(haidian):
    term = ("--license-from", "2012-05-01", "--license-until", "2011-04-30")
    added = haidian(
        "agency", "add", "--name", NAME, "--code", code_of(1), "--kind", "经营性", *term
    )
    assert "早于发证日期" in added.ok().err
    haidian.add("北京2公司", code_of(2), "--license-from", "2012-05-01")
    edited = haidian("agency", "edit", "北京2公司", "--license-until", "2011-04-30")
    assert "早于发证日期" in edited.ok().err


@pytest.mark.parametrize(
    ("header", "texts", "rows"),
    [
        ("状态", ("正常", "已注销", "停业"), "3—4"),
        ("在营情况", ("未注销", "吊销", ""), "3"),
        ("注销日期", ("", "/", "2012-03-01"), "4"),
    ],
)
def test_a_column_that_is_not_read_but_says_who_has_ceased_is_named(
    haidian, tmp_path, header, texts, rows
):
    said = remark(agencies(haidian, tmp_path, header, *texts), "hri agency close")
    assert f"“{header}”一列（E 列）没有读入" in said
    assert f"第 {rows} 行" in said


def test_so_is_one_that_says_who_has_left(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    path = table(
        tmp_path / "a.csv", [NAME, "郑静", "离职"], header=["机构名称", "姓名", "在职情况"]
    )
    assert "hri agency staff leave" in remark(
        haidian("agency", "staff", "import", path, *JSON), "离职"
    )


@pytest.mark.parametrize("word", ["已注销", "停业"])
def test_who_is_said_to_have_ceased_is_published_until_it_is_closed(haidian, tmp_path, word):
    header = (*HEADER, "许可证号", "状态")
    path = table(tmp_path / "a.csv", line(1, "京1", word), header=header)
    said = remark(haidian("agency", "import", path, *JSON), "hri agency close")
    assert "对外公布的许可状态只看有效期" in said
    assert haidian("agency", "show", NAME, *JSON).ok().json["license_state"] == "valid"

    def published(folder: str) -> str:
        haidian("report", "public", "-o", tmp_path / folder).ok()
        with (tmp_path / folder / "public.csv").open(encoding="utf-8-sig", newline="") as file:
            header, row = csv.reader(file)
        return row[header.index("许可状态")]

    assert published("before") == "有效"
    command = said[said.index("hri agency close") :].removesuffix(" 登记").split()[1:]
    values = {"代码": code_of(1), "日期": "2013-10-01", "原因": word}
    haidian(*(values.get(one, one) for one in command)).ok()
    assert published("after") == "已终止"


def staff(hri: Hri, path: Path, header: str, *days: str, more=()):
    """Import staff with one more column; return what was said, and when each of them entered."""
    lines = [[NAME, f"郑{letter}", day] for letter, day in zip("ABCD", days, strict=False)]
    file = table(path / "staff.csv", *lines, header=["机构名称", "姓名", header])
    ran = hri("agency", "staff", "import", file, *more, *JSON).ok().json
    listed = hri("agency", "staff", "list", NAME, *JSON).ok().json
    return ran["remarks"], [one["since"] for one in sorted(listed, key=lambda one: one["name"])]


@pytest.mark.parametrize("header", ["参加工作时间", "进厂时间"])
@pytest.mark.parametrize(
    "days", [["2011-05-04", "2012.3.5"], ["", "2012年3月"], ["/", "2012-03-05 08:30:00"]]
)
def test_a_column_of_days_that_is_not_read_is_named_where_staff_start_today(
    haidian, tmp_path, header, days
):
    haidian.add(NAME, code_of(1))
    said, since = staff(haidian, tmp_path, header, *days)
    assert since == ["2013-10-10"] * 2
    assert "有 2 行没有到岗日期，按导入当天登记" in said
    (named,) = [one for one in said if "没有到岗日期一列" in one]
    assert f"没有读入的“{header}”（C 列）写的是日期" in named
    assert f"--map {header}=到岗日期" in named


def test_what_that_remark_says_to_type_mends_it(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    said, _ = staff(haidian, tmp_path, "进厂时间", "2011-05-04", "2012-03-05")
    assert "--map 进厂时间=到岗日期" in "".join(said)
    assert "--on-duplicate update" in "".join(said)
    more = ("--map", "进厂时间=到岗日期", "--on-duplicate", "update")
    said, since = staff(haidian, tmp_path, "进厂时间", "2011-05-04", "2012-03-05", more=more)
    assert (said, since) == ([], ["2011-05-04", "2012-03-05"])


@pytest.mark.parametrize(
    ("header", "days", "is_known"),
    [
        ("出生日期", ["1980-01-01"], False),
        ("离职日期", [""], False),
        ("诚信承诺书上的日期", ["2013-09-01"], False),
        ("部门", ["2012-03-05", "市场部"], False),
        ("备注", [""], False),
        ("到岗日期", ["2012-03-05", ""], True),
    ],
)
def test_no_other_column_is_named_as_that_of_their_start(haidian, tmp_path, header, days, is_known):
    haidian.add(NAME, code_of(1))
    said, since = staff(haidian, tmp_path, header, *days)
    count = since.count("2013-10-10")
    assert said == [f"有 {count} 行没有到岗日期，按导入当天登记"]
    assert (count < len(days)) is is_known


@pytest.mark.parametrize("header", ["签署时间", "承诺书签署时间", "签订时间", "承诺书签订时间"])
def test_the_day_of_a_pledge_is_read_under_the_names_that_offices_use(haidian, tmp_path, header):
    haidian.add(NAME, code_of(1))
    staff(haidian, tmp_path, header, "2013-09-01")
    (listed,) = haidian("agency", "staff", "list", NAME, *JSON).ok().json
    assert listed["pledged"] == "2013-09-01"


def test_several_columns_of_days_are_named_together(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    header = ["机构名称", "姓名", "参加工作时间", "进厂时间"]
    path = table(tmp_path / "a.csv", [NAME, "郑静", "2001-05-04", "2011-05-04"], header=header)
    said = remark(haidian("agency", "staff", "import", path, *JSON), "没有到岗日期一列")
    assert "“参加工作时间”（C 列）、“进厂时间”（D 列）" in said
    assert "--map 表头=到岗日期" in said


def test_a_day_given_for_all_rows_leaves_no_column_to_name(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    more = ("--set", "到岗日期=2012-03-05")
    said, since = staff(haidian, tmp_path, "参加工作时间", "2001-05-04", more=more)
    assert (said, since) == ([], ["2012-03-05"])


def test_a_date_cell_of_a_workbook_is_a_day_in_a_column_that_is_not_read_too(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    book = openpyxl.Workbook()
    book.active.append(["机构名称", "姓名", "进厂时间"])
    book.active.append([NAME, "郑静", dt.date(2011, 5, 4)])
    book.save(tmp_path / "a.xlsx")
    ran = haidian("agency", "staff", "import", tmp_path / "a.xlsx", *JSON)
    assert "“进厂时间”（C 列）" in remark(ran, "没有到岗日期一列")


@pytest.mark.parametrize(
    ("day", "since", "is_remarked"),
    [
        ("2013-10-08", "2013-10-08", False),
        ("2013-10-05", "2013-10-05", False),
        ("2013-10-04", "2013-10-10", True),
        ("", "2013-10-10", True),
    ],
)
def test_whoever_returns_starts_on_the_day_of_the_file_unless_they_left_after_it(
    haidian, tmp_path, day, since, is_remarked
):
    haidian.add(NAME, code_of(1))
    staff(haidian, tmp_path, "到岗日期", "2012-03-05")
    (person,) = haidian("agency", "staff", "list", NAME, *JSON).ok().json
    haidian("agency", "staff", "leave", person["id"], "--date", "2013-10-05").ok()
    more = ("--on-duplicate", "update")
    said, found = staff(haidian, tmp_path, "到岗日期", day, more=more)
    assert found == [since]
    assert any("没有写离开之后的到岗日期" in one for one in said) is is_remarked


def test_outstanding_agencies_of_today_are_counted_and_their_column_named(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    header = ["机构名称", "理由", "认定时间"]
    path = table(tmp_path / "a.csv", [NAME, "带头公示", "2013-10-08"], header=header)
    ran = haidian("campaign", "import-outstanding", path, *JSON)
    assert "按导入当天登记" in remark(ran, "有 1 行没有日期")
    assert "--map 认定时间=日期" in remark(ran, "没有日期一列")


@pytest.mark.parametrize("way", [1, -1])
def test_an_agency_under_its_older_or_newer_code_is_taken_with_the_way_to_merge_it(
    haidian, tmp_path, way
):
    codes = (code_of(1), code_of(1)[8:17])[::way]
    for name, code in zip((NAME, "北京一公司"), codes, strict=True):
        path = table(tmp_path / "a.csv", [name, code, "海淀区", "经营性"])
        ran = haidian("agency", "import", path, "--lenient-codes", *JSON)
    said = remark(ran, "组织机构代码")
    assert "hri agency merge" in said
    assert all(word in said for word in (NAME, "北京一公司", *codes))


@pytest.mark.parametrize(
    ("code", "address", "word"),
    [
        (code_of(1, "110105"), "", "朝阳区"),
        (code_of(1), "北京市西城区月坛北街1号", "西城区"),
        (code_of(1), "北京市海淀区学院路，对面是昌平区", ""),
        (code_of(1), "朝阳门外大街1号", ""),
        (code_of(1, "100000"), "", ""),
    ],
)
def test_a_code_or_an_address_of_another_district_is_remarked_on(
    haidian, tmp_path, code, address, word
):
    header = (*HEADER, "地址")
    path = table(tmp_path / "a.csv", [NAME, code, "海淀区", "经营性", address], header=header)
    ran = haidian("agency", "import", path, *JSON).ok().json
    found = [one for one in ran["remarks"] if "别的区县" in one]
    assert bool(found) is bool(word)
    assert word in "".join(found)
    assert haidian("agency", "show", code, *JSON).ok().json["district"] == "haidian"


@pytest.mark.parametrize(
    ("again", "is_remarked"),
    [
        (["广告法第九条", "2013-05-04"], True),
        (["广告法", "2013-05-05"], False),
        (["广告法", "2013-05-04"], False),
    ],
)
def test_a_penalty_like_one_on_record_is_remarked_on(haidian, tmp_path, again, is_remarked):
    haidian.add(NAME, code_of(1))
    header = ["机构名称", "处罚机关", "依据", "日期"]
    first = table(tmp_path / "a.csv", [NAME, "工商", "广告法", "2013-05-04"], header=header)
    second = table(tmp_path / "b.csv", [NAME, "工商", *again], header=header)
    ran = haidian("agency", "import-penalties", first, *JSON).ok().json
    assert not any("同一件" in one for one in ran["remarks"])
    ran = haidian("agency", "import-penalties", second, *JSON).ok().json
    assert any("同一件" in one for one in ran["remarks"]) is is_remarked


def test_so_is_a_reward(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    header = ["机构名称", "种类", "日期", "说明"]
    for name, note in (("a.csv", "通报表扬"), ("b.csv", "通报")):
        path = table(tmp_path / name, [NAME, "表彰奖励", "2013-05-04", note], header=header)
        ran = haidian("reward", "import", path, *JSON)
    assert "第 2 行 北京1公司" in remark(ran, "同一件")


@pytest.mark.parametrize(
    ("phone", "is_remarked"),
    [
        ("赵磊娜 18264079459", True),
        ("010-84904768转801", False),
        ("办公室：010-84904768、手机13800000000", False),
    ],
)
def test_a_phone_with_other_words_in_it_is_remarked_on(haidian, tmp_path, phone, is_remarked):
    ran = agencies(haidian, tmp_path, "联系电话", phone).ok().json
    assert any("别的文字" in one for one in ran["remarks"]) is is_remarked


# --- spellings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "text", "field", "value"),
    [
        ("许可证号", "'京人社朝0258号", "license", "京人社朝0258号"),
        ("许可证号", "１１０１０５００２６８", "license", "11010500268"),
        ("许可证号", "京人社（２０１３）８号", "license", "京人社（2013）8号"),
        ("联系电话", "０１０－８３６９３９４２", "phone", "010-83693942"),
        ("地址", "'北京市海淀区1号", "address", "北京市海淀区1号"),
        ("地址", "'甲'号楼", "address", "'甲'号楼"),
        ("法定代表人", "郑　静", "representative", "郑静"),
        ("法定代表人", "John　Smith", "representative", "John　Smith"),
        ("发证日期", "'2012-05-01", "license_from", "2012-05-01"),
    ],
)
def test_what_spreadsheets_and_input_methods_leave_in_cells_is_cleaned(
    haidian, tmp_path, header, text, field, value
):
    agencies(haidian, tmp_path, header, text).ok()
    assert haidian("agency", "show", code_of(1), *JSON).ok().json[field] == value


def test_a_wide_blank_within_a_name_is_dropped_however_it_comes_in(haidian, tmp_path):
    path = table(tmp_path / "a.csv", ["北京　英才公司", code_of(1), "海淀区", "经营性"])
    haidian("agency", "import", path).ok()
    assert haidian.add("北京　双才公司", code_of(2))["name"] == "北京双才公司"
    staff = table(tmp_path / "b.csv", ["北京英才公司", "郑　静"], header=["机构名称", "姓名"])
    haidian("agency", "staff", "import", staff).ok()
    listed = haidian("agency", "staff", "list", "北京英才公司", *JSON).ok().json
    assert [one["name"] for one in listed] == ["郑静"]


@pytest.mark.parametrize(
    "text",
    [
        "2012.02.25-2015.02.24",
        "2012-02-25至2015-02-24",
        "2012-02-25-2015-02-24",
        "自2012年2月25日起至2015年2月24日止",
        "20120225—20150224",
        "2012/2/25 ~ 2015/2/24",
    ],
)
@pytest.mark.parametrize("header", ["有效期限", "有效期", "许可期限"])
def test_two_days_in_a_cell_are_where_a_term_begins_and_ends(haidian, tmp_path, header, text):
    agencies(haidian, tmp_path, header, text).ok()
    found = haidian("agency", "show", code_of(1), *JSON).ok().json
    assert (found["license_from"], found["license_until"]) == ("2012-02-25", "2015-02-24")


def test_the_first_day_gives_way_to_a_column_of_its_own(haidian, tmp_path):
    header = (*HEADER, "发证日期", "有效期")
    path = table(tmp_path / "a.csv", line(1, "2012-03-01", "2012-02-25至2015-02-24"), header=header)
    assert "第 2 行" in remark(haidian("agency", "import", path, *JSON), "起日")
    found = haidian("agency", "show", code_of(1), *JSON).ok().json
    assert (found["license_from"], found["license_until"]) == ("2012-03-01", "2015-02-24")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2010年07月—2013年07月", "只写到月"),
        ("三年（2013.04.20起）", "不是日期"),
        ("长期", "不是日期"),
    ],
)
def test_a_term_without_days_is_refused(haidian, tmp_path, text, reason):
    ran = agencies(haidian, tmp_path, "有效期限", text)
    assert ran.status == 3
    assert reason in ran.error["details"][0]["reason"]


@pytest.mark.parametrize(
    "text",
    ["2012-10-01 08:15:00", "2012/10/1 8:15", "2012年10月1日 8时15分", "2012-10-01T08:15:00.0"],
)
def test_a_moment_is_its_day_with_a_remark(haidian, tmp_path, text):
    ran = agencies(haidian, tmp_path, "发证日期", text, "2012-10-02 00:00:00")
    assert "有 1 行（第 2 行）还写了钟点" in remark(ran, "钟点")
    found = haidian("agency", "show", code_of(1), *JSON).ok().json
    assert found["license_from"] == "2012-10-01"


def test_at_the_command_line_only_midnight_is_a_day(haidian):
    for text, status in (("2012-10-01 08:15:00", 2), ("2012-10-01 00:00:00", 0)):
        add = ("agency", "add", "--name", NAME, "--code", code_of(1), "--kind", "经营性")
        assert haidian(*add, "--license-from", text).status == status


@pytest.mark.parametrize("delimiter", ["|", ";", "\t"])
@pytest.mark.parametrize("quoted", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_other_separators_are_found(haidian, tmp_path, delimiter, quoted):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, quoting=quoted).writerows([HEADER, line(1)])
    assert haidian("agency", "import", path, *JSON).ok().json["added"] == 1


@pytest.mark.parametrize(
    ("table_of", "header", "word", "value"),
    [
        (
            "import-reviews",
            ["被检查单位", "年度", "年审结果", "年审日期"],
            "合格=通过",
            "结果 通过",
        ),
        (
            "import-reviews",
            ["机构", "年度", "年审结果", "年审时间"],
            "不合格=未通过",
            "结果 未通过",
        ),
    ],
)
def test_other_words_of_review_lists_are_taken_as_they_are_said_to_be(
    haidian, tmp_path, table_of, header, word, value
):
    haidian.add(NAME, code_of(1))
    row = [NAME, "2012", word.partition("=")[0], "2013.3.1"]
    path = table(tmp_path / "a.csv", row, header=header)
    assert haidian("agency", table_of, path).status == 3
    haidian("agency", table_of, path, "--word", word).ok()
    records = haidian("agency", "records", NAME, *JSON).ok().out
    assert value in records


def test_a_complaint_that_proved_true(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    header = ["被投诉单位", "受理时间", "渠道", "事由", "办结日期", "办理结果", "答复"]
    row = [NAME, "2013-10-01 08:15:00", "其他", "收费", "2013-10-05", "查实", "已退"]
    haidian("complaint", "import", table(tmp_path / "a.csv", row, header=header)).ok()
    (found,) = haidian("complaint", "list", *JSON).ok().json
    assert (found["received"], found["outcome"]) == ("2013-10-01", "substantiated")


@pytest.mark.parametrize(
    "foot", ["专家签字：张三　日期：2013年10月18日", "签字：", "签名：李四", "日期：2013年10月"]
)
def test_lines_for_signatures_beneath_a_table_are_passed_over(haidian, tmp_path, foot):
    ran = haidian("agency", "import", table(tmp_path / "a.csv", line(1), [foot]), *JSON)
    assert "第 3 行是表下的说明" in remark(ran, "没有读入")


# --- what the user says ---------------------------------------------------------------------------


def test_a_map_adds_a_name_for_a_field_and_the_others_hold(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    table(folder / "a.csv", line(1, "2015-05-20"), header=(*HEADER, "有效期至"))
    table(folder / "b.csv", line(2, "2015-05-31"), header=(*HEADER, "哪天到期"))
    haidian("agency", "import", folder, "--map", "哪天到期=有效期至").ok()
    terms = [
        haidian("agency", "show", code_of(n), *JSON).ok().json["license_until"] for n in (1, 2)
    ]
    assert terms == ["2015-05-20", "2015-05-31"]


def test_where_both_are_there_the_mapped_one_wins_and_the_other_is_named(haidian, tmp_path):
    header = (*HEADER, "有效期至", "哪天到期")
    path = table(tmp_path / "a.csv", line(1, "2015-05-20", "2015-05-31"), header=header)
    ran = haidian("agency", "import", path, "--map", "哪天到期=有效期至", *JSON)
    assert "“有效期至”一列（E 列）没有读入" in remark(ran, "--map")
    assert ran.json["unused_columns"] == ["有效期至"]
    assert haidian("agency", "show", code_of(1), *JSON).ok().json["license_until"] == "2015-05-31"


@pytest.mark.parametrize("header", ["发证日期", "地址", "联系电话", "许可证号"])
@pytest.mark.parametrize("word", ["NULL=", "NULL=无"])
def test_a_word_may_mean_nothing(haidian, tmp_path, header, word):
    lines = [line(1, "NULL")]
    path = table(tmp_path / "a.csv", *lines, header=(*HEADER, header))
    haidian("agency", "import", path, "--word", word).ok()
    found = haidian("agency", "show", code_of(1), *JSON).ok().json
    assert "NULL" not in found.values()


def test_a_word_says_which_agency_a_name_means(haidian, tmp_path):
    haidian.add("北京明德公司", code_of(1))
    header = ["机构名称", "承诺日期"]
    path = table(tmp_path / "a.csv", ["北京市明德公司", "2013-10-01"], header=header)
    ran = haidian("agency", "import-pledges", path, *JSON)
    assert "北京明德公司" in ran.error["details"][0]["reason"]
    word = ("--word", "北京市明德公司=北京明德公司")
    ran = haidian("agency", "import-pledges", path, *word, *JSON).ok().json
    assert (ran["added"], ran["remarks"]) == (1, [])


def test_what_the_user_says_a_word_means_goes_before_what_the_column_knows(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    header = ["机构名称", "承诺日期", "是否公示"]
    path = table(tmp_path / "a.csv", ["北京甲公司", "2013-10-01", "是"], header=header)
    word = ("--word", "是=否", "--word", "否=是")
    ran = haidian("agency", "import-pledges", path, *word, "--dry-run", *JSON).ok().json
    assert [one for one in ran["remarks"] if "没有用到" in one] == [
        "没有用到：--word 否，表里没有这样的列或格。"
    ]
    haidian("agency", "import-pledges", path, *word).ok()
    (pledge,) = haidian("agency", "dossier", code_of(1), *JSON).ok().json["promises"]["pledges"]
    assert pledge["displayed"] is False


def test_a_pledge_that_stands_twice_is_listed_under_the_agency(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    lines = [["北京甲公司", f"2013-10-0{day}"] for day in (1, 2)]
    path = table(tmp_path / "a.csv", *lines, header=["机构名称", "承诺日期"])
    details = haidian("agency", "import-pledges", path, *JSON).error["details"]
    assert [(one["row"], one["column"]) for one in details] == [(2, "机构名称"), (3, "机构名称")]


def test_a_word_or_a_remembered_header_that_was_not_needed_is_named(haidian, tmp_path):
    path = table(tmp_path / "a.csv", line(1))
    word = ("--word", "民营=经营性")
    assert "--word 民营" in remark(haidian("agency", "import", path, *word, *JSON), "没有用到")
    mapping = tmp_path / "m.yaml"
    mapping.write_text("map: {到期: 有效期至}\n", "utf-8")
    ran = haidian("agency", "import", path, "--mapping", mapping, *JSON)
    assert "--map 到期" in remark(ran, "没有用到")
    wrong = table(tmp_path / "b.csv", ["北京2公司", "1", "海淀区", "经营性"])
    assert "--word 民营" in haidian("agency", "import", wrong, *word).err


# --- rows that are the same -----------------------------------------------------------------------


def test_rows_that_are_wholly_equal_are_said_to_be(haidian, tmp_path):
    path = table(tmp_path / "a.csv", line(1), line(2), line(1))
    ran = haidian("agency", "import", path, *JSON)
    assert [(one["row"], one["reason"]) for one in ran.error["details"]] == [
        (2, "文件里写了两次（又见第 4 行），两行读入的各列都相同"),
        (4, "文件里写了两次（又见第 2 行），两行读入的各列都相同"),
    ]


def test_rows_are_equal_though_one_of_them_had_to_be_looked_at_closer(haidian, tmp_path):
    header = ("联系电话", *HEADER)
    path = table(tmp_path / "a.csv", ["无", *line(1)], ["", *line(1)], header=header)
    for finding in haidian("agency", "import", path, *JSON).error["details"]:
        assert "两行读入的各列都相同" in finding["reason"]


@pytest.mark.parametrize("apart", [0, 1001])
@pytest.mark.parametrize("times", [1, 2])
def test_with_rejects_the_first_of_equal_rows_goes_in(haidian, tmp_path, apart, times):
    others = [line(number) for number in range(2, apart + 2)]
    path = table(tmp_path / "a.csv", line(1), *others, *[line(1)] * times)
    ran = haidian("agency", "import", path, "--rejects", tmp_path / "r.csv", *JSON).ok().json
    assert (ran["added"], ran["rejected"]) == (apart + 1, times)
    assert [one["row"] for one in ran["errors"]] == [apart + 3 + n for n in range(times)]
    assert (tmp_path / "r.csv").read_text("utf-8-sig").count("两行读入的各列都相同") == times


def test_rows_that_differ_in_an_unused_column_only_are_equal(haidian, tmp_path):
    header = ("序号", *HEADER, "备注")
    lines = [["1", *line(1), "老户"], ["2", *line(2), ""], ["3", *line(1), ""]]
    path = table(tmp_path / "a.csv", *lines, header=header)
    found = haidian("agency", "import", path, *JSON).error["details"]
    assert [(one["row"], one["column"]) for one in found] == [(2, HEADER[1]), (4, HEADER[1])]
    assert "两行读入的各列都相同" in found[0]["reason"]
    assert "各留第一行" in haidian("agency", "import", path, *JSON).error["hint"]
    wrong = table(tmp_path / "b.csv", *lines, ["4", *line(2), "错"], header=header)
    wrong.write_text(wrong.read_text("utf-8").replace("北京2公司", "北京二公司", 1), "utf-8")
    assert "各留第一行" not in haidian("agency", "import", wrong, *JSON).error["hint"]
    ran = haidian("agency", "import", path, "--rejects", tmp_path / "r.csv", *JSON).ok().json
    assert (ran["added"], [one["row"] for one in ran["errors"]]) == (2, [4])


@pytest.mark.parametrize("apart", [0, 1001])
def test_where_one_of_them_differs_none_goes_in(haidian, tmp_path, apart):
    others = [line(number) for number in range(2, apart + 2)]
    differs = ["北京1分公司", code_of(1), "海淀区", "经营性"]
    path = table(tmp_path / "a.csv", line(1), *others, line(1), differs)
    ran = haidian("agency", "import", path, "--rejects", tmp_path / "r.csv", *JSON)
    assert (ran.json["added"], ran.json["rejected"]) == (apart, 3)


# --- messages -------------------------------------------------------------------------------------


def test_what_all_tables_lack_is_said_at_one_go_by_file_and_sheet(haidian, tmp_path):
    folder = tmp_path / "街道"
    folder.mkdir()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, header in (("甲街", "机构名称"), ("乙街", "叫什么")):
        sheet = book.create_sheet(name)
        sheet.append([header, "统一社会信用代码", "区县"])
        sheet.append(["北京1公司", code_of(1), "海淀区"])
    book.save(folder / "a.xlsx")
    table(folder / "b.csv", line(2))
    table(folder / "c.csv", line(3)[:3], header=HEADER[:3])
    ran = haidian("agency", "import", folder, "--sheet", "all")
    assert ran.status == 3
    said = ran.err.splitlines()
    assert "3 张表缺少必填的列" in said[0]
    assert [word in ran.err for word in ("a.xlsx“甲街”", "a.xlsx“乙街”", "c.csv")] == [True] * 3
    assert "b.csv" not in ran.err
    found = haidian("agency", "import", folder, "--sheet", "all", *JSON).error["details"]
    assert [(Path(one["file"]).name, one["sheet"]) for one in found] == [
        ("a.xlsx", "甲街"),
        ("a.xlsx", "乙街"),
        ("a.xlsx", "乙街"),
        ("c.csv", None),
    ]


@pytest.mark.parametrize(
    ("header", "near"),
    [
        ("备注", ""),
        ("从业人数", ""),
        ("注销日期", ""),
        ("序号", ""),
        ("ID", ""),
        ("机构名秤", "机构名称（name）"),
        ("机构性質", "机构性质（kind）"),
    ],
)
def test_a_header_is_likened_to_a_field_only_where_they_are_alike(haidian, tmp_path, header, near):
    path = table(tmp_path / "a.csv", ["x", code_of(1), "海淀"], header=[header, "信用代码", "区县"])
    hint = haidian("agency", "import", path, *JSON).error["hint"]
    assert ("像是" in hint) is bool(near)
    assert near in hint


def test_all_that_is_wrong_in_a_row_is_told(haidian, tmp_path):
    header = ["机构名称", "检查日期", "公示", "承诺", "台账", "反馈"]
    row = ["没有这家公司", "本月", "√", "√", "√", "√"]
    ran = haidian("inspect", "import", table(tmp_path / "a.csv", row, header=header), *JSON)
    assert [one["column"] for one in ran.error["details"]] == ["检查日期", "机构名称"]


def test_a_cell_that_can_t_be_read_is_told_once(haidian, tmp_path):
    header = ["信用代码", "检查日期", "公示", "承诺", "台账", "反馈"]
    row = ["9.1E+17", "2013-10-08", "√", "√", "√", "√"]
    ran = haidian("inspect", "import", table(tmp_path / "a.csv", row, header=header), *JSON)
    assert [one["column"] for one in ran.error["details"]] == ["信用代码"]


def test_headers_that_are_looked_for_are_all_named(haidian, tmp_path):
    path = table(tmp_path / "a.csv", ["1", "2"], header=["这里", "那里"])
    message = haidian("agency", "import-pledges", path, *JSON).error["hint"]
    assert "统一社会信用代码或机构名称、承诺日期" in message


def test_imports_are_listed_with_their_sheets_in_chinese_at_80_columns(haidian, tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("甲街", "乙街"):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(line(len(book.sheetnames)))
    book.save(tmp_path / "a.xlsx")
    ran = haidian("agency", "import", tmp_path / "a.xlsx", "--sheet", "乙街", *JSON).ok().json
    haidian("archive", "undo", ran["id"], "--reason", "试").ok()
    shown = haidian("archive", "imports").ok().out
    assert "a.xlsx“乙街”" in shown
    heading, row = shown.splitlines()[:2]
    assert "撤销" in heading
    assert "机构" in row
    assert "agency" not in row


# --- wrong data that came in silently once --------------------------------------------------------


def test_an_agency_of_nothing_but_marks_has_nothing(haidian, tmp_path):
    optional = (
        "许可证号",
        "发证机关",
        "发证日期",
        "有效期至",
        "联系人",
        "经营范围",
        "从业起始日期",
    )
    optional += ("法定代表人", "地址", "联系电话", "等级")

    def lacking(*texts: str) -> set[str]:
        path = table(tmp_path / "a.csv", line(1, *texts), header=(*HEADER, *optional))
        haidian("agency", "import", path, "--on-duplicate", "update").ok()
        (rates,) = haidian("report", "rates", "--missing", *JSON).ok().json
        (one,) = rates["missing"]["dossier"]
        return set(one["lacks"])

    others = {"pledge", "inspection", "assessment"}
    needed = {"license", "since", "representative", "address", "phone"}
    assert lacking(*["无"] * len(optional)) == needed | others
    found = haidian("agency", "show", code_of(1), *JSON).ok().json
    empty = ("license", "license_authority", "license_from", "license_until", "contact", "scope")
    empty += ("since", "representative", "address", "phone", "grade")
    assert {found[name] for name in empty} == {None}
    assert found["license_state"] == "none"
    assert haidian("agency", "show", "无", *JSON).status == 4
    days = ("2012-02-25", "2015-02-24")
    real = (
        "京1",
        "市人社局",
        *days,
        "赵六",
        "职业介绍",
        days[0],
        "李四",
        "中关村1号",
        "010-1",
        "A",
    )
    assert lacking(*real) == others


def test_a_licence_with_an_invisible_character_is_found_again(haidian, tmp_path):
    agencies(haidian, tmp_path, "许可证号", "京人\u200b社8号").ok()
    assert haidian("agency", "show", "京人社8号", *JSON).ok().json["code"] == code_of(1)
    assert haidian("agency", "show", "京人\u200b社8号", *JSON).ok().json["code"] == code_of(1)


def test_a_start_that_is_not_understood_is_named_not_taken_for_today(haidian, tmp_path):
    haidian.add(NAME, code_of(1))
    path = table(
        tmp_path / "a.csv", [NAME, "郑静", "去年"], header=["机构名称", "姓名", "入职时间"]
    )
    ran = haidian("agency", "staff", "import", path, *JSON)
    assert (ran.status, ran.error["details"][0]["column"]) == (3, "入职时间")


def test_a_folder_of_filled_forms_is_one_import_and_blank_ones_are_passed_over(haidian, tmp_path):
    folder = tmp_path / "评分表"
    folder.mkdir()
    for number in (1, 2):
        haidian.add(f"北京{number}公司", code_of(number))
        form = folder / f"{number}.xlsx"
        haidian("assess", "sheet", code_of(number), "--source", "expert", "-o", form).ok()
    book = openpyxl.load_workbook(folder / "1.xlsx")
    sheet = book.active
    sheet["B5"] = "王专家"
    for row in range(7, 29):
        sheet.cell(row, 6).value = 1
    book.save(folder / "1.xlsx")
    ran = haidian("assess", "import", folder, *JSON)
    assert (ran.ok().json["read"], ran.json["added"]) == (1, 1)
    assert "2.xlsx" in remark(ran, "没有填写的评分表")
