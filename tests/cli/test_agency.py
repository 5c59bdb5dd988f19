"""`hri agency` add, list, show, edit, close: the register, and how an agency is named."""

from __future__ import annotations

import json

import pytest

from assessing import rate
from running import JSON, code_of, rows

KEYS = [
    *("id", "code", "name", "former_names", "district", "district_name", "kind", "license"),
    *("license_authority", "license_from", "license_until", "license_state", "since"),
    *("representative", "contact", "scope", "address", "phone", "grade", "location", "status"),
]
"""What docs/contract.md says an agency's JSON has, in this order; more may follow."""

STRANGE = "北京“甲&<b>{{name}}{%x%}》龘𠮷”（集团）有限公司"
WRONG = "91110108000000001B"
"""A credit code whose check character fails."""


def refused(ran, status: int, code: str) -> dict:
    assert (ran.status, ran.out) == (status, ""), ran
    error = ran.error
    assert error["code"] == code, error
    return error


def add(hri, *more: str, number: int = 1, name: str = "北京甲公司", kind: str = "经营性"):
    return hri("agency", "add", "--name", name, "--code", code_of(number), "--kind", kind, *more)


# --- adding ---------------------------------------------------------------------------------------


def test_a_record_has_the_keys_of_the_page_and_what_was_given(haidian):
    given = {
        "--license": "京人服证字（2010）第1号", "--license-authority": "北京市人力社保局",
        "--license-from": "2010-05-01", "--license-until": "2013-10-10", "--contact": "赵六",
        "--scope": "职业介绍", "--since": "2008年5月1日",
        "--representative": "李四", "--address": "中关村大街1号",
        "--phone": "010-62345678", "--grade": "AAAAA",
    }  # fmt: skip
    options = [part for pair in given.items() for part in pair]
    record = add(haidian, *options, *JSON, name=STRANGE).ok().json
    assert list(record)[: len(KEYS)] == KEYS
    assert {key: record[key] for key in KEYS[1:]} == {
        "code": code_of(1), "name": STRANGE, "former_names": [], "district": "haidian",
        "district_name": "海淀区", "kind": "commercial", "license": "京人服证字（2010）第1号",
        "license_authority": "北京市人力社保局", "license_from": "2010-05-01",
        "license_until": "2013-10-10", "license_state": "valid", "contact": "赵六",
        "scope": "职业介绍", "location": None,
        "since": "2008-05-01", "representative": "李四", "address": "中关村大街1号",
        "phone": "010-62345678", "grade": "AAAAA", "status": "active",
    }  # fmt: skip
    assert haidian("agency", "show", code_of(1), *JSON).json == record
    assert haidian("agency", "list", *JSON).json == [record]


def test_what_was_not_given_is_null(haidian):
    record = add(haidian, "--address", "　 ", *JSON).ok().json
    assert [key for key in KEYS if record[key] is None] == [
        *("license", "license_authority", "license_from", "license_until", "since"),
        *("representative", "contact", "scope", "address", "phone", "grade", "location"),
    ]


def test_one_line_says_what_was_done_and_by_whom(haidian):
    said = add(haidian, "--license", "京1").ok()
    assert said.out == f"已登记：北京甲公司（{code_of(1)}，海淀区）。\n"
    assert said.err == ""
    entries = rows(haidian.archive, "SELECT operator, action FROM journal ORDER BY id")
    assert entries[-1] == ("张检查", "insert")
    add(haidian, number=2).ok()
    haidian("--as", "王五", "agency", "edit", code_of(2), "--phone", "1").ok()
    assert rows(haidian.archive, "SELECT operator FROM journal ORDER BY id")[-1] == ("王五",)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (code_of(7).lower(), code_of(7)),
        (f" {code_of(7)[:8]} {code_of(7)[8:]}　", code_of(7)),
        ("".join(chr(ord(c) + 0xFEE0) for c in code_of(7)), code_of(7)),
        ("12345678-8", "123456788"),
        ("1234567885", None),
        ("110108012345672", "110108012345672"),
    ],
    ids=[
        "lower case",
        "blanks",
        "full width",
        "organisation code",
        "ten digits",
        "business number",
    ],
)
def test_codes_are_stored_in_upper_case_half_width_without_blanks(haidian, written, stored):
    command = ["agency", "add", "--name", "甲公司", "--code", written, "--kind", "public"]
    ran = haidian(*command, *JSON)
    if stored is None:
        refused(ran, 3, "bad-code")
    else:
        assert ran.ok().json["code"] == stored
        assert haidian("agency", "show", written, *JSON).ok().json["code"] == stored


