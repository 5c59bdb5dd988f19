"""`hri init`, `hri archive` info, office and log, and `hri report hotlines`."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

import pytest

from hrintegrity.notice.districts import DISTRICTS
from hrintegrity.notice.hotlines import hotline_annex
from running import JSON, Hri, code_of, rows
from server import database_of, place


def refused(ran, status: int, code: str) -> dict:
    assert (ran.status, ran.out) == (status, ""), ran
    assert ran.error["code"] == code, ran.error
    return ran.error


@pytest.fixture
def fresh(tmp_path):
    """The command line where there is no archive yet."""
    place(tmp_path / "fresh.db")
    return Hri(tmp_path / "fresh.db")


# --- init -----------------------------------------------------------------------------------------


def test_init_makes_the_archive_with_the_campaign_of_the_notice(fresh):
    made = fresh("init", "--district", "海淀区", "--leader", "王局长", *JSON).ok().json
    assert made["id"]
    assert (made["district"], made["district_name"]) == ("haidian", "海淀区")
    assert (made["year"], made["start"], made["end"], made["deadline"]) == (
        2013, "2013-10-01", "2013-10-31", "2013-11-05",
    )  # fmt: skip
    info = fresh("archive", "info", *JSON).ok().json
    assert (info["district"], info["campaigns"], info["agencies"]) == ("haidian", [2013], 0)
    office = fresh("archive", "office", *JSON).ok().json
    assert office["leader"] == "王局长"
    # From the first day every record has its entry.
    tables = rows(fresh.archive, 'SELECT action, "table", operator FROM journal ORDER BY id')
    assert tables == [("insert", "office", "张检查"), ("insert", "campaign", "张检查")]
    fresh("archive", "verify").ok()


@pytest.mark.parametrize("district", [[], ["--district", "municipal"], ["--district", "市属机构"]])
def test_without_a_district_the_archive_is_the_citys(fresh, district):
    fresh("init", *district).ok()
    assert fresh("archive", "info", *JSON).json["district"] == "municipal"


@pytest.mark.parametrize("district", [district.code for district in DISTRICTS])
def test_each_of_the_eighteen_can_have_its_archive(fresh, district):
    made = fresh("init", "--district", district, *JSON).ok().json
    assert made["district"] == district


def test_another_year_takes_the_same_days_and_says_so(fresh):
    ran = fresh("init", "--year", "2015", *JSON).ok()
    assert (ran.json["start"], ran.json["deadline"]) == ("2015-10-01", "2015-11-05")
    assert ran.err.startswith("提示 ")


def test_init_says_where_the_year_of_the_campaign_is_over(fresh):
    said = fresh("init", "--district", "海淀", today="2026-11-30").ok()
    assert "这是2013年的活动；要办2026年的，另用 hri campaign start --year 2026 建立" in said.out


@pytest.mark.parametrize("year", ["13", "abc", "99999999999999999999", "-1", "2013.5", ""])
def test_a_year_has_four_digits(fresh, year):
    ran = fresh("init", "--year", year, *JSON)
    refused(ran, 2, "bad-value")


def test_init_where_there_is_an_archive_is_exit_4(haidian):
    before = rows(haidian.archive, "SELECT * FROM journal")
    refused(haidian("init", "--district", "朝阳", *JSON), 4, "archive-exists")
    assert rows(haidian.archive, "SELECT * FROM journal") == before


def test_init_without_a_district_says_that_the_archive_is_the_citys(fresh):
    made = fresh("init", *JSON).ok()
    assert made.json["district"] == "municipal"
    assert "这是市级的档案库" in made.err
    assert "hri init --district 海淀" in made.err


@pytest.mark.parametrize("given", ["municipal", "市属", "海淀"])
def test_init_with_a_district_has_nothing_to_point_out(fresh, given):
    assert "这是市级的档案库" not in fresh("init", "--district", given).ok().err


def test_init_says_how_an_archive_without_records_is_made_anew(fresh):
    fresh("init", "--year", "2014").ok()
    fresh("archive", "key", "show").ok()
    hint = refused(fresh("init", "--district", "海淀", *JSON), 4, "archive-exists")["hint"]
    if database_of(fresh.archive) is not None:
        return
    assert "2014年的，还没有登记过机构" in hint
    assert f"把 {fresh.archive.name}、{fresh.archive.name}.key 改名" in hint
    for name in (fresh.archive.name, f"{fresh.archive.name}.key"):
        path = fresh.archive.with_name(name)
        path.rename(path.with_name(f"{name}.old"))
    assert fresh("init", "--district", "海淀", *JSON).ok().json["district"] == "haidian"


def test_init_leaves_an_archive_with_records_where_it_is(haidian):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    hint = refused(haidian("init", *JSON), 4, "archive-exists")["hint"]
    assert "直接使用它" in hint
    assert "改名" not in hint


@pytest.mark.parametrize("given", ["2013-13-01", "昨天"])
def test_today_is_a_day(haidian, given):
    ran = haidian("--today", given, "agency", "list", *JSON)
    assert "--today" in refused(ran, 2, "bad-value")["message"]
    ran = haidian("agency", "list", *JSON, today=given)
    refused(ran, 2, "bad-value")


def test_today_is_the_clocks_day_where_nobody_says(haidian):
    haidian.today = ""
    record = haidian.add("甲", code_of(1), "--grade", "A")
    assert record["graded"] == dt.datetime.now().astimezone().date().isoformat()


# --- office ---------------------------------------------------------------------------------------


def test_papers_that_ask_for_an_answer_say_where_it_is_sent(haidian, tmp_path):
    haidian.today = "2013-12-20"
    haidian.add("北京甲人力资源有限公司", code_of(1))
    where = "北京市海淀区示例路1号，邮编100000"
    assert haidian("archive", "office", *JSON).ok().json["address"] is None
    assert haidian("archive", "office", "--address", where, *JSON).ok().json["address"] == where
    facts = ("--facts", "收押金", "--evidence", "收据", "--violated", "《条例》第三条",
             "--basis", "《条例》第五条", "--date", "2013-12-01")  # fmt: skip
    paper = tmp_path / "告知.html"
    haidian("sanction", "notify", code_of(1), "--kind", "曝光", *facts, "-o", paper).ok()
    assert f"通信地址：{where}。" in paper.read_text(encoding="utf-8")
    haidian("archive", "office", "--address", "").ok()
    assert haidian("archive", "office", *JSON).ok().json["address"] is None


def test_an_office_has_names_and_prefixes_until_it_sets_its_own(haidian, city):
    office = haidian("archive", "office", *JSON).ok().json
    assert office["name"] == "北京市海淀区人力资源和社会保障局"
    assert office["prefix"] == "海人社诚评"
    assert city("archive", "office", *JSON).json["prefix"] == "京人社诚评"
    kaifaqu = city("archive", "office", "--district", "亦庄", *JSON).json
    assert kaifaqu["name"] == "北京经济技术开发区人事劳动和社会保障局"
    prefixes = {
        city("archive", "office", "--district", d.code, *JSON).json["prefix"] for d in DISTRICTS
    }
    assert len(prefixes) == 18


def test_an_office_records_who_is_in_charge_and_its_plan(haidian, tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text("一、动员\n二、检查", encoding="utf-8-sig")
    office = haidian(
        "archive", "office", "--leader", "李局长", "--department", "市场科", "--name", "海淀人社局",
        "--prefix", "海诚评", "--plan", plan, *JSON,
    ).ok().json  # fmt: skip
    assert office["id"]
    assert (office["leader"], office["department"]) == ("李局长", "市场科")
    assert (office["name"], office["prefix"]) == ("海淀人社局", "海诚评")
    assert office["plan"] == "一、动员\n二、检查"
    assert haidian("archive", "office", *JSON).json == office
    cleared = haidian("archive", "office", "--leader", "", "--name", "", *JSON).ok().json
    assert cleared["leader"] is None
    assert cleared["name"] == "北京市海淀区人力资源和社会保障局"


def test_an_office_that_is_not_ours_is_not_set(haidian):
    ran = haidian("archive", "office", "--district", "朝阳", "--leader", "某", *JSON)
    refused(ran, 1, "not-ours")


def test_prefixes_are_usable_and_nobody_elses(city, tmp_path):
    office = ("archive", "office", "--district", "海淀", "--prefix")
    for prefix in ("", "海 评", "海〔评〕"):
        refused(city(*office, prefix, *JSON), 3, "bad-prefix")
    refused(city(*office, "朝人社诚评", *JSON), 4, "prefix-taken")
    city(*office, "海人社诚评", *JSON).ok()
    missing = city("archive", "office", "--plan", tmp_path / "none.txt", *JSON)
    refused(missing, 4, "file-missing")
    (tmp_path / "gbk.txt").write_bytes("方案".encode("gbk"))
    refused(city("archive", "office", "--plan", tmp_path / "gbk.txt", *JSON), 3, "plan-refused")


# --- log ------------------------------------------------------------------------------------------


@pytest.fixture
def lived(haidian, tmp_path):
    haidian.add("甲公司", code_of(1), "--phone", "1")
    haidian.add("乙公司", code_of(2))
    haidian("agency", "edit", "甲公司", "--phone", "2", "--reason", "换号").ok()
    scores = json.dumps({str(number): 2 for number in range(1, 23)})
    for name in ("甲公司", "乙公司"):
        haidian("assess", "run", name, "--scores", "-", stdin=scores).ok()
    haidian("assess", "conclude", "甲公司").ok()
    haidian("assess", "object", "甲公司", "--date", "2013-10-9", "--text", "偏低").ok()
    haidian("assess", "notice", "甲公司", "-o", tmp_path / "notice.html").ok()
    haidian(
        "assess", "served", "甲公司", "--date", "2013-10-10", "--method", "直接送达", "--receiver",
        "前台",
    ).ok()  # fmt: skip
    return haidian


def test_the_log_tells_who_changed_what_from_what_to_what(lived):
    entries = lived("archive", "log", *JSON).ok().json
    assert [entry["id"] for entry in entries] == list(range(1, len(entries) + 1))
    (change,) = [entry for entry in entries if entry["reason"] == "换号"]
    assert change["operator"] == "张检查"
    assert change["action"] == "update"
    assert change["table"] == "agency"
    assert change["changes"] == {"phone": ["1", "2"]}
    assert dt.datetime.fromisoformat(change["at"]).utcoffset() == dt.timedelta(0)


def test_the_log_of_an_agency_has_all_that_hangs_on_it_and_nothing_else(lived):
    entries = lived("archive", "log", "甲公司", *JSON).ok().json
    tables = {entry["table"] for entry in entries}
    assert {"agency", "score_sheet", "conclusion", "objection", "paper", "service"} <= tables
    assert tables.isdisjoint({"office", "campaign"})
    mine = {entry["id"] for entry in entries}
    others = {entry["id"] for entry in lived("archive", "log", "乙公司", *JSON).json}
    assert others
    assert mine.isdisjoint(others)


def test_the_log_since_a_day_is_by_the_days_of_this_place(lived, monkeypatch):
    today = dt.datetime.now().astimezone().date()
    everything = lived("archive", "log", *JSON).json
    assert lived("archive", "log", "--since", today.isoformat(), *JSON).json == everything
    tomorrow = (today + dt.timedelta(1)).isoformat()
    assert lived("archive", "log", "--since", tomorrow, *JSON).json == []
    month = lived("archive", "log", "--since", f"{today:%Y-%m}", *JSON)
    first = today.replace(day=1)
    assert month.json == lived("archive", "log", "--since", first.isoformat(), *JSON).json
    assert f"只写到月，按 {first} 算" in month.err
    # In Beijing a day begins eight hours before it does in UTC.
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    import time

    time.tzset()
    try:
        from hrintegrity.duties.upkeep import _midnight

        assert _midnight(dt.date(2013, 10, 8)) == "2013-10-07T16:00:00.000000+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_journals_time_is_the_real_clock_whatever_today_is(haidian):
    haidian("--today", "1999-1-1", "agency", "add", "--name", "甲", "--code", code_of(1), "--kind",
            "public").ok()  # fmt: skip
    at = haidian("archive", "log", *JSON).json[-1]["at"]
    assert abs(dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(at)) < dt.timedelta(minutes=5)


def test_a_long_entry_is_not_cut_in_a_table(haidian):
    address = "很长的地址" * 60
    haidian.add("甲公司", code_of(1), "--address", address)
    assert address in haidian("archive", "log").ok().out


# --- hotlines -------------------------------------------------------------------------------------


def test_hotlines_are_those_of_annex_4_with_and_without_an_archive(haidian, tmp_path):
    nowhere = Hri(tmp_path / "none.db")
    told = nowhere("report", "hotlines", *JSON).ok().json
    assert haidian("report", "hotlines", *JSON).json == told
    assert [district["district"] for district in told] == [
        district.code for district in DISTRICTS if district.is_place
    ]
    for district in told:
        lines = hotline_annex(dt.date(2013, 10, 1)).lines.by_district[district["district"]]
        for department in ("market", "labour"):
            assert district[department] == [
                {"number": line.number, "trade": line.trade} for line in getattr(lines, department)
            ]
    (one,) = nowhere("report", "hotlines", "密云区", *JSON).ok().json
    assert list(one)[:4] == ["district", "district_name", "market", "labour"]
    assert one["district"] == "miyun"
    table = nowhere("report", "hotlines", "海淀").ok().out
    assert all(line["number"] in table for line in told[3]["market"] + told[3]["labour"])


@pytest.mark.parametrize(
    ("district", "status", "code"),
    [("市属", 2, "bad-value"), ("崇文区", 4, "district-unknown"), ("火星", 4, "district-unknown")],
)
def test_hotlines_of_what_is_no_place(tmp_path, district, status, code):
    ran = Hri(tmp_path / "none.db")("report", "hotlines", district, *JSON)
    assert district[:2] in refused(ran, status, code)["message"]


NEWER = """
date: 2014-03-01
districts:
  haidian: {market: [{number: "88506572", trade: 人才中介}], labour: [{number: "88506601"}]}
