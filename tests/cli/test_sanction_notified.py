"""Notice beforehand, statement, hearing and service: what each refuses, and what it leads to."""

from __future__ import annotations

import json
import zipfile

import pytest

from hrintegrity.notice.measures import every_sanction
from running import JSON, Hri, code_of, journal
from sanctioning import CODE, LAW, NAME, hire, order, with_agency

GIVEN = {
    "--facts": "收取求职者押金不退",
    "--evidence": "收据",
    "--violated": "《条例》第三条",
    "--basis": LAW,
    "--date": "2013-12-01",
}
WAY = ("--method", "直接送达", "--receiver", "王强")


@pytest.fixture
def hri(haidian: Hri) -> Hri:
    haidian.today = "2014-01-31"
    return with_agency(haidian)


def notify(hri: Hri, kind: str = "circular", *more: str) -> dict:
    given = [text for pair in GIVEN.items() for text in pair]
    return hri("sanction", "notify", CODE, "--kind", kind, *given, *more, *JSON).ok().json


def impose(hri: Hri, notice: str, date: str, *more: str):
    return hri("sanction", "impose", CODE, "--notified", notice, "--date", date, *more, *JSON)


def test_a_notice_is_numbered_in_its_own_series_and_says_what_may_be_said(hri, tmp_path) -> None:
    found = notify(hri, "exposure", "-o", str(tmp_path / "a.html"))
    assert (found["state"], found["number"], found["notified"], found["decided_by"]) == (
        "intended", "海人社诚告〔2013〕1号", found["id"], "haidian",
    )  # fmt: skip
    page = "".join((tmp_path / "a.html").read_text(encoding="utf-8").split())
    for text in (
        "失信惩戒事先告知书", NAME, "有收据等证据证明", "违反了《条例》第三条的规定",
        "我局拟对你机构的上述行为予以曝光", "自收到本告知书之日起3日内", "第三部分第（八）项第2点",
    ):  # fmt: skip
        assert text in page, text
    assert "听证" not in page
    licence = notify(hri, "cancel-licence", "--review-year", "2013", "-o", str(tmp_path / "b.html"))
    assert licence["number"] == "海人社诚告〔2013〕2号"
    assert "要求举行听证的权利" in (tmp_path / "b.html").read_text(encoding="utf-8")
    assert (
        hri("sanction", "list", *JSON).ok().json[0]
        == hri("sanction", "show", found["id"], *JSON).ok().json
    )


@pytest.mark.parametrize(
    ("more", "status"),
    [
        (("--kind", "rectify"), 2),
        (("--kind", "defer-review"), 2),
        (("--kind", "circular", "--staff", "0"), 4),
    ],
)
def test_a_notice_needs_what_its_kind_needs(hri, more, status) -> None:
    before = journal(hri.archive)
    given = [text for pair in GIVEN.items() for text in pair]
    assert hri("sanction", "notify", CODE, *given, *more).status == status
    assert journal(hri.archive) == before


def test_it_is_too_early_until_the_days_are_over_from_service(hri) -> None:
    one = notify(hri)["id"]
    hri("sanction", "served", one, "--date", "2013-12-03", *WAY).ok()
    before = journal(hri.archive)
    early = impose(hri, one, "2013-12-06")
    assert (early.status, early.error["code"]) == (1, "too-early")
    assert "《行政处罚法》" in early.error["clause"]
    assert journal(hri.archive) == before
    made = impose(hri, one, "2013-12-07").ok().json
    assert (made["notified"], made["kind"], made["grounds"], made["evidence"]) == (
        one, "circular", GIVEN["--facts"], "收据",
    )  # fmt: skip
    assert [row["id"] for row in hri("sanction", "list", *JSON).ok().json] == [made["id"]]
    again = impose(hri, one, "2013-12-08")
    assert (again.status, again.error["code"]) == (4, "sanction-exists")