@pytest.mark.parametrize("code", [WRONG, "123456789", "1", "", "９１", "91110108MA0O000000"])
def test_a_wrong_code_is_refused_and_nothing_is_written(haidian, code):
    before = rows(haidian.archive, "SELECT COUNT(*) FROM journal")
    ran = haidian("agency", "add", "--name", "甲", "--code", code, "--kind", "public", *JSON)
    error = refused(ran, 3, "bad-code")
    assert error["details"][0]["column"] == "code"
    assert error["details"][0]["value"] == code
    assert error["details"][0]["reason"]
    assert rows(haidian.archive, "SELECT COUNT(*) FROM journal") == before


@pytest.mark.parametrize("code", [WRONG, "123456789"])
def test_lenient_codes_take_a_wrong_check_character_with_a_warning_and_a_mark(haidian, code):
    command = ["agency", "add", "--name", "甲", "--code", code, "--kind", "public"]
    ran = haidian(*command, "--lenient-codes", *JSON).ok()
    assert ran.json["code"] == code
    assert "校验位不对" in ran.json["code_mark"]
    assert ran.err.startswith("提示 ")
    assert "校验位不对" in ran.err


@pytest.mark.parametrize("code", ["1", "91110108MA0O000000", ""])
def test_lenient_codes_take_nothing_that_has_no_shape_of_a_code(haidian, code):
    command = ["agency", "add", "--name", "甲", "--code", code, "--kind", "public"]
    refused(haidian(*command, "--lenient-codes", *JSON), 3, "bad-code")


def test_a_business_number_that_fails_is_marked_and_not_refused(haidian):
    command = ["agency", "add", "--name", "甲", "--code", "110108012345679", "--kind", "public"]
    ran = haidian(*command, *JSON).ok()
    assert "校验位不对" in ran.json["code_mark"]
    assert ran.err.startswith("提示 ")


def test_a_code_that_is_there_is_exit_4_and_names_whose_it_is(haidian):
    add(haidian).ok()
    error = refused(add(haidian, *JSON, name="另一家"), 4, "agency-exists")
    assert "北京甲公司" in error["message"]


@pytest.mark.parametrize("name", ["", "　 ", "甲\x07公司"])
def test_a_name_that_says_nothing_is_refused(haidian, name):
    ran = add(haidian, *JSON, name=name)
    assert ran.status in (2, 3)
    assert ran.out == ""
    assert rows(haidian.archive, "SELECT * FROM agency") == []


@pytest.mark.parametrize("text", ["\x00", "\x1b[31m红", "a\x0bb", "\ud800"])
@pytest.mark.parametrize("option", ["--address", "--license", "--phone", "--representative"])
def test_a_character_that_no_workbook_holds_is_refused(haidian, option, text):
    ran = add(haidian, option, text, *JSON)
    assert ran.status == 2
    assert rows(haidian.archive, "SELECT * FROM agency") == []


# --- words, districts and days --------------------------------------------------------------------


@pytest.mark.parametrize("word", ["commercial", "经营性", " 经营性 ", "Commercial"])
def test_a_word_may_be_english_or_chinese_and_json_is_english(haidian, word):
    assert add(haidian, *JSON, kind=word).ok().json["kind"] == "commercial"
    assert "经营性" in haidian("agency", "show", code_of(1)).out


@pytest.mark.parametrize("word", ["民办", "经营", "", "commercial公益性"])
def test_another_word_is_refused_with_those_allowed(haidian, word):
    error = refused(add(haidian, *JSON, kind=word), 2, "bad-value")
    assert "经营性（commercial）、公益性（public）" in error["message"]


DISTRICTS = [
    ("朝阳区", "chaoyang"), ("朝阳", "chaoyang"), ("chaoyang", "chaoyang"),
    ("CHAOYANG", "chaoyang"), ("北京市朝阳区", "chaoyang"), ("密云县", "miyun"),
    ("密云区", "miyun"), ("延庆县", "yanqing"), ("延庆区", "yanqing"),
    ("开发区", "kaifaqu"), ("经开区", "kaifaqu"),
    ("北京经济技术开发区", "kaifaqu"), ("亦庄", "kaifaqu"), ("kaifaqu", "kaifaqu"),
    ("municipal", "municipal"), ("市属机构", "municipal"), ("市属", "municipal"),
    ("市人社局", "municipal"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), DISTRICTS)
