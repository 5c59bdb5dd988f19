"""`hri inspect`: what 公示 lacks, who took part, papers of an inspection, kept draws."""

from __future__ import annotations

import hashlib
import html
import re

import pytest

from running import JSON, journal
from year_round import record, refused, rows, two_agencies

ALL_PASS = ("--publicity", "pass", "--pledge", "pass", "--ledger", "pass", "--feedback", "pass")
LACKING = ("--publicity", "fail", "--pledge", "pass", "--ledger", "fail", "--feedback", "pass")
VISIT_KEYS = [
    "id", "agency", "code", "date", "by", "department", "inspectors", "with", "publicity",
    "pledge", "ledger", "feedback", "convention", "lacks", "note",
]  # fmt: skip
"""Typed from the page on the command line."""


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def visit(hri, agency, *more, date="2013-10-08"):
    return hri("inspect", "record", agency, "--date", date, *more, *JSON)


def words_of(path):
    """The words of a page, without its style sheet, its tags and its blanks."""
    page = re.sub(r"(?s)<style>.*?</style>", "", path.read_text(encoding="utf-8"))
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def draw(hri, *more):
    return hri("inspect", "draw", *more, *JSON)


# What is lacking, and who took part


def test_what_publicity_lacks_is_kept_in_the_notice_s_order(haidian, codes):
    given = ("--lacks", "收费标准", "--lacks", "hotline", "--lacks", "hotline")
    found = visit(haidian, codes[0], *LACKING, *given).ok().json
    assert found["lacks"] == ["hotline", "prices"]
    gaps = rows(haidian, "inspect", "list")
    assert [(gap["system"], gap["lacks"]) for gap in gaps] == [
        ("publicity", ["hotline", "prices"]),
        ("ledger", []),
    ]
    assert "监督举报电话、收费标准" in haidian("inspect", "list").ok().out


def test_nothing_is_lacking_where_publicity_passed(haidian, codes):
    refused(visit(haidian, codes[0], *ALL_PASS, "--lacks", "prices"), 2, "lacks-without-fail")
    assert visit(haidian, codes[0], *ALL_PASS, "--lacks", "灯光").status == 2
    assert rows(haidian, "inspect", "visits") == []


def test_who_inspected_and_which_other_departments_took_part_is_listed(haidian, codes):
    who = ("--inspectors", "张三、李四", "--with", "公安、工商", "--department", "market")
    found = visit(haidian, codes[0], *ALL_PASS, *who).ok().json
    assert list(found)[: len(VISIT_KEYS)] == VISIT_KEYS
    assert (found["inspectors"], found["with"]) == ("张三、李四", "公安、工商")
    assert rows(haidian, "inspect", "visits") == [found]
    header = haidian("inspect", "visits", "-f", "csv").ok().out.splitlines()[0]
    assert header.lstrip("\ufeff").split(",")[: len(VISIT_KEYS)] == VISIT_KEYS


# Papers


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_record_to_be_signed_is_printed_for_an_agency(haidian, codes, tmp_path, suffix):
    paper = tmp_path / f"记录.{suffix}"
    found = record(haidian, "inspect", "form", codes[0], "-o", paper)
    assert (found["code"], found["written"]) == (codes[0], str(paper))
    assert paper.stat().st_size > 1000


def test_records_for_all_go_into_a_folder(haidian, codes, tmp_path):
    haidian("agency", "close", codes[1], "--date", "2013-10-09", "--reason", "歇业").ok()
    found = record(haidian, "inspect", "form", "--all", "-o", tmp_path / "表", "--to", "html")
    assert [one["code"] for one in found] == [codes[0]]
    assert [p.suffix for p in (tmp_path / "表").iterdir()] == [".html"]
    refused(haidian("inspect", "form", "-o", tmp_path / "x", *JSON), 2, "agency-missing")


def test_the_record_has_the_five_things_of_publicity_and_all_systems(haidian, codes, tmp_path):
    haidian("inspect", "form", codes[0], "-o", tmp_path / "表.html").ok()
    text = (tmp_path / "表.html").read_text(encoding="utf-8")
    for word in ("证照", "监督举报电话", "服务项目", "服务规程", "收费标准", "承诺", "台账", "反馈",
                 "公约", "2013年10月31日", "公安", "工商", "城管"):  # fmt: skip
        assert word in text


def test_the_order_names_open_gaps_and_their_deadlines(haidian, codes, tmp_path):
    refused(haidian("inspect", "order", codes[0], "-o", tmp_path / "a.html", *JSON), 1, "no-gaps")
    visit(haidian, codes[0], *LACKING, "--lacks", "prices", "--deadline", "2013-10-25").ok()
    gap = rows(haidian, "inspect", "list")[1]["id"]
    found = record(haidian, "inspect", "order", codes[0], "-o", tmp_path / "一.html")
    assert [one["system"] for one in found["gaps"]] == ["publicity", "ledger"]
    haidian("inspect", "mend", gap, "--date", "2013-10-10").ok()
    found = record(haidian, "inspect", "order", codes[0], "-o", tmp_path / "二.html")
    assert [one["system"] for one in found["gaps"]] == ["publicity"]
    text = (tmp_path / "二.html").read_text(encoding="utf-8")
    for word in ("补建通知书", "缺少收费标准", "2013年10月25日", "第三部分第（四）项"):
        assert word in text
    assert "系活动结束后" not in text


