"""`hri sanction`: what scripts see, what it refuses, and the written decisions."""

from __future__ import annotations

import datetime as dt
import re
import zipfile

import pytest

from running import JSON, Hri, code_of, journal, tamper
from sanctioning import CODE, LAW, NAME, award, hire, impose, order, with_agency

KEYS = [
    "id", "agency", "code", "staff", "kind", "grounds", "evidence", "violated", "basis", "date",
    "deadline", "state", "number", "decided_by", "notified", "served",
]  # fmt: skip
"""Typed by hand, as docs/contract.md promises."""


@pytest.fixture
def hri(haidian: Hri) -> Hri:
    haidian.today = "2013-12-10"
    return with_agency(haidian)


def test_a_sanction_has_the_keys_of_the_page(hri) -> None:
    found = impose(hri, "曝光", "2013-10-20", "--basis", LAW).ok().json
    assert list(found)[: len(KEYS)] == KEYS
    assert {key: found[key] for key in KEYS if key != "id"} == {
        "agency": NAME, "code": CODE, "staff": None, "kind": "exposure",
        "grounds": "收取求职者押金不退", "evidence": None, "violated": None, "basis": LAW,
        "date": "2013-10-20", "deadline": None, "state": "in-force", "number": None,
        "decided_by": "haidian", "notified": None, "served": None,
    }  # fmt: skip
    assert hri("sanction", "show", found["id"], *JSON).ok().json == found
    assert hri("sanction", "list", *JSON).ok().json == [found]


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (("rectify",), "deadline-missing", 2),
        (("defer-review", "--basis", LAW), "review-year-missing", 2),
        (("cancel-licence", "--review-year", "2013"), "basis-missing", 2),
        (("defer-review", "--basis", " ", "--review-year", "2013"), "basis-missing", 2),
        (
            ("defer-review", "--basis", "关于年审的规定", "--review-year", "2013"),
            "basis-missing",
            2,
        ),
        (("defer-review", "--basis", LAW, "--review-year", "2013"), "ladder", 1),
        (("cancel-licence", "--basis", LAW, "--review-year", "2013"), "ladder", 1),
    ],
)
def test_a_refusal_cites_the_clause_and_writes_nothing(hri, arguments, code, status) -> None:
    kind, *more = arguments
    before = journal(hri.archive)
    refused = impose(hri, kind, "2013-10-20", *more)
    assert (refused.status, refused.out) == (status, "")
    assert (refused.error["code"], refused.error["clause"]) == (code, "三(八)2")
    assert refused.error["hint"]
    assert journal(hri.archive) == before


def test_the_ladder_up_to_a_cancelled_licence_and_back(hri) -> None:
    first = order(hri, "2013-10-08", "2013-10-20")
    review = ("--review-year", "2013", "--basis", LAW)
    assert impose(hri, "defer-review", "2013-10-20", *review).error["code"] == "ladder"
    impose(hri, "defer-review", "2013-10-21", *review).ok()
    hri("sanction", "fail", first, "--date", "2013-10-25", "--note", "仍有3人未退", *JSON).ok()
    cancelled = impose(hri, "cancel-licence", "2013-11-01", *review).ok().json
    closed = hri("agency", "show", CODE, *JSON).ok().json
    assert (closed["status"], closed["closed"]) == ("closed", "2013-11-01")
    assert impose(hri, "interview", "2013-11-02").error["code"] == "agency-closed"
    reason = ("--date", "2013-11-10", "--reason", "复核后撤销")
    back = hri("sanction", "withdraw", cancelled["id"], *reason, *JSON).ok().json
    assert back["state"] == "withdrawn"
    assert hri("agency", "show", CODE, *JSON).ok().json["status"] == "active"
    hri("archive", "verify").ok()


def test_the_list_of_open_orders_and_of_those_overdue(hri) -> None:
    assert hri("sanction", "list", "--open", *JSON).ok().json == []
    mended, failed = order(hri, "2013-10-01", "2013-10-09"), None
    hri("sanction", "mend", mended, "--date", "2013-10-09").ok()
    failed = order(hri, "2013-10-10", "2013-10-19")
    hri("sanction", "fail", failed, "--date", "2013-10-20", "--note", "未改").ok()
    still = order(hri, "2013-10-21", "2013-10-31")
    impose(hri, "circular", "2013-10-22").ok()

    def ids(*more: str, today: str) -> list[str]:
        return [one["id"] for one in hri("sanction", "list", *more, *JSON, today=today).ok().json]

    assert ids("--open", today="2013-10-31") == [still]
    assert ids("--overdue", today="2013-10-31") == []
    assert ids("--overdue", today="2013-11-01") == ids("--open", today="2013-11-01") == [still]
    assert len(ids(today="2013-11-01")) == 4