def test_a_district_has_several_names(city, name, code):
    assert add(city, "--district", name, *JSON).ok().json["district"] == code
    assert len(city("agency", "list", "--district", name, *JSON).json) == 1


@pytest.mark.parametrize("name", ["崇文区", "宣武", "火星区", ""])
def test_a_district_that_is_none_is_refused(city, name):
    error = refused(add(city, "--district", name, *JSON), 4, "district-unknown")
    if name in ("崇文区", "宣武"):
        assert "2010" in error["message"]
        assert ("东城区" if name == "崇文区" else "西城区") in error["message"]


def test_a_place_is_no_office(city):
    ran = add(city, "--district", "市属", "--location", "市属", *JSON)
    refused(ran, 2, "bad-value")
    record = add(city, "--district", "市属", "--location", "海淀", *JSON).ok().json
    assert record["location"] == "haidian"


@pytest.mark.parametrize(
    "day",
    ["2008-05-01", "2008/5/1", "2008年5月1日", "２００８／５／１", "20080501", "2008.5.1"],
)
def test_a_day_may_be_written_as_offices_write_it(haidian, day):
    assert add(haidian, "--since", day, *JSON).ok().json["since"] == "2008-05-01"


@pytest.mark.parametrize("day", ["2008-2-30", "5/1/2008", "昨天", "41555", ""])
def test_what_is_no_day_is_refused(haidian, day):
    refused(add(haidian, "--since", day, *JSON), 2, "bad-value")


def test_a_day_after_today_warns_and_is_taken(haidian):
    ran = add(haidian, "--since", "2013-10-11", "--license", "京1", *JSON).ok()
    assert ran.json["since"] == "2013-10-11"
    assert ran.err == "提示 日期 2013-10-11 在今天（2013-10-10）之后，请核对。\n"
    ran = haidian("agency", "close", "甲", "--date", "2013-10-12", "--reason", "歇业").ok()
    assert ran.err.startswith("提示 ")


def test_days_out_of_order_warn_and_are_taken(haidian):
    add(haidian, "--since", "2010-5-1").ok()
    ran = haidian("agency", "close", "甲", "--date", "2009-5-1", "--reason", "歇业", *JSON).ok()
    assert ran.json["closed"] == "2009-05-01"
    assert "2010-05-01" in ran.err


# --- whose archive --------------------------------------------------------------------------------


def test_a_districts_archive_takes_its_own_and_nobody_elses(haidian):
    assert add(haidian, *JSON).ok().json["district"] == "haidian"
    assert add(haidian, "--district", "海淀区", number=2).status == 0
    refused(add(haidian, "--district", "朝阳", *JSON, number=3), 1, "not-ours")
    refused(haidian("agency", "list", "--district", "朝阳", *JSON), 1, "not-ours")


def test_the_citys_archive_wants_to_know_whose_an_agency_is(city):
    refused(add(city, *JSON), 2, "district-missing")
    add(city, "--district", "朝阳").ok()


def test_an_agency_that_was_handed_over_is_not_ours_any_more(haidian):
    add(haidian).ok()
    moved = haidian("agency", "edit", "甲", "--district", "朝阳", "--reason", "迁址", *JSON).ok()
    assert moved.json["district"] == "chaoyang"
    for command in (
        ("show", "甲"), ("edit", "甲", "--phone", "1"), ("close", "甲", "--date", "2013-10-1",
        "--reason", "x"),
    ):  # fmt: skip
        refused(haidian("agency", *command, *JSON), 1, "not-ours")
    assert haidian("agency", "list", *JSON).json == []


# --- naming an agency -----------------------------------------------------------------------------


