"""An agency's licence: who issued it, its term, what it is worth today, and who lacks one."""

from __future__ import annotations

import csv

import pytest

from running import JSON, code_of
from sanctioning import CODE, impose, with_agency

KEYS = [
    *("id", "code", "name", "former_names", "district", "district_name", "kind", "license"),
    *("license_authority", "license_from", "license_until", "license_state", "since"),
    *("representative", "contact", "scope", "address", "phone", "grade", "location", "status"),
]
"""Typed from the page of the command line, in its order."""

LICENSED = (
    *("--license", "京人服（2012）1号", "--license-authority", "海淀区人力社保局"),
    *("--license-from", "2012-03-01", "--license-until", "2015-02-28"),
    *("--contact", "赵联络", "--scope", "职业介绍、人才测评"),
)


def state(hri, number: int = 1, **day) -> str:
    return hri("agency", "show", code_of(number), *JSON, **day).ok().json["license_state"]


def test_an_agency_has_the_keys_of_the_page_in_its_order(haidian):
    record = haidian.add("北京甲公司", code_of(1), *LICENSED)
    assert list(record)[: len(KEYS)] == KEYS
    assert [record[key] for key in KEYS[7:12]] == [
        *("京人服（2012）1号", "海淀区人力社保局", "2012-03-01", "2015-02-28", "valid")
    ]
    assert (record["contact"], record["scope"]) == ("赵联络", "职业介绍、人才测评")
    assert haidian("agency", "list", *JSON).json == [record]


@pytest.mark.parametrize(
    ("today", "wanted"),
    [("2015-02-28", "valid"), ("2015-03-01", "expired"), ("2099-01-01", "expired")],
)  # fmt: skip
def test_a_licence_is_judged_by_todays_day(haidian, today, wanted):
    haidian.add("北京甲公司", code_of(1), *LICENSED)
    assert state(haidian, today=today) == wanted
    (found,) = haidian("agency", "lookup", code_of(1), *JSON, today=today).ok().json
    assert found["licence_state"] == wanted


def test_an_agency_without_a_number_has_no_licence(haidian):
    assert haidian.add("北京甲公司", code_of(1))["license_state"] == "none"
    assert "未登记" in haidian("agency", "show", code_of(1)).ok().out


def test_a_cancelled_licence_is_cancelled_until_the_sanction_is_withdrawn(haidian):
    hri = with_agency(haidian)
    hri("agency", "edit", CODE, "--license", "京1").ok()
    law = ("--review-year", "2013", "--basis", "《就业促进法》第六十五条", "--serious")
    taken = impose(hri, "cancel-licence", "2013-10-09", *law).ok().json["id"]
    assert state(hri) == "cancelled"
    assert state(hri, today="2013-10-08") == "valid"
    dossier = hri("agency", "dossier", CODE, *JSON).ok().json["basic"]
    assert dossier == hri("agency", "show", CODE, *JSON).json
    assert "已注销" in hri("agency", "dossier", CODE).ok().out
    hri("sanction", "withdraw", taken, "--date", "2013-10-10", "--reason", "复核").ok()
    assert state(hri) == "valid"


def test_what_is_edited_is_kept_with_its_day_and_seen_in_the_dossier_of_then(haidian):
    haidian.add("北京甲公司", code_of(1), *LICENSED)
    given = ("--license-until", "2018-02-28", "--contact", "钱联络", "--date", "2013-10-09")
    edited = haidian("agency", "edit", code_of(1), *given, *JSON).ok().json
    assert (edited["license_until"], edited["contact"]) == ("2018-02-28", "钱联络")

    def then(day: str) -> dict:
        return haidian("agency", "dossier", code_of(1), "--as-of", day, *JSON).ok().json["basic"]

    assert then("2013-10-08")["license_until"] == "2015-02-28"
    assert then("2013-10-09")["license_until"] == "2018-02-28"
    assert then("2015-03-01")["license_state"] == "valid"


def test_a_term_may_lie_ahead_and_another_day_after_today_is_pointed_out(haidian):
    ran = haidian("agency", "add", "--name", "甲", "--code", code_of(1), "--kind", "经营性",
                  "--license", "京1", "--license-until", "2033-01-01")  # fmt: skip
    assert ran.ok().err == ""
    ran = haidian("agency", "edit", code_of(1), "--license-from", "2013-10-11").ok()
    assert "2013-10-11" in ran.err


def test_the_list_shows_whose_licence_has_ended_or_ends_soon(haidian):
    for number, until in enumerate(["2013-10-09", "2013-10-10", "2013-11-09", "2013-11-10"], 1):
        given = ("--license", f"京{number}", "--license-until", until)
        haidian.add(f"北京{number}公司", code_of(number), *given)
    haidian.add("没有期限的公司", code_of(5), "--license", "京5")
    haidian.add("已终止的公司", code_of(6), "--license", "京6", "--license-until", "2013-01-01")
    haidian("agency", "close", code_of(6), "--date", "2013-02-01", "--reason", "停业").ok()

    def listed(days: int, *more: str) -> list[str]:
        found = haidian("agency", "list", "--expiring", str(days), *more, *JSON).ok().json
        return [agency["name"] for agency in found]

    assert listed(0) == ["北京1公司", "北京2公司"]
    assert listed(30) == ["北京1公司", "北京2公司", "北京3公司"]
    assert listed(31) == ["北京1公司", "北京2公司", "北京3公司", "北京4公司"]
    assert listed(0, "--status", "closed") == ["已终止的公司"]