def test_a_title_is_lost_at_once_and_its_plaque_tracked(hri) -> None:
    award(hri)
    assert "标牌 BJ2013-001 应于 2013-12-16 前收回" in impose(hri, "通报", "2013-12-01").ok().err
    found = hri("sanction", "plaque", CODE, "--recovered", "2013-12-05", *JSON).ok().json
    assert (found["state"], found["recovered"]) == ("recovered", "2013-12-05")


def test_a_practitioners_sanction_leaves_the_title_unless_attributed(hri) -> None:
    award(hri)
    staff = hire(hri)
    kept = impose(hri, "interview", "2013-12-01", "--staff", staff).ok()
    assert kept.json["staff"] == staff
    assert "称号" not in kept.err
    lost = impose(hri, "entry", "2013-12-02", "--staff", staff, "--attributed").ok()
    assert "示范单位称号停用，请报请市局和协会撤销" in lost.err


def test_a_sanction_is_found_by_its_number_too(hri, tmp_path) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    hri("sanction", "notice", one, "-o", tmp_path / "a.html").ok()
    for typed in ("海人社诚惩〔2013〕1号", "海人社诚惩（2013）1号", "海人社诚惩[2013]0001号"):
        assert hri("sanction", "show", typed, *JSON).ok().json["id"] == one
    missing = hri("sanction", "show", "海人社诚惩〔2013〕2号", *JSON)
    assert (missing.status, missing.error["code"]) == (4, "sanction-missing")


def test_another_districts_sanction_is_not_ours(new_archive, hri) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    hri("archive", "log", CODE).ok()
    elsewhere = new_archive("chaoyang", "chaoyang.db")
    missing = elsewhere("sanction", "mend", one, "--date", "2013-10-10", *JSON)
    assert missing.status == 4
    refused = hri("sanction", "list", "--district", "朝阳区", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "not-ours")


def numbered(hri: Hri, one: str, path) -> dict:
    return hri("sanction", "notice", one, "-o", path, *JSON).ok().json


def test_decisions_are_numbered_in_the_year_of_the_sanction(hri, tmp_path) -> None:
    ids = {
        day: impose(hri, "exposure", day).ok().json["id"]
        for day in ("2013-12-30", "2014-01-02", "2013-11-01")
    }
    hri.today = "2014-01-05"
    numbers = [numbered(hri, one, tmp_path / f"{day}.html")["number"] for day, one in ids.items()]
    assert numbers == ["海人社诚惩〔2013〕1号", "海人社诚惩〔2014〕1号", "海人社诚惩〔2013〕2号"]


def test_a_second_printing_keeps_number_date_and_words(hri, tmp_path) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    first = numbered(hri, one, tmp_path / "a.html")
    hri("agency", "edit", CODE, "--name", "北京乙人力资源有限公司", today="2014-02-01").ok()
    hri.today = "2014-02-03"
    again = hri("sanction", "notice", one, "-o", tmp_path / "b.html", *JSON).ok().json
    assert (again["number"], again["date"], again["sha256"]) == (
        first["number"], "2013-10-08", first["sha256"],
    )  # fmt: skip
    assert (first["again"], again["again"]) == (False, True)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    refused = hri("sanction", "notice", one, "-o", tmp_path / "b.html", *JSON)
    assert (refused.status, refused.error["code"]) == (4, "file-exists")


def test_a_withdrawal_has_a_paper_of_its_own_in_the_same_series(hri, tmp_path) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    first = numbered(hri, one, tmp_path / "a.html")
    hri("sanction", "withdraw", one, "--date", "2013-12-02", "--reason", "经复核，登记有误").ok()
    annulled = numbered(hri, one, tmp_path / "b.html")
    assert (annulled["number"], annulled["date"]) == ("海人社诚惩〔2013〕2号", "2013-12-02")
    page = "".join((tmp_path / "b.html").read_text(encoding="utf-8").split())
    for text in ("撤销决定书", first["number"], "经复核，登记有误", "行政复议"):
        assert text in page, text
    given = ("sanction", "notice", one, "--original", "-o", tmp_path / "c.html", *JSON)
    original = hri(*given).ok().json
    assert (original["number"], original["sha256"]) == (first["number"], first["sha256"])
    marked = (tmp_path / "c.html").read_text(encoding="utf-8")
    mark = '<p class="redhead">（已撤销）</p>'
    assert mark in marked
    first_page = (tmp_path / "a.html").read_text(encoding="utf-8")
    unsigned = [re.sub("hri-signature-[0-9a-f]+", "", page) for page in (marked, first_page)]
    assert unsigned[0].replace(mark, "") == unsigned[1]
    served = ("--date", "2013-12-03", "--method", "直接送达", "--receiver", "王强")
    assert hri("sanction", "served", one, *served, *JSON).ok().json["number"] == annulled["number"]
    late = hri("sanction", "served", first["number"], *served, *JSON).ok().json
    assert late["number"] == first["number"]
    hri("archive", "verify").ok()