@pytest.mark.parametrize(
    "more",
    [
        ("--kind", "exposure"),
        ("--grounds", "另有其事"),
        ("--basis", "《另一办法》第一条"),
    ],
)
def test_a_decision_keeps_to_its_notice(hri, more) -> None:
    one = notify(hri)["id"]
    beyond = impose(hri, one, "2013-12-20", *more)
    assert (beyond.status, beyond.error["code"]) == (1, "beyond-notice")
    same = ("--kind", "circular", "--grounds", GIVEN["--facts"], "--basis", LAW)
    impose(hri, one, "2013-12-20", *same).ok()


def test_a_notice_is_for_its_own_party(hri) -> None:
    one, staff = notify(hri)["id"], hire(hri)
    hri.add("北京丙人力资源有限公司", code_of(9))
    other = hri("sanction", "impose", code_of(9), "--notified", one, "--date", "2013-12-20", *JSON)
    assert (other.status, other.error["code"]) == (1, "beyond-notice")
    person = impose(hri, one, "2013-12-20", "--staff", staff)
    assert (person.status, person.error["code"]) == (1, "beyond-notice")


def test_what_was_accepted_in_full_ends_the_case(hri) -> None:
    one = notify(hri)["id"]
    said = ("--date", "2013-12-02", "--text", "不是本机构收的")
    assert hri("sanction", "statement", one, "--date", "2013-12-02").status == 2
    ended = hri("sanction", "statement", one, *said, "--accepted", *JSON).ok().json
    assert ended["state"] == "dropped"
    refused = impose(hri, one, "2013-12-20")
    assert (refused.status, refused.error["code"]) == (1, "statement-accepted")


def test_a_hearing_that_was_asked_for_is_held_first(hri) -> None:
    one = notify(hri, "cancel-licence", "--review-year", "2013")["id"]
    assert hri("sanction", "hearing", one).status == 2
    early = hri("sanction", "hearing", one, "--held", "2013-12-10", *JSON)
    assert (early.status, early.error["code"]) == (1, "hearing-not-requested")
    odd = hri("sanction", "hearing", one, "--requested", "2013-11-01").ok()
    assert "2013-11-01 早于告知书的日期 2013-12-01" in odd.err
    refused = impose(hri, one, "2013-12-20", "--serious")
    assert (refused.status, refused.error["code"]) == (1, "hearing-due")
    hri("sanction", "hearing", one, "--held", "2013-12-15").ok()
    impose(hri, one, "2013-12-20", "--serious").ok()
    other = notify(hri, "interview")["id"]
    none = hri("sanction", "hearing", other, "--requested", "2013-12-02", *JSON)
    assert (none.status, none.error["code"]) == (1, "no-hearing")


def test_without_a_notice_it_warns_or_where_the_office_says_so_is_refused(hri, tmp_path) -> None:
    given = ("--kind", "exposure", "--grounds", "收押金", "--date", "2013-12-01")
    assert "没有事先告知" in hri("sanction", "impose", CODE, *given).ok().err
    own = tmp_path / "程序.yaml"
    own.write_text("kinds: {曝光: required, 约谈: warned}\nstatement_days: 5\n", encoding="utf-8")
    hri("sanction", "procedure", "use", own).ok()
    shown = {one["kind"]: one for one in hri("sanction", "procedure", "show", *JSON).ok().json}
    assert (shown["exposure"]["notice"], shown["interview"]["notice"]) == ("required", "warned")
    assert shown["exposure"]["statement_days"] == 5
    again = ("--kind", "exposure", "--grounds", "又收押金", "--date", "2013-12-02")
    refused = hri("sanction", "impose", CODE, *again, *JSON)
    assert (refused.status, refused.error["code"]) == (1, "not-notified")
    own.write_text("kinds: {曝光: perhaps}\n", encoding="utf-8")
    broken = hri("sanction", "procedure", "use", own, *JSON)
    assert (broken.status, broken.error["code"]) == (3, "procedure-refused")


