"""`hri agency dossier`: six parts in the notice's order, on screen, as JSON and on paper."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from assessing import opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Penalty
from hrintegrity.archive.tables.people import Pledge
from hrintegrity.duties import agencies
from running import JSON, Hri, code_of
from sanctioning import CODE, NAME, award, hire, impose, order, with_agency

PARTS = [
    "basic", "compliance", "complaints", "rewards_and_sanctions", "promises", "assessments",
]  # fmt: skip
"""Typed by hand, in the notice's order."""

CHINESE = [
    "一、基本信息", "二、遵纪守法情况", "三、投诉举报及处理情况", "四、奖励惩戒情况",
    "五、诚信守诺情况", "六、诚信评估结果",
]  # fmt: skip
"""Typed from 三(六)1 of the notice."""


@pytest.fixture
def hri(haidian: Hri) -> Hri:
    haidian.today = "2013-12-31"
    return with_agency(haidian)


def dossier(hri: Hri, *more: str) -> dict:
    return hri("agency", "dossier", CODE, *more, *JSON).ok().json


def on_paper(hri: Hri, tmp_path) -> str:
    """The words of the printed dossier, without tags and blanks."""
    path = tmp_path / "档案.html"
    hri("agency", "dossier", CODE, "-o", path, "--force").ok()
    page = re.sub(r"(?s)<style>.*?</style>", "", path.read_text(encoding="utf-8"))
    return "".join(re.sub(r"<[^>]*>", " ", page).split())


def now() -> str:
    """The clock's time as an office writes it: local, without a zone."""
    return dt.datetime.now().astimezone().replace(tzinfo=None).isoformat(" ")


def enter(hri: Hri) -> None:
    """A little of everything, past the commands of the other chapters."""
    with opened(hri) as archive:
        mine = agencies.find(archive, CODE).id
        day = dt.date(2013, 10, 9)
        seen = Inspection(
            agency_id=mine, date=day, inspector="district", publicity="pass", pledge="pass",
            ledger="fail", feedback="pass",
        )  # fmt: skip
        writer.insert(archive, seen)
        gap = Gap(inspection_id=seen.id, agency_id=mine, system="ledger", found=day,
                  deadline=dt.date(2013, 10, 31), mended=dt.date(2013, 10, 30))  # fmt: skip
        writer.insert(archive, gap)
        writer.insert(
            archive, Penalty(agency_id=mine, date=day, authority="工商局", basis="《某法》")
        )
        writer.insert(archive, Pledge(agency_id=mine, date=day, displayed=True))
        complaint = Complaint(
            agency_id=mine, district="haidian", received=dt.date(2013, 10, 15), channel="labour",
            kind="complaint", subject="押金不退", closed=dt.date(2013, 10, 25),
            outcome="substantiated", answer="已责令退还", dishonest=False,
        )  # fmt: skip
        writer.insert(archive, complaint)
        who = Complainant(
            complaint_id=complaint.id, name="赵投诉", contact="13800000000", salt="a" * 32
        )
        writer.insert(archive, who)


def test_the_parts_stand_in_the_order_of_the_notice(hri) -> None:
    found = dossier(hri)
    assert list(found)[:6] == PARTS
    assert found["id"] == found["basic"]["id"]
    assert found["basic"] == {
        **hri("agency", "show", CODE, *JSON).ok().json,
    }
    assert [found[part] for part in ("complaints", "assessments")] == [[], []]


def test_every_record_of_a_dossier_has_an_id(hri) -> None:
    enter(hri)
    award(hri)
    impose(hri, "exposure", "2013-12-01", "--staff", hire(hri)).ok()

    def records(value: object) -> None:
        if isinstance(value, dict):
            if not {"pledges", "reviews", "rewards"} & value.keys():
                assert value["id"]
            for item in value.values():
                records(item)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    records(item)

    records(dossier(hri))