@pytest.mark.parametrize(
    ("kind", "more", "title", "said"),
    [
        ("interview", ("--place", "405室", "--at", "2013-12-05 9:30"), "约谈通知书",
         ["决定对你机构予以约谈", "于2013年12月5日9时30分到405室接受约谈"]),
        ("interview", (), "约谈通知书", ["请你机构法定代表人或者负责人于年月日时到接受约谈"]),
        ("exposure", (), "失信惩戒决定书",
         ["决定对你机构的上述行为予以曝光", "公布至2014年12月1日止"]),
        ("exposure", ("--serious",), "失信惩戒决定书", ["公布至2016年12月1日止"]),
        ("circular", (), "失信惩戒决定书", ["决定对你机构的上述行为予以通报。"]),
        ("circular", ("--scope", "本区各机构，书面"), "失信惩戒决定书",
         ["决定对你机构的上述行为予以通报（范围和方式：本区各机构，书面）。"]),
        ("entry", (), "失信惩戒决定书", ["决定将你机构的上述行为载入诚信档案", "本决定记入"]),
        ("rectify", ("--deadline", "2013-12-20"), "责令整改通知书",
         ["于2013年12月20日前（含当日）整改完毕", "暂缓通过年审或者注销许可证",
          "收到本通知之日起60日"]),
        ("defer-review", ("--review-year", "2013", "--serious"), "失信惩戒决定书",
         ["决定对你机构暂缓通过2013年度年审", "你机构的上述行为问题严重"]),
        ("cancel-licence", ("--review-year", "2013", "--serious"), "失信惩戒决定书",
         ["决定注销你机构《人力资源服务许可证》", "停止从事人力资源服务活动"]),
    ],
)  # fmt: skip
def test_a_decision_says_what_its_kind_means(hri, tmp_path, kind, more, title, said) -> None:
    award(hri)
    given = ("--basis", LAW, "--evidence", "收据", "--violated", "《就业促进法》第四十条", *more)
    one = impose(hri, kind, "2013-12-01", *given).ok().json["id"]
    numbered(hri, one, tmp_path / "a.html")
    page = "".join((tmp_path / "a.html").read_text(encoding="utf-8").split())
    for text in (
        title, NAME, CODE, "存在下列行为：收取求职者押金不退。", "有收据等证据证明",
        "违反了《就业促进法》第四十条的规定", f"依照{LAW}和《关于加强", "第三部分第（八）项第2点",
        "报请北京市人力资源和社会保障局、北京人力资源服务行业协会撤销该称号",
        "于15日内将标牌交回我局",
        "60日内，向北京市海淀区人民政府或者北京市人力资源和社会保障局申请行政复议",
        "3个月内，依法向北京市海淀区人民法院提起行政诉讼", "北京市企业信用信息系统",
        '<pclass="date">2013年12月1日</p>',
        *said,
    ):  # fmt: skip
        assert text in page, text
    for text in ("三（八）2", "没有规定", "媒体", "网站", "行业内"):
        assert text not in page, text


def test_a_practitioners_decision_is_addressed_to_them(hri, tmp_path) -> None:
    one = impose(hri, "exposure", "2013-12-01", "--staff", hire(hri)).ok().json["id"]
    numbered(hri, one, tmp_path / "a.html")
    page = "".join((tmp_path / "a.html").read_text(encoding="utf-8").split())
    assert f'<pclass="addressee">李明（{NAME}从业人员）：' in page
    assert "经查，你存在下列行为" in page
    assert "你机构" not in page


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_a_decision_is_made_as_word_and_pdf_too(hri, tmp_path, suffix) -> None:
    path = tmp_path / f"决定{suffix}"
    numbered(hri, order(hri, "2013-12-01", "2013-12-20"), path)
    if suffix == ".docx":
        with zipfile.ZipFile(path) as book:
            assert "责令整改通知书" in book.read("word/document.xml").decode()
    else:
        assert path.read_bytes().startswith(b"%PDF")