def test_service_is_recorded_once_and_corrected_with_a_reason(hri, tmp_path) -> None:
    made = impose(hri, notify(hri)["id"], "2013-12-20").ok().json
    unmade = hri("sanction", "served", made["id"], "--date", "2013-12-21", *WAY, *JSON)
    assert (unmade.status, unmade.error["code"]) == (1, "not-numbered")
    hri("sanction", "notice", made["id"], "-o", tmp_path / "a.html").ok()
    hri("sanction", "served", made["id"], "--date", "2013-12-21", *WAY).ok()
    twice = hri("sanction", "served", made["id"], "--date", "2013-12-22", *WAY, *JSON)
    assert (twice.status, twice.error["code"]) == (4, "already-served")
    mended = ("--correct", "--reason", "日期看错", *JSON)
    right = hri("sanction", "served", made["id"], "--date", "2013-12-22", *WAY, *mended).ok().json
    assert right["date"] == "2013-12-22"
    assert hri("sanction", "show", made["id"], *JSON).ok().json["served"] == "2013-12-22"


def test_what_no_longer_stands_is_not_due_to_be_served(hri, tmp_path) -> None:
    def due() -> list[str]:
        found = hri("today", *JSON, today="2014-01-05").ok().json
        return [one["command"].split()[-1] for one in found if one["what"] == "decision"]

    taken_back, accepted, notice = (notify(hri)["number"], notify(hri)["number"], notify(hri))
    assert due() == [taken_back, accepted, notice["number"]]
    hri("sanction", "withdraw", taken_back, "--date", "2013-12-02", "--reason", "误").ok()
    hri(
        "sanction", "statement", accepted, "--date", "2013-12-02", "--text", "有", "--accepted"
    ).ok()
    hri("sanction", "served", notice["id"], "--date", "2013-12-02", *WAY).ok()
    assert due() == []
    one = impose(hri, notice["id"], "2013-12-20").ok().json["id"]
    number = hri("sanction", "notice", one, "-o", tmp_path / "1.html", *JSON).ok().json["number"]
    assert due() == [number]
    hri("sanction", "withdraw", one, "--date", "2013-12-21", "--reason", "误").ok()
    assert due() == []
    refused = hri("sanction", "served", one, "--date", "2013-12-22", *WAY, *JSON)
    assert (refused.status, refused.error["code"]) == (1, "annulment-missing")
    annulment = hri("sanction", "notice", one, "-o", tmp_path / "2.html", *JSON).ok().json["number"]
    assert due() == [annulment]


def test_after_a_withdrawal_the_notice_serves_another_decision_and_can_be_taken_back(hri) -> None:
    notice = notify(hri)["id"]
    first = impose(hri, notice, "2013-12-20").ok().json["id"]
    before = journal(hri.archive)
    kept = hri("sanction", "withdraw", notice, "--date", "2013-12-21", "--reason", "误", *JSON)
    assert (kept.status, kept.error["code"]) == (1, "already-decided")
    assert journal(hri.archive) == before
    hri("sanction", "withdraw", first, "--date", "2013-12-21", "--reason", "日期误登").ok()
    again = impose(hri, notice, "2013-12-20").ok()
    assert "日期误登" in again.err
    second = again.json["id"]
    hri("sanction", "withdraw", second, "--date", "2013-12-22", "--reason", "不再处理").ok()
    hri("sanction", "withdraw", notice, "--date", "2013-12-22", "--reason", "不再处理").ok()
    assert impose(hri, notice, "2013-12-23").error["code"] == "withdrawn"


def test_a_result_entered_by_mistake_is_taken_back(hri) -> None:
    given = ("--kind", "rectify", "--grounds", "收押金", "--date", "2013-12-01", "--deadline",
             "2013-12-20")  # fmt: skip
    one = hri("sanction", "impose", CODE, *given, *JSON).ok().json["id"]
    none = hri("sanction", "reopen", one, "--reason", "x", *JSON)
    assert (none.status, none.error["code"]) == (1, "nothing-to-reopen")
    hri("sanction", "mend", one, "--date", "2013-12-10").ok()
    hri("sanction", "fail", one, "--date", "2013-12-21", "--note", "未改").ok()
    assert hri("sanction", "reopen", one, "--reason", "误登", *JSON).ok().json["state"] == "mended"
    assert hri("sanction", "reopen", one, "--reason", "误登", *JSON).ok().json["state"] == "open"