@pytest.fixture
def register(haidian):
    add(haidian, "--license", "京证（2010）1号", name="北京甲人力（集团）有限公司").ok()
    add(haidian, "--license", "京证2号", number=2, name="北京乙人力有限公司").ok()
    add(haidian, number=3, name="北京ABC服务公司").ok()
    add(haidian, number=4, name=STRANGE).ok()
    haidian("agency", "edit", code_of(2), "--name", "北京丙咨询有限公司").ok()
    return haidian


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (code_of(1), 1), (code_of(1).lower(), 1), ("京证（2010）1号", 1), ("京证(2010)1号", 1),
        ("北京甲人力（集团）有限公司", 1), ("北京甲人力(集团)有限公司", 1),
        ("北京 甲人力 (集团)有限公司", 1), ("（集团）有", 4), ("甲人力(", 1), ("乙人力", None),
        ("北京乙人力有限公司", 2), ("丙咨询", 2), ("京证2号", 2), ("ＡＢＣ", 3), ("abc", 3),
        (STRANGE, 4), ("龘", 4), ("𠮷", 4), ("{{name}}", 4), ("&<b>", 4), ("{%x%}", 4),
    ],
)  # fmt: skip
def test_an_agency_is_named_by_code_licence_name_former_name_or_a_part(register, text, number):
    ran = register("agency", "show", text, *JSON)
    if number is None:
        refused(ran, 4, "agency-missing")
    elif text == "（集团）有":
        refused(ran, 4, "agency-ambiguous")
    else:
        assert ran.ok().json["code"] == code_of(number)


@pytest.mark.parametrize("text", ["没有这家", "", "　", "甲%", "甲_", "*", "' OR 1=1 --", "\\"])
def test_what_names_no_agency_is_exit_4(register, text):
    refused(register("agency", "show", text, *JSON), 4, "agency-missing")


def test_what_names_several_names_them_all_with_their_codes(register):
    error = refused(register("agency", "show", "有限公司", *JSON), 4, "agency-ambiguous")
    for number in (1, 2, 4):
        assert code_of(number) in error["message"]
    assert "代码" in error["hint"]


def test_a_full_name_goes_before_a_part_of_another(haidian):
    add(haidian, name="北京甲").ok()
    add(haidian, number=2, name="北京甲乙").ok()
    assert haidian("agency", "show", "北京甲", *JSON).ok().json["code"] == code_of(1)


def test_two_of_one_name_are_told_apart_by_their_codes(haidian):
    add(haidian, name="北京甲").ok()
    add(haidian, number=2, name="北京甲").ok()
    refused(haidian("agency", "show", "北京甲", *JSON), 4, "agency-ambiguous")
    assert haidian("agency", "show", code_of(2), *JSON).ok().json["code"] == code_of(2)


# --- editing --------------------------------------------------------------------------------------


def edit(hri, *options: str, agency: str = "甲"):
    return hri("agency", "edit", agency, *options, *JSON)


def test_a_change_of_name_keeps_the_former_names_in_their_order(haidian):
    add(haidian).ok()
    edit(haidian, "--name", "北京乙公司", "--date", "2013-10-1").ok()
    record = edit(haidian, "--name", STRANGE, "--date", "2013-10-5", agency="北京乙").ok().json
    assert record["name"] == STRANGE
    assert record["former_names"] == ["北京甲公司", "北京乙公司"]
    assert haidian("agency", "list", *JSON).json == [record]


def test_a_name_that_is_borne_again_is_no_former_one_and_another_is_listed_once(haidian):
    add(haidian).ok()
    for name in ("北京乙公司", "北京甲公司", "北京丙公司", "北京甲公司"):
        record = edit(haidian, "--name", name, agency=code_of(1)).ok().json
    assert record["former_names"] == ["北京乙公司", "北京丙公司"]
    assert haidian("agency", "list", *JSON).json == [record]
    dossier = haidian("agency", "dossier", code_of(1), *JSON).ok().json
    assert dossier["basic"]["former_names"] == record["former_names"]
    again = edit(haidian, "--name", "北京乙公司", agency="甲").ok().json
    assert again["former_names"] == ["北京丙公司", "北京甲公司"]


def test_a_name_that_was_a_slip_is_no_former_name_once_its_record_is_withdrawn(haidian):
    add(haidian).ok()
    said = haidian("agency", "edit", "甲", "--name", "北京已公司").ok().err
    assert "“北京甲公司”记作曾用名" in said
    edit(haidian, "--name", "北京乙公司", agency="北京已公司").ok()
    listed = {one["text"]: one["id"] for one in haidian("agency", "records", "乙", *JSON).ok().json}
    assert listed.keys() == {"名称 北京甲公司", "名称 北京已公司"}
    slip = listed["名称 北京已公司"]
    haidian("archive", "withdraw", slip[-8:], "--reason", "名称登错").ok()
    assert haidian("agency", "show", "乙", *JSON).json["former_names"] == ["北京甲公司"]
    assert haidian("agency", "show", "北京已公司", *JSON).error["code"] == "agency-missing"
    haidian("archive", "verify").ok()