@pytest.mark.parametrize(("today", "past"), [("2013-10-31", []), ("2013-11-01", ["台账"]),
                                             ("2013-11-11", ["公示", "台账"])])  # fmt: skip
def test_an_order_that_is_printed_after_its_terms_says_so(haidian, codes, tmp_path, today, past):
    visit(haidian, codes[0], "--publicity", "pass", "--pledge", "pass", "--ledger", "fail",
          "--feedback", "pass").ok()  # fmt: skip
    visit(haidian, codes[0], "--publicity", "fail", "--pledge", "pass", "--ledger", "pass",
          "--feedback", "pass", "--deadline", "2013-11-10", date="2013-11-05").ok()  # fmt: skip
    ran = haidian("inspect", "order", codes[0], "-o", tmp_path / "一.html", today=today).ok()
    assert ("在补建期限之后" in ran.err) == bool(past)
    for word in ("公示（2013-11-10）", "台账（2013-10-31）"):
        assert (word in ran.err) == (word[:2] in past)
    assert (tmp_path / "一.html").exists()


def test_the_order_says_what_was_found_by_when_what_follows_and_whom_to_ask(
    haidian, codes, tmp_path
):
    haidian("archive", "office", "--department", "人力资源市场科").ok()
    noted = ("--note", "台账只记到8月。", "--convention", "fail")
    visit(haidian, codes[0], *LACKING, "--lacks", "prices", *noted).ok()
    record(haidian, "inspect", "order", codes[0], "-o", tmp_path / "一.html")
    text = words_of(tmp_path / "一.html")
    for words in (
        "2013年10月8日检查发现，公示、台账、公约不合格，缺少收费标准。检查记录：台账只记到8月。",
        "于2013年10月31日前（含当日）补建完毕",
        "逾期没有补建或者补建不到位的",
        "承办部门：人力资源市场科；联系电话：88506572（人才中介）、88506522（职业介绍）。",
        "〔2013〕号",
    ):
        assert words in text
    assert "由各区县协助发放" not in text
    assert "推行服务台账制度" not in text


def test_an_order_says_why_a_term_ends_after_the_month(haidian, codes, tmp_path):
    late = ("--deadline", "2013-11-20")
    visit(haidian, codes[0], *LACKING, *late, date="2013-11-06").ok()
    record(haidian, "inspect", "order", codes[0], "-o", tmp_path / "一.html")
    assert "公示、台账的缺项系活动结束后查出，另定期限。" in words_of(tmp_path / "一.html")
    visit(haidian, codes[1], *LACKING, *late).ok()
    record(haidian, "inspect", "order", codes[1], "-o", tmp_path / "二.html")
    text = words_of(tmp_path / "二.html")
    assert "公示、台账的补建期限由我局另定。" in text
    assert "系活动结束后" not in text


# Draws


def test_a_kept_draw_is_found_in_the_list_and_in_the_log(haidian, codes):
    assert "id" not in draw(haidian, "--count", "1", "--seed", "甲").ok().json
    assert rows(haidian, "inspect", "draws") == []
    kept = draw(haidian, "--count", "1", "--seed", "甲", "--save").ok().json
    listed = rows(haidian, "inspect", "draws")
    assert [(one["id"], one["seed"], one["drawn"], one["date"]) for one in listed] == [
        (kept["id"], "甲", kept["drawn"], "2013-10-10")
    ]
    assert ("insert", "inspection_draw") in [entry[1:] for entry in journal(haidian.archive)]
    assert "抽签" in haidian("archive", "log").ok().out


def test_a_sealed_seed_is_committed_before_it_is_drawn_with(haidian, codes):
    sealed = draw(haidian, "--seal").ok().json
    assert "seed" not in sealed
    before = rows(haidian, "inspect", "draws")[0]
    assert (before["seed"], before["date"]) == (None, None)
    entry = journal(haidian.archive, ("table", "after"))[-1]
    assert f"sha256:{sealed['seed_sha256']}" in entry[1]
    found = draw(haidian, "--sealed", sealed["id"], "--count", "50%").ok().json
    assert hashlib.sha256(found["seed"].encode()).hexdigest() == sealed["seed_sha256"]
    again = draw(haidian, "--count", "50%", "--seed", found["seed"]).ok().json
    assert again["drawn"] == found["drawn"]
    refused(draw(haidian, "--sealed", sealed["id"], "--count", "1"), 1, "already-drawn")
    refused(draw(haidian, "--seal", "--count", "1"), 2, "wrong-usage")
    refused(draw(haidian), 2, "missing-option")


def test_a_weight_of_a_band_that_nobody_has_is_pointed_out(haidian, codes):
    ran = draw(haidian, "--count", "1", "--seed", "甲", "--weight", "不合格=3").ok()
    assert ran.json["weights"] == {"不合格": 3}
    assert "没有机构评为“不合格”" in ran.err
    plain = draw(haidian, "--count", "1", "--seed", "甲").ok().json
    assert ran.json["drawn"] == plain["drawn"]
    assert draw(haidian, "--count", "1", "--weight", "不合格=0").status == 2