def test_a_failure_says_what_the_check_found(hri) -> None:
    one = order(hri, "2013-12-01", "2013-12-20")
    before = journal(hri.archive)
    assert hri("sanction", "fail", one, "--date", "2013-12-21").status == 2
    blank = hri("sanction", "fail", one, "--date", "2013-12-21", "--note", " ", *JSON)
    assert (blank.status, blank.error["code"]) == (2, "note-missing")
    assert journal(hri.archive) == before


@pytest.mark.parametrize(("step", "code"), [("mend", "already-mended"), ("fail", "already-failed")])
def test_the_day_of_a_result_is_corrected_with_a_reason_only(hri, step, code) -> None:
    one = order(hri, "2013-12-01", "2013-12-20")
    note = ("--note", "未改") if step == "fail" else ()
    hri("sanction", step, one, "--date", "2013-12-21", *note).ok()
    before = journal(hri.archive)
    again = ("sanction", step, one, "--date", "2013-12-22", *note)
    refused = hri(*again, *JSON)
    assert (refused.status, refused.error["code"], refused.error["clause"]) == (1, code, "三(八)2")
    assert journal(hri.archive) == before
    right = hri(*again, "--reason", "日期看错", *JSON).ok().json
    assert right["mended" if step == "mend" else "failed"] == "2013-12-22"
    assert journal(hri.archive, ["reason"])[-1] == ("日期看错",)


def test_the_help_names_the_kinds_of_the_data(hri) -> None:
    for name in ("impose", "notify", "alike"):
        told = "".join(hri("sanction", name, "--help").ok().out.split())
        assert "、".join(one.word for one in every_sanction().values() if not one.at_review) in told
        assert all(one.word in told for one in every_sanction().values())


def test_a_decision_says_how_statement_and_hearing_were_taken(hri, tmp_path) -> None:
    found = notify(hri, "cancel-licence", "--review-year", "2013")
    heard = ("sanction", "statement", found["id"], "--date", "2013-12-03", "--text", "押金已退")
    assert "没有登记复核意见" in hri(*heard).ok().err
    hri(*heard, "--answer", "收据表明没有退还").ok()
    hri("sanction", "hearing", found["id"], "--requested", "2013-12-03").ok()
    held = ("sanction", "hearing", found["id"], "--held", "2013-12-08")
    assert "7日前通知" in hri(*held, "--record", "机构认可收据的真实性").ok().err
    one = impose(hri, found["id"], "2013-12-20", "--serious").ok().json["id"]
    hri("sanction", "notice", one, "-o", tmp_path / "a.html").ok()
    page = "".join((tmp_path / "a.html").read_text("utf-8").split())
    for text in (
        "《失信惩戒听证告知书》（海人社诚告〔2013〕1号）",
        "提出陈述、申辩：押金已退。经复核，收据表明没有退还，我局对上述意见不予采纳。",
        "应你机构要求，我局于2013年12月8日举行了听证：机构认可收据的真实性。",
        "问题严重，违反相关法律法规",
    ):
        assert text in page, text
    assert "没有提出陈述" not in page


def test_a_deferral_names_the_order_that_was_not_complied_with(hri, tmp_path) -> None:
    first = order(hri, "2013-10-08", "2013-10-20")
    hri("sanction", "notice", first, "-o", tmp_path / "a.html").ok()
    hri("sanction", "served", first, "--date", "2013-10-09", *WAY).ok()
    hri("sanction", "fail", first, "--date", "2013-10-25", "--note", "仍有2人未退").ok()
    given = ("--kind", "defer-review", "--grounds", "收押金", "--date", "2013-12-22")
    law = ("--review-year", "2013", "--basis", LAW)
    one = hri("sanction", "impose", CODE, *given, *law, *JSON).ok().json["id"]
    hri("sanction", "notice", one, "-o", tmp_path / "b.html").ok()
    page = "".join((tmp_path / "b.html").read_text("utf-8").split())
    assert (
        "我局于2013年10月8日以《责令整改通知书》（海人社诚惩〔2013〕1号）责令你机构"
        "于2013年10月20日前（含当日）整改（2013年10月9日送达），"
        "2013年10月25日核查，整改不到位：仍有2人未退。"
    ) in page