@pytest.mark.parametrize("text", ["中关村", "老名", "zgc", code_of(1)[2:10], "ＺＧＣ"])
def test_the_list_is_searched_by_part_of_a_name_initials_or_code(haidian, text):
    haidian.add("北京老名公司", code_of(1))
    haidian("agency", "edit", code_of(1), "--name", "北京中关村公司").ok()
    haidian.add("上海别家", code_of(99, "310000"))
    found = haidian("agency", "list", "--name", text, *JSON).ok().json
    assert [agency["name"] for agency in found] == ["北京中关村公司"]
    assert haidian("agency", "list", "--name", "没有这家", *JSON).ok().json == []


def test_adding_an_agency_without_a_licence_says_so(haidian):
    given = ("--name", "北京甲公司", "--code", code_of(1), "--kind", "经营性")
    assert "北京甲公司没有登记许可证号" in haidian("agency", "add", *given).ok().err
    given = ("--name", "北京乙公司", "--code", code_of(2), "--kind", "经营性", "--license", "京2")
    assert haidian("agency", "add", *given).ok().err == ""


ORGANISATION = code_of(1)[8:17]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (("--name", "北京 甲公司", "--code", code_of(2), "--license", "京2"), "名称"),
        (("--name", "北京乙公司", "--code", code_of(2), "--license", "京1"), "许可证号"),
        (("--name", "北京乙公司", "--code", ORGANISATION, "--license", "京2"), "组织机构代码"),
    ],
)
def test_an_agency_that_bears_what_another_bears_is_taken_with_a_word_on_both(haidian, more, what):
    haidian.add("北京甲公司", code_of(1), "--license", "京1")
    more = (*more, "--lenient-codes") if "组织" in what else more
    err = haidian("agency", "add", "--kind", "经营性", *more).ok().err
    assert f"和已登记的北京甲公司（{code_of(1)}）{what}相同" in err
    assert more[1] in err


def test_an_import_brings_the_licence_and_says_who_lacks_one_or_bears_anothers(city, tmp_path):
    city.add("北京甲公司", code_of(1), "--license", "京1", "--district", "海淀")
    header = ["名称", "代码", "区县", "性质", "许可证编号", "发证机关", "有效期自", "有效期限",
              "联系人", "业务范围", "场所区县"]  # fmt: skip
    lines = [
        ["北京甲公司", code_of(2), "海淀", "经营性", "京2", "海淀区人社局", "2012-03-01",
         "2015-02-28", "赵联络", "测评", ""],
        ["北京丙公司", code_of(3), "市属", "经营性", "", "", "", "", "", "", "朝阳"],
        ["北京丁公司", code_of(4), "海淀", "经营性", "京1", "", "", "", "", "", ""],
        ["北京戊公司", ORGANISATION, "海淀", "经营性", "京5", "", "", "", "", "", ""],
    ]  # fmt: skip
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    done = city("agency", "import", path, "--lenient-codes", *JSON).ok().json
    assert (done["added"], done["unused_columns"]) == (4, [])
    said = "\n".join(done["remarks"])
    assert "1 家机构没有许可证号" in said
    assert (
        f"名称和已登记的机构相同，请核对是不是同一家：北京甲公司（{code_of(2)}）和北京甲公司"
        in said
    )
    assert f"许可证号和已登记的机构相同，请核对是不是同一家：北京丁公司（{code_of(4)}）和" in said
    assert "组织机构代码和已登记的机构相同" in said
    found = {one["code"]: one for one in city("agency", "list", *JSON).json}
    assert [found[code_of(2)][key] for key in ("license_until", "contact", "scope")] == [
        *("2015-02-28", "赵联络", "测评")
    ]
    assert found[code_of(3)]["location"] == "chaoyang"
    again = tmp_path / "again.xlsx"
    city("agency", "export", again).ok()
    assert city("agency", "import", again, *JSON).ok().json["unchanged"] == 5


def test_premises_are_a_municipal_agencys_only(city, tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(
        f"机构名称,代码,区县,性质,经营场所区县\n甲,{code_of(1)},海淀,经营性,朝阳\n", "utf-8"
    )
    refused = city("agency", "import", path, *JSON)
    assert (refused.status, refused.error["details"][0]["column"]) == (3, "经营场所区县")


def test_the_page_for_the_public_says_a_licence_that_ended(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1), *LICENSED)
    haidian("report", "public", "-o", tmp_path / "out", today="2015-03-01").ok()
    assert "已过期" in (tmp_path / "out" / "public.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("mark", ["无", "暂无", "/", "—", "N/A", " ／ "])
def test_a_mark_for_nothing_is_no_licence_at_the_command_line_either(haidian, mark):
    found = haidian.add("北京甲公司", code_of(1), "--license", mark, "--phone", mark)
    assert (found["license"], found["phone"], found["license_state"]) == (None, None, "none")
    haidian("agency", "edit", code_of(1), "--license", "京1", "--phone", "010-1").ok()
    edited = haidian("agency", "edit", code_of(1), "--license", mark, *JSON).ok().json
    assert (edited["license"], edited["phone"]) == (None, "010-1")
    assert haidian("agency", "show", mark, *JSON).status == 4


def test_an_apostrophe_that_marks_a_text_is_none_of_it_however_it_comes_in(haidian, tmp_path):
    found = haidian.add("北京甲公司", code_of(1), "--license", "'00123", "--representative", "'王")
    assert (found["license"], found["representative"]) == ("00123", "王")
    haidian("agency", "export", tmp_path / "a.csv").ok()
    assert haidian("agency", "import", tmp_path / "a.csv", *JSON).ok().json["unchanged"] == 1