"""


def test_newer_numbers_are_kept_in_the_archive_and_used(haidian, tmp_path):
    file = tmp_path / "numbers.yaml"
    file.write_text(NEWER, encoding="utf-8")
    taken = haidian("report", "hotlines", "--use", file, *JSON).ok().json
    assert taken["id"]
    (haidian_lines,) = haidian("report", "hotlines", "海淀", *JSON).json
    assert haidian_lines["market"] == [{"number": "88506572", "trade": "人才中介"}]
    assert haidian_lines["labour"] == [{"number": "88506601", "trade": None}]
    others = haidian("report", "hotlines", "朝阳", *JSON).json
    assert others == Hri(tmp_path / "none.db")("report", "hotlines", "朝阳", *JSON).json


@pytest.mark.parametrize(
    "text", ["", "date: 2014-03-01", "date: x\ndistricts: {}", "a: [", "districts: {mars: {}}"]
)
def test_a_broken_list_of_numbers_is_refused_by_name(haidian, tmp_path, text):
    file = tmp_path / "numbers.yaml"
    file.write_text(text, encoding="utf-8")
    ran = haidian("report", "hotlines", "--use", file, *JSON)
    assert (ran.status, ran.out) == (3, "")
    assert "numbers.yaml" in ran.error["message"]
    missing = haidian("report", "hotlines", "--use", tmp_path / "none.yaml", *JSON)
    assert missing.status == 4


# --- backup ---------------------------------------------------------------------------------------


@pytest.mark.archive_file("a backup is a file")
def test_a_backup_says_whether_records_and_journal_agree(haidian, tmp_path):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    ran = haidian("archive", "backup", tmp_path / "good.db").ok()
    assert ("与日志相符" in ran.out, ran.err) == (True, "")
    plain = sqlite3.connect(haidian.archive)
    plain.execute("UPDATE agency SET name = 'x'")
    plain.commit()
    plain.close()
    ran = haidian("archive", "backup", tmp_path / "bad.db").ok()
    assert "与日志相符" not in ran.out
    assert "1 处问题" in ran.err
    assert (
        "1 处问题" in Hri(tmp_path / "new.db")("archive", "restore", tmp_path / "bad.db").ok().err
    )
    record = haidian("archive", "backup", tmp_path / "bad.db", "--force", *JSON).ok().json
    assert record["whole"] is False