def test_the_file_of_a_case_names_what_is_missing_and_holds_the_rest(hri, tmp_path) -> None:
    notice = notify(hri)["id"]
    made = impose(hri, notice, "2013-12-20").ok().json
    path = tmp_path / "案卷.zip"
    found = hri("sanction", "file", made["id"], "-o", path, *JSON).ok().json
    assert found["missing"] == [
        "事先告知书的送达回证", "陈述申辩的记录，或放弃的声明", "失信惩戒决定书",
        "记入人力资源市场管理信息系统的记录", "记入北京市企业信用信息系统的记录",
    ]  # fmt: skip
    with zipfile.ZipFile(path) as package:
        assert package.namelist() == found["papers"]
        assert package.testzip() is None
    assert json.dumps(found, ensure_ascii=False).count("事先告知书 海人社诚告〔2013〕1号") == 1


def test_like_cases_come_the_most_alike_first(hri) -> None:
    for day, violated in (
        ("01", "《条例》第三条"),
        ("02", "《办法》第九条"),
        ("03", "《条例》第三条第二款"),
    ):
        given = ("--kind", "entry", "--grounds", "收押金", "--date", f"2013-12-{day}")
        hri("sanction", "impose", CODE, *given, "--violated", violated).ok()
    found = hri("sanction", "alike", "--kind", "entry", "--violated", "《条例》第三条", *JSON)
    assert [one["date"][-2:] for one in found.ok().json] == ["01", "03", "02"]
    assert hri("sanction", "alike", "--kind", "exposure", *JSON).ok().json == []


def test_support_while_a_review_is_deferred_or_an_order_open_is_pointed_out(hri) -> None:
    reward = ("reward", "grant", CODE, "--kind", "funding", "--note", "贴息贷款", "--date")
    assert "请核对" not in hri(*reward, "2013-11-30").ok().err
    order = ("--kind", "rectify", "--grounds", "收押金", "--date", "2013-12-01")
    one = hri("sanction", "impose", CODE, *order, "--deadline", "2013-12-20", *JSON).ok().json["id"]
    assert "责令整改到 2013-12-05 还没有整改完毕" in hri(*reward, "2013-12-05").ok().err
    hri("sanction", "fail", one, "--date", "2013-12-21", "--note", "未改").ok()
    defer = ("--kind", "defer-review", "--grounds", "收押金", "--date", "2013-12-22")
    law = ("--review-year", "2013", "--basis", LAW)
    hri("sanction", "impose", CODE, *defer, *law).ok()
    assert "年审暂缓通过（2013-12-22）" in hri(*reward, "2014-01-05").ok().err


def test_what_is_due_to_be_published_is_told_by_working_days(hri) -> None:
    given = ("--kind", "interview", "--grounds", "收押金", "--date", "2013-09-27")
    one = hri("sanction", "impose", CODE, *given, *JSON).ok().json["id"]
    due = [row for row in hri("today", *JSON).ok().json if row["what"] == "report"]
    # The National Day of 2013: 1 to 7 October are off, 29 September and 12 October are worked.
    assert [(row["due"], row["id"]) for row in due] == [("2013-10-12", one)] * 2
    assert due[0]["command"].startswith("hri sanction export")


def test_nothing_is_recorded_of_a_paper_that_has_a_character_without_a_glyph(hri, tmp_path):
    pytest.importorskip("typst")
    given = [text for pair in (GIVEN | {"--facts": "收押金🏢"}).items() for text in pair]
    notify = ("sanction", "notify", CODE, "--kind", "exposure", *given, "-o")
    activity = ("campaign", "log", "--kind", "training", "--date", "2013-10-08", "--title", "楼🏢")
    identity = hri(*activity, *JSON).ok().json["id"]
    bulletin = ("campaign", "bulletin", identity, "-o")
    before = hri("archive", "log", *JSON).ok().json
    for command in (notify, bulletin):
        ran = hri(*command, tmp_path / "a.pdf", *JSON)
        assert (ran.status, ran.error["code"]) == (3, "glyph-missing")
        assert not (tmp_path / "a.pdf").exists()
    assert hri("archive", "log", *JSON).ok().json == before