def basic_on(hri, day: str) -> tuple[str, list[str]]:
    basic = hri("agency", "dossier", code_of(1), "--as-of", day, *JSON).ok().json["basic"]
    return basic["name"], basic["former_names"]


def withdraw_name(hri, name: str) -> dict[str, int]:
    listed = hri("agency", "records", code_of(1), *JSON).ok().json
    last = [one["id"] for one in listed if one["text"] == f"名称 {name}"][-1]
    return hri("archive", "withdraw", last, "--reason", "名称登错", *JSON).ok().json["with_it"]


def test_a_first_name_that_is_withdrawn_was_not_borne_on_any_day(haidian):
    add(haidian).ok()
    edit(haidian, "--name", "北京乙公司", "--date", "2013-10-5").ok()
    edit(haidian, "--name", "北京丙公司", "--date", "2013-10-7", agency="乙").ok()
    assert withdraw_name(haidian, "北京甲公司") == {"机构变更": 1}
    assert basic_on(haidian, "2013-10-02") == ("北京乙公司", [])
    assert basic_on(haidian, "2013-10-08") == ("北京丙公司", ["北京乙公司"])
    haidian("archive", "verify").ok()


def test_a_slip_between_two_names_that_is_withdrawn_was_not_borne_on_any_day(haidian):
    add(haidian).ok()
    edit(haidian, "--name", "北京已公司", "--date", "2013-10-5").ok()
    # The same name is known of an earlier day.
    edit(haidian, "--name", "北京已公司", "--date", "2013-10-3", agency=code_of(1)).ok()
    edit(haidian, "--name", "北京乙公司", "--date", "2013-10-7", agency=code_of(1)).ok()
    assert withdraw_name(haidian, "北京已公司") == {"机构变更": 1}
    assert basic_on(haidian, "2013-10-02") == ("北京甲公司", [])
    for day in ("2013-10-03", "2013-10-06", "2013-10-08"):
        assert basic_on(haidian, day) == ("北京乙公司", ["北京甲公司"])
    haidian("archive", "verify").ok()


def test_a_slip_that_was_put_right_leaves_nothing_once_it_is_withdrawn(haidian):
    add(haidian).ok()
    edit(haidian, "--name", "北京已公司", "--date", "2013-10-5").ok()
    record = edit(haidian, "--name", "北京甲公司", "--date", "2013-10-7", agency="已").ok().json
    assert record["former_names"] == ["北京已公司"]
    assert withdraw_name(haidian, "北京已公司") == {"机构变更": 2, "曾用名": 1}
    assert haidian("agency", "records", code_of(1), *JSON).json == []
    for day in ("2013-10-02", "2013-10-06", "2013-10-08"):
        assert basic_on(haidian, day) == ("北京甲公司", [])
    haidian("archive", "verify").ok()


def test_a_going_back_by_mistake_is_one_withdrawal(haidian):
    add(haidian).ok()
    for day, name in ((3, "北京乙公司"), (5, "北京甲公司"), (7, "北京乙公司")):
        edit(haidian, "--name", name, "--date", f"2013-10-{day}", agency=code_of(1)).ok()
    assert withdraw_name(haidian, "北京甲公司") == {"机构变更": 2, "曾用名": 1}
    assert basic_on(haidian, "2013-10-02") == ("北京甲公司", [])
    assert basic_on(haidian, "2013-10-06") == ("北京乙公司", ["北京甲公司"])
    assert haidian("agency", "show", "乙", *JSON).json["former_names"] == ["北京甲公司"]


def test_a_former_name_that_a_numbered_paper_bears_stays(haidian, tmp_path):
    add(haidian).ok()
    rate(haidian, code_of(1)).ok()
    haidian("assess", "conclude", code_of(1)).ok()
    haidian("assess", "notice", code_of(1), "-o", tmp_path / "notice.html").ok()
    edit(haidian, "--name", "北京乙公司").ok()
    (kept,) = [one["id"] for one in haidian("agency", "records", "乙", *JSON).ok().json
               if one["what"] == "former_name"]  # fmt: skip
    refused = haidian("archive", "withdraw", kept, "--reason", "登错", *JSON).error
    assert (refused["code"], "编号文书" in refused["message"]) == ("depended-on", True)