def test_what_was_withdrawn_before_it_had_a_number_gets_none(hri, tmp_path) -> None:
    one = order(hri, "2013-12-01", "2013-12-20")
    hri("sanction", "withdraw", one, "--date", "2013-12-02", "--reason", "误登").ok()
    refused = hri("sanction", "notice", one, "-o", tmp_path / "a.html", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "withdrawn")
    assert not (tmp_path / "a.html").exists()


def test_nothing_is_numbered_for_a_file_that_can_not_be_made(hri, tmp_path) -> None:
    one = order(hri, "2013-12-01", "2013-12-20")
    (tmp_path / "a.html").write_text("x")
    for path, status in (
        (tmp_path / "a.html", 4),
        (tmp_path / "没有" / "a.html", 5),
        (tmp_path / "a.doc", 2),
    ):
        assert hri("sanction", "notice", one, "-o", path).status == status
    assert hri("sanction", "show", one, *JSON).ok().json["number"] is None


def test_the_plaque_is_due_15_days_after_the_agency_is_told(hri, tmp_path) -> None:
    award(hri)
    one = impose(hri, "circular", "2013-12-01").ok()
    assert "2013-12-16 前收回（期限由本系统拟定，《通知》没有规定）" in one.err
    numbered(hri, one.json["id"], tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "收到本文书之日起停止使用该称号，并于15日内将标牌交回我局" in page

    def due(today: str) -> list:
        return [u["recover_by"] for u in hri("recommend", "units", *JSON, today=today).ok().json]

    assert due("2013-12-26") == ["2013-12-25"]
    hri("sanction", "notice", one.json["id"], "-o", tmp_path / "b.html", today="2014-01-05").ok()
    assert due("2014-01-05") == ["2013-12-25"]
    (title,) = hri("agency", "dossier", CODE, *JSON).ok().json["rewards_and_sanctions"]["titles"]
    assert title["recover_by"] == "2013-12-25"
    then = hri("agency", "dossier", CODE, "--as-of", "2013-12-31", *JSON, today="2013-12-31").ok()
    assert then.json["rewards_and_sanctions"]["titles"] == [title]
    impose(hri, "exposure", "2013-12-05").ok()
    assert due("2014-01-05") == ["2013-12-25"]


def test_the_term_for_a_plaque_runs_from_service(hri, tmp_path) -> None:
    award(hri)
    one = impose(hri, "circular", "2013-12-01").ok().json["id"]
    numbered(hri, one, tmp_path / "a.html")
    given = ("--date", "2013-12-20", "--method", "邮寄送达", "--receiver", "李女士")
    hri("sanction", "served", one, *given).ok()
    (unit,) = hri("recommend", "units", *JSON).ok().json
    assert (unit["state"], unit["recover_by"]) == ("reported", "2014-01-04")
    assert hri("sanction", "show", one, *JSON).ok().json["served"] == "2013-12-20"


def test_a_plaque_entered_as_back_by_mistake_is_due_again(hri) -> None:
    award(hri)
    impose(hri, "circular", "2013-12-01").ok()
    hri("sanction", "plaque", CODE, "--recovered", "2013-12-05").ok()
    assert hri("sanction", "plaque", CODE, "--undo").status == 2
    back = hri("sanction", "plaque", CODE, "--undo", "--reason", "登记有误", *JSON).ok().json
    assert (back["state"], back["recovered"]) == ("reported", None)
    again = hri("sanction", "plaque", CODE, "--undo", "--reason", "登记有误", *JSON)
    assert (again.status, again.error["code"]) == (1, "nothing-to-undo")


def test_a_plaque_that_came_back_before_the_loss_counts_from_the_loss(
    hri,
) -> None:
    award(hri)
    impose(hri, "circular", "2013-12-01").ok()
    early = hri("sanction", "plaque", CODE, "--recovered", "2013-11-30").ok()
    assert "早于撤销称号的 2013-12-01" in early.err
    assert "于 2013-12-01 收回" in early.out
    (unit,) = hri("recommend", "units", *JSON).ok().json
    assert (unit["state"], unit["recovered"]) == ("recovered", "2013-12-01")


def test_the_same_sanction_is_not_imposed_twice(hri) -> None:
    for kind, more in (("interview", ()), ("rectify", ("--deadline", "2013-12-20"))):
        one = impose(hri, kind, "2013-12-01", *more).ok().json["id"]
        same = impose(hri, kind, "2013-12-01", *more)
        assert (same.status, same.error["code"]) == (4, "sanction-exists")
        assert one in same.error["message"]
    impose(hri, "interview", "2013-12-02").ok()
    impose(hri, "interview", "2013-12-01", "--staff", hire(hri)).ok()
    hri("sanction", "withdraw", one, "--date", "2013-12-03", "--reason", "误登").ok()
    impose(hri, "rectify", "2013-12-01", "--deadline", "2013-12-20").ok()
    assert len(hri("sanction", "list", *JSON).ok().json) == 5


def test_the_same_sanction_of_a_practitioner_is_not_imposed_twice_by_the_end_of_the_id(hri) -> None:
    person = hire(hri)
    impose(hri, "interview", "2013-12-01", "--staff", person).ok()
    for text in (person, person[-8:], f" {person.upper()} "):
        same = impose(hri, "interview", "2013-12-01", "--staff", text)
        assert (same.status, same.error["code"]) == (4, "sanction-exists")


def test_an_end_that_two_practitioners_have_names_neither(hri) -> None:
    end = "abcdef01"
    for person in (hire(hri), hire(hri, "王芳")):
        for table, column in (("employment", "practitioner_id"), ("practitioner", "id")):
            shared = f"substr({column}, 1, length({column}) - {len(end)}) || '{end}'"
            statement = f"UPDATE {table} SET {column} = {shared} WHERE {column} = '{person}'"
            tamper(hri.archive, statement)
    refused = impose(hri, "interview", "2013-12-01", "--staff", end)
    assert (refused.status, refused.error["code"]) == (4, "id-ambiguous")


@pytest.mark.parametrize("stop", ["，", "。", "；", ", ", "、 ", "."])
def test_grounds_that_end_in_a_stop_are_printed_with_one(hri, tmp_path, stop) -> None:
    given = ("--kind", "exposure", "--date", "2013-10-20", "--grounds", f"押金不退{stop}")
    one = hri("sanction", "impose", CODE, *given, *JSON).ok().json["id"]
    numbered(hri, one, tmp_path / "a.html")
    assert "押金不退。</p>" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_sanction_before_the_agency_or_the_reviews_year_is_pointed_out(hri) -> None:
    hri("agency", "edit", CODE, "--since", "2005-03-01", "--date", "2013-12-01").ok()
    early = impose(hri, "interview", "1999-01-01").ok().err
    assert "惩戒日期 1999-01-01 早于" in early
    assert "2005-03-01" in early
    assert "早于" not in impose(hri, "interview", "2005-03-01").ok().err
    at_review = ("--serious", "--basis", LAW, "--review-year")
    late = impose(hri, "cancel-licence", "2013-12-12", *at_review, "2014").ok().err
    assert "日期 2013-12-12 早于年审的年度 2014" in late


def test_days_out_of_order_warn_and_are_taken(hri) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    assert "早于" in hri("sanction", "mend", one, "--date", "2013-10-07").ok().err
    late = impose(hri, "exposure", "2014-01-01").ok()
    assert "之后" in late.err


def test_text_that_no_paper_can_hold_is_refused_from_the_command_line(hri) -> None:
    before = journal(hri.archive)
    given = ("--kind", "exposure", "--date", "2013-10-20", "--grounds", "虚假\x07招聘")
    refused = hri("sanction", "impose", CODE, *given, *JSON)
    assert (refused.status, journal(hri.archive)) == (2, before)
    assert "U+0007" in refused.error["message"]


def test_the_same_day_is_overdue_tomorrow_only(hri) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    on_time, late = (
        hri("sanction", "show", one, *JSON, today=day).ok().json
        for day in ("2013-10-20", "2013-10-21")
    )
    assert (on_time["overdue"], late["overdue"]) == (False, True)
    assert on_time["state"] == late["state"] == "open"
    assert dt.date.fromisoformat(late["deadline"]) == dt.date(2013, 10, 20)


def test_an_agency_that_is_not_there_is_exit_4(hri) -> None:
    given = ("--kind", "exposure", "--grounds", "x", "--date", "2013-10-20")
    assert hri("sanction", "impose", code_of(7), *given).status == 4


def test_the_summary_counts_what_was_annulled_and_not_what_was_mistyped(hri, tmp_path) -> None:
    mistyped, annulled = (impose(hri, kind, "2013-10-08").ok().json["id"]
                          for kind in ("interview", "exposure"))  # fmt: skip
    hri("sanction", "notice", annulled, "-o", tmp_path / "decision.html").ok()
    back = ("--date", "2013-10-09", "--reason", "复核")
    hri("sanction", "withdraw", mistyped, *back).ok()
    assert "另有已撤销的惩戒" not in summary(hri, tmp_path)
    hri("sanction", "withdraw", annulled, *back).ok()
    assert "另有已撤销的惩戒1项。" in summary(hri, tmp_path)


def summary(hri, folder) -> str:
    hri("report", "month", "-o", folder / "month.html", "--force").ok()
    return (folder / "month.html").read_text("utf-8")