def test_no_complainant_stands_in_a_dossier(hri, tmp_path) -> None:
    enter(hri)
    shown = hri("agency", "dossier", CODE).ok().out
    shown += hri("agency", "dossier", CODE, *JSON).ok().out
    shown += hri("agency", "dossier", CODE, "-f", "csv").ok().out
    for suffix in ("html", "docx"):
        hri("agency", "dossier", CODE, "-o", tmp_path / f"a.{suffix}").ok()
    shown += (tmp_path / "a.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "a.docx") as book:
        shown += book.read("word/document.xml").decode()
    shown += hri("agency", "dossier", CODE, "--known-at", "2999-01-01", *JSON).ok().out
    assert "押金不退" in shown
    assert "赵投诉" not in shown
    assert "13800000000" not in shown


def test_later_events_are_not_there_yet(hri) -> None:
    enter(hri)
    award(hri, dt.date(2013, 11, 20))
    first = order(hri, "2013-10-10", "2013-10-20")
    hri("sanction", "mend", first, "--date", "2013-10-18").ok()
    taken = impose(hri, "circular", "2013-12-01").ok().json["id"]
    hri("sanction", "withdraw", taken, "--date", "2013-12-10", "--reason", "复核").ok()
    hri("agency", "edit", CODE, "--name", "北京乙人力资源有限公司", "--date", "2013-12-15").ok()
    hri("agency", "close", CODE, "--date", "2013-12-20", "--reason", "停业").ok()

    def then(day: str) -> tuple:
        found = dossier(hri, "--as-of", day)
        measures = found["rewards_and_sanctions"]
        return (
            found["basic"]["name"],
            found["basic"]["status"],
            [gap["mended"] for one in found["compliance"]["inspections"] for gap in one["gaps"]],
            [one["closed"] for one in found["complaints"]],
            [one["state"] for one in measures["titles"]],
            [one["state"] for one in measures["sanctions"]],
        )

    assert then("2013-10-08") == (NAME, "active", [], [], [], [])
    assert then("2013-10-15") == (NAME, "active", [None], [None], [], ["open"])
    assert then("2013-10-30") == (
        NAME, "active", ["2013-10-30"], ["2013-10-25"], [], ["mended"],
    )  # fmt: skip
    assert then("2013-12-01")[-2:] == (["reported"], ["mended", "in-force"])
    assert then("2013-12-10")[-2:] == (["current"], ["mended", "withdrawn"])
    assert then("2013-12-15")[:2] == ("北京乙人力资源有限公司", "active")
    assert then("2013-12-20")[:2] == ("北京乙人力资源有限公司", "closed")
    assert dossier(hri, "--as-of", "2013-12-31") == dossier(hri)


def test_known_at_is_what_was_printed_then_whatever_was_typed_in_since(hri, tmp_path) -> None:
    enter(hri)
    before = dossier(hri)
    time.sleep(0.01)
    moment = now()
    time.sleep(0.01)
    impose(hri, "exposure", "2013-10-01").ok()
    hri("agency", "edit", CODE, "--phone", "62560000").ok()
    assert dossier(hri, "--known-at", moment) == before
    zoned = dt.datetime.fromisoformat(moment).astimezone(dt.timezone(dt.timedelta(hours=-5)))
    assert dossier(hri, "--known-at", zoned.isoformat()) == before
    assert dossier(hri, "--known-at", "2999-01-01") == dossier(hri) != before
    assert dossier(hri, "--known-at", moment, "--as-of", "2013-10-01")["complaints"] == []


def test_what_was_removed_since_was_known_then(hri) -> None:
    enter(hri)
    before = dossier(hri)
    moment = now()
    with opened(hri) as archive:
        penalty = archive.session.get_one(Penalty, before["compliance"]["penalties"][0]["id"])
        writer.delete(archive, penalty, reason="误登")
    assert dossier(hri)["compliance"]["penalties"] == []
    assert dossier(hri, "--known-at", moment) == before


def test_before_the_agency_was_known_there_is_nothing_to_show(hri) -> None:
    refused = hri("agency", "dossier", CODE, "--known-at", "2001-01-01 08:00", *JSON)
    assert (refused.status, refused.error["code"]) == (4, "not-known-yet")


def test_before_anything_was_on_record_there_is_nothing_to_show(hri) -> None:
    assert dossier(hri, "--as-of", "1999-01-01")["basic"]["name"] == NAME
    hri("agency", "edit", CODE, "--since", "2005-03-01").ok()
    early = hri("agency", "dossier", CODE, "--as-of", "2005-02-28", *JSON)
    assert (early.status, early.error["code"]) == (4, "not-there-yet")
    assert dossier(hri, "--as-of", "2005-03-01")["basic"]["name"] == NAME
    impose(hri, "interview", "2000-01-01").ok()
    assert dossier(hri, "--as-of", "2000-01-01")["basic"]["name"] == NAME


@pytest.mark.parametrize("moment", ["昨天", "2013-13-01", "2013-10-08 25:00", "2013-10-08 下午"])
def test_a_moment_that_is_none_is_wrong_usage(hri, moment) -> None:
    refused = hri("agency", "dossier", CODE, "--known-at", moment, *JSON)
    assert refused.status == 2
    assert "日期和时间" in refused.error["message"]


def test_the_screen_and_the_paper_show_the_same_parts(hri, tmp_path) -> None:
    enter(hri)
    shown = hri("agency", "dossier", CODE).ok().out
    hri("agency", "dossier", CODE, "-o", tmp_path / "a.html").ok()
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    for text in (shown, page):
        places = [text.index(heading) for heading in CHINESE]
        assert places == sorted(places)
        for said in (NAME, CODE, "工商局", "押金不退", "已责令退还", "2013-10-30", "无记录"):
            assert said in text, said


def test_as_csv_each_entry_is_a_line(hri) -> None:
    enter(hri)
    text = hri("agency", "dossier", CODE, "-f", "csv").ok().out
    found = list(csv.DictReader(io.StringIO(text)))
    assert list(found[0]) == ["part", "entry", "id", "date", "content"]
    assert [one["part"] for one in found] == sorted((one["part"] for one in found), key=PARTS.index)
    (penalty,) = [one for one in found if one["entry"] == "行政处罚"]
    assert (penalty["date"], penalty["content"]) == (
        "2013-10-09", "日期：2013-10-09；处罚机关：工商局；依据：《某法》",
    )  # fmt: skip


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_the_dossier_is_printed_in_three_formats(hri, tmp_path, suffix) -> None:
    enter(hri)
    path = tmp_path / f"档案.{suffix}"
    found = hri("agency", "dossier", CODE, "-o", path, "--as-of", "2013-11-01", *JSON).ok()
    assert list(found.json)[:6] == PARTS
    assert path.stat().st_size > 1000
    again = hri("agency", "dossier", CODE, "-o", path, *JSON)
    assert (again.status, again.error["code"]) == (4, "file-exists")
    if suffix == "html":
        page = path.read_text(encoding="utf-8")
        assert "（截至2013年11月1日的情况）" in page
        assert "2013年12月31日" in page


def test_nothing_is_written_where_no_paper_can_be_made(hri, tmp_path) -> None:
    assert hri("agency", "dossier", CODE, "-o", tmp_path / "a.xlsx").status == 2
    assert hri("agency", "dossier", CODE, "-o", tmp_path / "没有" / "a.html").status == 5
    assert list(tmp_path.glob("a.*")) == []


def test_an_inspection_says_who_came_with_whom_and_what_was_lacking(hri, tmp_path) -> None:
    given = ("--publicity", "fail", "--pledge", "pass", "--ledger", "pass", "--feedback", "pass")
    more = (
        "--lacks",
        "prices",
        "--lacks",
        "hotline",
        "--inspectors",
        "张三、李四",
        "--with",
        "公安",
    )
    hri("inspect", "record", CODE, "--date", "2013-10-09", *given, *more, "--note", "墙面空着").ok()
    [seen] = dossier(hri)["compliance"]["inspections"]
    assert (seen["inspectors"], seen["partners"]) == ("张三、李四", "公安")
    assert seen["lacks"] == "hotline,prices"
    for shown in (on_paper(hri, tmp_path), hri("agency", "dossier", CODE).ok().out):
        assert "张三、李四" in shown
        assert "会同公安；缺少监督举报电话、收费标准；墙面空着" in shown


def test_a_measure_that_was_annulled_leaves_its_number_and_none_of_its_facts(hri, tmp_path) -> None:
    person = hire(hri)
    exposed = impose(hri, "exposure", "2013-12-20", "--staff", person).ok().json["id"]
    number = (
        hri("sanction", "notice", exposed, "-o", tmp_path / "a.html", *JSON).ok().json["number"]
    )
    hri("sanction", "served", exposed, "--date", "2013-12-21", "--method", "直接送达",
        "--receiver", "李明").ok()  # fmt: skip
    before = on_paper(hri, tmp_path)
    assert "收取求职者押金不退" in before
    assert "2013-12-21" in before
    given = ("--date", "2013-12-28", "--reason", "押金由他人经手")
    hri("sanction", "withdraw", exposed, *given).ok()
    undone = (
        hri("sanction", "notice", exposed, "-o", tmp_path / "b.html", *JSON).ok().json["number"]
    )
    path = tmp_path / "李明.html"
    hri("agency", "staff", "dossier", person, "-o", path).ok()
    for shown in (on_paper(hri, tmp_path), path.read_text(encoding="utf-8")):
        assert "收取求职者押金不退" not in shown
        assert f"已撤销（2013-12-28，{undone}）" in shown
        assert number in shown


def test_in_the_city_s_archive_a_dossier_is_the_city_s_paper(city, tmp_path) -> None:
    given = ("--name", NAME, "--code", CODE, "--district", "海淀", "--kind", "commercial")
    city("agency", "add", *given).ok()
    assert on_paper(city, tmp_path).count("北京市人力资源和社会保障局") == 2


def test_the_dossiers_of_all_active_agencies_are_written_by_one_call(hri, tmp_path) -> None:
    hri("agency", "add", "--name", "北京乙有限公司", "--code", code_of(7), "--kind", "公益性").ok()
    hri("agency", "add", "--name", "北京丙有限公司", "--code", code_of(8), "--kind", "公益性").ok()
    hri("agency", "close", "北京丙", "--date", "2013-10-20", "--reason", "歇业").ok()
    out = tmp_path / "诚信档案"
    found = hri("agency", "dossier", "--all", "-o", str(out), "--to", "docx", *JSON).ok().json
    active = hri("agency", "list", *JSON).ok().json
    names = [one["name"] for one in active if one["status"] == "active"]
    assert [one["name"] for one in found] == names
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{one['code']} {one['name']}.docx" for one in found
    )
    alone = tmp_path / "一.docx"
    hri("agency", "dossier", found[0]["code"], "-o", str(alone)).ok()
    assert Path(found[0]["written"]).read_bytes() == alone.read_bytes()
    again = hri("agency", "dossier", "--all", "-o", str(out), "--to", "docx", *JSON)
    assert (again.status, again.error["code"]) == (4, "file-exists")


@pytest.mark.parametrize(
    "words",
    [(), ("甲", "--all", "-o", "x"), ("--all",), ("--all", "-o", "x.pdf"), ("甲", "--to", "pdf")],
    ids=str,
)
def test_one_dossier_or_all_into_a_folder(hri, words) -> None:
    assert hri("agency", "dossier", *words).status == 2