def test_the_name_of_an_entry_that_was_merged_stays(haidian):
    add(haidian).ok()
    haidian.add("北京丁公司", code_of(4))
    haidian("agency", "merge", code_of(4), code_of(1), "--reason", "同一家").ok()
    (kept,) = [one["id"] for one in haidian("agency", "records", "甲", *JSON).ok().json
               if one["what"] == "former_name"]  # fmt: skip
    refused = haidian("archive", "withdraw", kept, "--reason", "登错", *JSON).error
    assert (refused["code"], "并入" in refused["message"]) == ("depended-on", True)


def test_a_text_longer_than_any_name_means_no_agency(haidian):
    add(haidian).ok()
    error = haidian("agency", "show", "甲" * 20_000, *JSON).error
    assert (error["code"], len(error["message"]) < 100) == ("agency-missing", True)


def test_another_width_is_a_correction_and_no_other_name(haidian):
    add(haidian, name="北京甲(集团)公司").ok()
    record = edit(haidian, "--name", "北京甲（集团）公司").ok().json
    assert record["name"] == "北京甲（集团）公司"
    assert record["former_names"] == []


def test_a_code_can_be_corrected_and_the_identity_stays(haidian):
    before = add(haidian, *JSON).ok().json
    after = edit(haidian, "--code", code_of(9), "--reason", "登错").ok().json
    assert after == before | {"code": code_of(9)}
    assert haidian("agency", "show", code_of(1), *JSON).ok().json == after
    entry = rows(haidian.archive, "SELECT reason FROM journal WHERE action = 'update'")
    assert ("登错",) in entry


def test_a_marked_code_loses_its_mark_when_it_is_corrected(haidian):
    command = ["agency", "add", "--name", "甲", "--code", WRONG, "--kind", "public"]
    haidian(*command, "--lenient-codes").ok()
    refused(edit(haidian, "--code", "91110108000000001C"), 3, "bad-code")
    assert edit(haidian, "--code", code_of(1)).ok().json["code_mark"] is None


def test_the_code_of_another_is_exit_4(haidian):
    add(haidian).ok()
    add(haidian, number=2, name="北京乙").ok()
    refused(edit(haidian, "--code", code_of(2)), 4, "agency-exists")
    assert edit(haidian, "--code", code_of(1)).ok().json["code"] == code_of(1)


def test_an_empty_text_clears_a_field_and_never_the_name(haidian):
    add(haidian, "--phone", "1", "--address", "x").ok()
    record = edit(haidian, "--phone", "", "--address", " ").ok().json
    assert (record["phone"], record["address"]) == (None, None)
    assert edit(haidian, "--name", "").status in (2, 3)
    assert edit(haidian, "--code", "").status == 3


def test_an_edit_of_nothing_is_wrong_usage_and_of_the_same_is_nothing(haidian):
    add(haidian, "--phone", "1").ok()
    refused(edit(haidian), 2, "nothing-given")
    refused(edit(haidian, "--reason", "x"), 2, "nothing-given")
    before = rows(haidian.archive, "SELECT COUNT(*) FROM journal")
    said = haidian("agency", "edit", "甲", "--phone", "1").ok()
    assert said.out.startswith("没有变化")
    assert rows(haidian.archive, "SELECT COUNT(*) FROM journal") == before


def test_a_grade_bears_the_day_of_its_entry_and_papers_call_it_that(haidian, tmp_path):
    record = add(haidian, "--grade", "AAA", *JSON).ok().json
    assert (record["grade"], record["graded"]) == ("AAA", "2013-10-10")
    haidian("agency", "dossier", code_of(1), "-o", tmp_path / "dossier.html").ok()
    assert "AAA（2013-10-10登记）" in (tmp_path / "dossier.html").read_text("utf-8")
    record = edit(haidian, "--grade", "AAAA", "--date", "2013-9-1").ok().json
    assert (record["grade"], record["graded"]) == ("AAAA", "2013-09-01")


def test_closing_is_done_once_and_can_be_taken_back(haidian):
    add(haidian).ok()
    close = ("agency", "close", "甲", "--date", "2013-10-1", "--reason", "歇业")
    record = haidian(*close, *JSON).ok().json
    assert (record["status"], record["closed"]) == ("closed", "2013-10-01")
    assert record["close_reason"] == "歇业"
    refused(haidian(*close, *JSON), 1, "already-closed")
    assert len(haidian("agency", "list", "--status", "closed", *JSON).json) == 1
    assert haidian("agency", "list", "--status", "正常", *JSON).json == []
    again = edit(haidian, "--status", "正常").ok().json
    assert (again["status"], again["closed"], again["close_reason"]) == ("active", None, None)


@pytest.mark.parametrize("missing", ["--date", "--reason"])
def test_closing_wants_a_day_and_a_reason(haidian, missing):
    add(haidian).ok()
    given = {"--date": "2013-10-1", "--reason": "歇业"}
    del given[missing]
    ran = haidian(
        "agency", "close", "甲", *[part for pair in given.items() for part in pair], *JSON
    )
    assert missing in refused(ran, 2, "missing-option")["message"]
    refused(haidian("agency", "close", "甲", "--date", "2013-10-1", "--reason", " ", *JSON), 2,
            "bad-value")  # fmt: skip


# --- lists ----------------------------------------------------------------------------------------


def test_a_list_is_by_district_in_the_annexs_order_and_can_be_narrowed(city):
    for number, district, kind, grade in (
        (1, "延庆", "经营性", "A"), (2, "东城", "公益性", "AAA"), (3, "市属", "经营性", "AAA"),
        (4, "东城", "经营性", "AAA"),
    ):  # fmt: skip
        more = ("--district", district, "--grade", grade)
        add(city, *more, number=number, name=f"北京甲{number}", kind=kind).ok()

    def numbers(*options: str) -> list[str]:
        found = city("agency", "list", *options, *JSON).ok().json
        return [record["name"][-1] for record in found]

    assert numbers()[0] == "3"
    assert set(numbers()[1:3]) == {"2", "4"}
    assert numbers()[3] == "1"
    assert numbers("--district", "东城", "--kind", "公益性") == ["2"]
    assert set(numbers("--grade", "aaa")) == {"2", "3", "4"}
    assert numbers("--grade", "AAAA") == []


def test_a_csv_has_the_keys_of_the_json_also_where_it_has_no_rows(haidian):
    empty = haidian("agency", "list", "-f", "csv").ok().out
    assert haidian("agency", "list", *JSON).json == []
    record = add(haidian, *JSON).ok().json
    full = haidian("agency", "list", "-f", "csv").ok().out
    assert empty == full.splitlines(keepends=True)[0]
    assert empty.strip().split(",") == list(record)


def test_a_strange_name_stands_as_it_is_in_every_output(haidian):
    add(haidian, name=STRANGE).ok()
    for command in (
        "agency list",
        "agency show 龘",
        "archive log 龘",
        "assess",
        "agency dossier 龘",
    ):
        for form in ("table", "json", "csv"):
            ran = haidian(*command.split(), "-f", form).ok()
            shown = json.dumps(ran.json, ensure_ascii=False) if form == "json" else ran.out
            assert STRANGE in shown, (command, form)


def test_only_a_municipal_agency_stands_elsewhere(city) -> None:
    ran = add(city, "--district", "朝阳", "--location", "海淀", *JSON)
    assert (ran.status, ran.error["code"]) == (2, "location-unfit")
    assert add(city, "--district", "市属", "--location", "海淀", *JSON).ok().json["location"]
    other = add(city, "--district", "朝阳", *JSON, number=2, name="北京乙公司").ok().json["code"]
    ran = city("agency", "edit", other, "--location", "海淀", *JSON)
    assert (ran.status, ran.error["code"]) == (2, "location-unfit")
    moved = city("agency", "edit", code_of(1), "--district", "朝阳", *JSON).ok().json
    assert (moved["district"], moved["location"]) == ("chaoyang", None)


def test_what_the_public_finds_is_a_record_with_english_words(haidian):
    added = add(haidian, *JSON).ok().json
    (found,) = haidian("agency", "lookup", "北京甲", *JSON).ok().json
    assert (found["id"], found["licence_state"]) == (added["id"], "none")
    assert "未登记" in haidian("agency", "lookup", "北京甲").ok().out
