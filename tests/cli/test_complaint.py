"""`hri complaint`: from receipt to answer, and complainants kept apart and erased."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import stat

import pytest

import server
from assessing import opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.complaints import Complainant
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies
from running import JSON, code_of, journal, tamper
from year_round import record, refused, rows, table, two_agencies

KEYS = [
    "id", "agency", "code", "district", "received", "channel", "kind", "by", "subject",
    "due", "overdue", "closed", "outcome", "answer", "dishonest", "has_contacts", "erased",
]  # fmt: skip
NAME, CONTACT = "欧阳小芳", "139-0000-7777"
HEADER = ["机构名称", "受理日期", "渠道", "事由", "类型", "投诉人", "联系方式"]
A = "北京甲人力资源有限公司"


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def add(hri, *more, agency="甲", received="2013-10-08", subject="收费不明"):
    about = (agency,) if agency else ()
    given = ("--received", received, "--channel", "market", "--subject", subject)
    return hri("complaint", "add", *about, *given, *more, *JSON)


def close(hri, case, outcome, *more, date="2013-10-09", answer="已责令退费"):
    given = ("--date", date, "--outcome", outcome, "--answer", answer)
    return hri("complaint", "close", case, *given, *more, *JSON)


def bytes_of(hri):
    """Everything that the archive's files hold; on a server those of the tables concerned."""
    url = server.database_of(hri.archive)
    if url is None:
        return b"".join(path.read_bytes() for path in hri.archive.parent.glob("archive.db*"))
    with server.server().connect(url) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(name::regclass)) FROM"
            " unnest(ARRAY['complainant', 'complaint', 'journal']) AS name"
        )
        return b"".join(bytes(content) for (content,) in found)


# Receipt


def test_a_complaint_is_entered_without_showing_who_made_it(haidian, codes):
    found = add(haidian, "--from", NAME, "--contact", CONTACT).ok().json
    assert list(found) == KEYS
    assert (found["agency"], found["code"], found["kind"]) == (A, codes[0], "complaint")
    assert found["has_contacts"] is True
    assert rows(haidian, "complaint", "list") == [found]
    assert record(haidian, "complaint", "show", found["id"]) == found
    for form in ("table", "csv", "json"):
        for command in (("list",), ("show", found["id"])):
            assert NAME not in haidian("complaint", *command, "-f", form).ok().out


@pytest.mark.parametrize(
    ("kind", "agency", "status"),
    [
        ("suggestion", None, 0),
        ("suggestion", "甲", 0),
        ("complaint", "甲", 0),
        ("complaint", None, 2),
        ("report", None, 2),
    ],
)
def test_only_a_suggestion_may_be_about_no_agency(haidian, codes, kind, agency, status):
    ran = add(haidian, "--kind", kind, agency=agency)
    if status:
        assert refused(ran, status, "agency-missing")["clause"] == "四(三)"
        return
    assert (ran.ok().json["agency"], ran.json["district"]) == (A if agency else None, "haidian")


def test_the_citys_suggestions_are_its_own_or_a_districts(city):
    assert add(city, "--kind", "意见建议", agency=None).ok().json["district"] == "municipal"
    more = ("--kind", "意见建议", "--district", "朝阳")
    assert add(city, *more, agency=None).ok().json["district"] == "chaoyang"
    assert len(rows(city, "complaint", "list", "--district", "朝阳")) == 1


@pytest.mark.parametrize("channel", ["market", "labour", "other"])
def test_the_department_that_received_it_is_named(haidian, codes, channel):
    given = ("--received", "2013-10-08", "--channel", channel, "--subject", "无证经营")
    found = record(haidian, "complaint", "add", "甲", *given, "--kind", "举报")
    assert (found["channel"], found["kind"]) == (channel, "report")


def test_the_same_complaint_twice_is_already_there(haidian, codes):
    add(haidian).ok()
    refused(add(haidian), 4, "complaint-exists")
    add(haidian, subject="收费不明（另一件）").ok()
    add(haidian, received="2013-10-09").ok()
    add(haidian, "--kind", "suggestion", agency=None).ok()
    refused(add(haidian, "--kind", "suggestion", agency=None), 4, "complaint-exists")


# Answer


def test_a_complaint_is_closed_once_with_its_answer(haidian, codes):
    case = add(haidian).ok().json["id"]
    found = close(haidian, case, "查实").ok().json
    assert (found["closed"], found["outcome"], found["answer"], found["dishonest"]) == (
        "2013-10-09", "substantiated", "已责令退费", False,
    )  # fmt: skip
    assert rows(haidian, "complaint", "list", "--open") == []
    refused(close(haidian, case, "unfounded"), 1, "already-closed")


@pytest.mark.parametrize(
    ("kind", "outcome", "dishonest", "status", "code"),
    [
        ("complaint", "adopted", False, 1, "outcome-mismatch"),
        ("suggestion", "substantiated", False, 1, "outcome-mismatch"),
        ("complaint", "unfounded", True, 2, "not-substantiated"),
        ("suggestion", "adopted", True, 2, "not-substantiated"),
    ],
)
def test_an_outcome_that_does_not_fit_writes_nothing(
    haidian, codes, kind, outcome, dishonest, status, code
):
    case = add(haidian, "--kind", kind).ok().json["id"]
    before = journal(haidian.archive)
    more = ("--dishonest",) if dishonest else ()
    assert refused(close(haidian, case, outcome, *more), status, code)["clause"]
    assert journal(haidian.archive) == before


def test_an_answer_of_blanks_is_wrong_usage(haidian, codes):
    case = add(haidian).ok().json["id"]
    assert close(haidian, case, "unfounded", answer=" 　").status == 2


def test_an_answer_before_the_receipt_warns(haidian, codes):
    case = add(haidian).ok().json["id"]
    given = ("--date", "2013-10-07", "--outcome", "unfounded", "--answer", "查无此事")
    assert "早于受理日期" in haidian("complaint", "close", case, *given).ok().err


def award(hri, text, awarded=dt.date(2013, 9, 1)):
    with opened(hri) as archive:
        agency = agencies.find(archive, text)
        unit = Unit(agency_id=agency.id, year=2012, plaque="京诚信001", awarded=awarded)
        return writer.insert(archive, unit).id


def title(hri, unit):
    with opened(hri) as archive:
        row = archive.session.get(Unit, unit)
        return row.revoked, row.revoked_by, row.recover_by


def test_proven_dishonesty_takes_a_units_title_in_the_same_transaction(haidian, codes):
    unit = award(haidian, "甲")
    case = add(haidian).ok().json["id"]
    ran = haidian(
        "complaint", "close", case, "--date", "2013-10-09", "--outcome", "substantiated",
        "--answer", "已责令退费", "--dishonest",
    ).ok()  # fmt: skip
    assert "示范单位称号停用，请报请市局和协会撤销；标牌 京诚信001" in ran.err
    assert title(haidian, unit)[:2] == (dt.date(2013, 10, 9), case)
    moments = journal(haidian.archive, ("table", "at"))[-2:]
    assert {table for table, _ in moments} == {"complaint", "unit"}


def test_substantiated_without_dishonesty_takes_no_title(haidian, codes):
    unit = award(haidian, "甲")
    case = add(haidian).ok().json["id"]
    close(haidian, case, "substantiated").ok()
    assert title(haidian, unit) == (None, None, None)


def test_reopening_gives_the_title_back(haidian, codes):
    unit = award(haidian, "甲")
    case = add(haidian).ok().json["id"]
    refused(haidian("complaint", "reopen", case, "--reason", "误办", *JSON), 1, "not-closed")
    close(haidian, case, "substantiated", "--dishonest").ok()
    withdrawn = haidian("archive", "withdraw", case, "--reason", "误登", *JSON)
    refused(withdrawn, 1, "depended-on")
    found = record(haidian, "complaint", "reopen", case, "--reason", "误办")
    assert (found["closed"], found["outcome"], found["dishonest"]) == (None, None, False)
    assert title(haidian, unit) == (None, None, None)
    assert rows(haidian, "complaint", "list", "--open") == [found]


def test_an_open_complaint_is_corrected_with_a_reason(haidian, codes):
    case = add(haidian).ok().json["id"]
    edit = ("complaint", "edit", case, "--reason", "笔误")
    found = record(haidian, *edit, "--agency", "乙", "--subject", "收费未明示", "--from", NAME)
    assert (found["code"], found["subject"], found["has_contacts"]) == (
        codes[1], "收费未明示", True,
    )  # fmt: skip
    refused(haidian(*edit, "--agency", "乙", *JSON), 1, "nothing-changed")
    close(haidian, case, "unfounded").ok()
    refused(haidian(*edit, "--agency", "甲", *JSON), 1, "already-closed")


def test_a_suggestion_about_no_agency_can_not_become_a_complaint(haidian, codes):
    case = add(haidian, "--kind", "suggestion", agency=None).ok().json["id"]
    edit = ("complaint", "edit", case, "--reason", "笔误", "--kind", "complaint")
    refused(haidian(*edit, *JSON), 1, "agency-missing")
    assert record(haidian, *edit, "--agency", "甲")["kind"] == "complaint"


# Who made it


def test_contacts_are_shown_on_demand_only_and_that_is_journalled(haidian, codes):
    case = add(haidian, "--from", NAME, "--contact", CONTACT).ok().json["id"]
    found = record(haidian, "complaint", "show", case, "--with-contacts")
    assert list(found) == [*KEYS, "complainant", "contact"]
    assert (found["complainant"], found["contact"]) == (NAME, CONTACT)
    shown = journal(haidian.archive, ("action", "table", "record", "operator"))[-1]
    assert shown == ("show-contacts", "complaint", case, "张检查")
    assert haidian("archive", "verify").status == 0


def test_the_journal_holds_salted_hashes_only(haidian, codes):
    case = add(haidian, "--from", NAME, "--contact", CONTACT).ok().json["id"]
    with opened(haidian) as archive:
        (person,) = archive.session.exec(Complainant.__table__.select()).all()
    whole = "\n".join(str(entry) for entry in journal(haidian.archive, ("before", "after")))
    assert NAME not in whole
    assert CONTACT not in whole
    assert person.salt not in whole
    (after,) = [
        json.loads(after)
        for name, after in journal(haidian.archive, ("table", "after"))
        if name == "complainant"
    ]
    hashed = hashlib.sha256((person.salt + NAME).encode()).hexdigest()
    assert after["name"] == f"salted:{hashed}"
    assert after["complaint_id"] == case


def test_erasing_removes_every_byte_and_leaves_the_rest(haidian, codes):
    for number in range(40):
        add(haidian, "--from", f"{NAME}{number:03}", "--contact", f"{CONTACT}{number:03}",
            subject=f"第{number}件").ok()  # fmt: skip
    case = rows(haidian, "complaint", "list")[17]
    with opened(haidian) as archive:
        people = archive.session.exec(Complainant.__table__.select()).all()
    salts = {person.complaint_id: person.salt for person in people}
    assert f"{NAME}017".encode() in bytes_of(haidian)
    ran = haidian("complaint", "erase", case["id"], "--reason", "本人要求").ok()
    assert "备份" in ran.err
    content = bytes_of(haidian)
    for secret in (f"{NAME}017", f"{CONTACT}017", salts[case["id"]]):
        assert secret.encode() not in content
    assert f"{NAME}018".encode() in content
    left = record(haidian, "complaint", "show", case["id"], "--with-contacts")
    assert (left["complainant"], left["contact"], left["has_contacts"]) == (None, None, False)
    assert (left["erased"], left["subject"]) == ("2013-10-10", "第17件")
    assert journal(haidian.archive, ("table", "action", "reason"))[-3:-1] == [
        ("complainant", "delete", "本人要求"),
        ("complaint", "update", "本人要求"),
    ]
    assert haidian("archive", "verify").status == 0


def test_erasing_again_only_writes_the_file_anew(haidian, codes):
    case = add(haidian).ok().json["id"]
    before = journal(haidian.archive)
    ran = haidian("complaint", "erase", case, "--reason", "本人要求").ok()
    assert "没有留存" in ran.out
    assert journal(haidian.archive) == before


def test_withdrawing_a_complaint_takes_who_made_it_along(haidian, codes):
    case = add(haidian, "--from", NAME).ok().json["id"]
    found = record(haidian, "archive", "withdraw", case, "--reason", "误登")
    assert (found["what"], found["records"], found["contacts"]) == ("complaint", 2, True)
    assert NAME.encode() not in bytes_of(haidian)
    assert rows(haidian, "complaint", "list") == []


# Import


def put(hri, tmp_path, *lines, more=()):
    file = table(tmp_path / "c.csv", HEADER, *lines)
    return hri("complaint", "import", file, *more, *JSON)


ONE = [A, "2013-10-08", "市场管理", "收费不明", "", NAME, CONTACT]
IDEA = ["", "2013-10-09", "其他", "多办招聘会", "意见建议", "", ""]


def test_complaints_are_imported_with_who_made_them_apart(haidian, codes, tmp_path):
    assert put(haidian, tmp_path, ONE, IDEA).ok().json["added"] == 2
    first, second = rows(haidian, "complaint", "list")
    assert (first["kind"], first["has_contacts"]) == ("complaint", True)
    assert (second["kind"], second["agency"], second["has_contacts"]) == ("suggestion", None, False)
    found = record(haidian, "complaint", "show", first["id"], "--with-contacts")
    assert (found["complainant"], found["contact"]) == (NAME, CONTACT)
    whole = "\n".join(str(entry) for entry in journal(haidian.archive, ("before", "after")))
    assert NAME not in whole


def test_the_same_file_twice_changes_nothing(haidian, codes, tmp_path):
    put(haidian, tmp_path, ONE, IDEA).ok()
    before = journal(haidian.archive)
    for more in ((), ("--on-duplicate", "update")):
        assert put(haidian, tmp_path, ONE, IDEA, more=more).ok().json["unchanged"] == 2
    assert journal(haidian.archive) == before


def test_a_telephone_in_a_subject_is_pointed_out(haidian, codes, tmp_path):
    phoned = [A, "2013-10-08", "市场管理", "收费不明，联系13911112222", "", "", ""]
    found = put(haidian, tmp_path, phoned).ok().json
    assert ["1 件投诉（第 2 行）的事由里像有电话" in remark for remark in found["remarks"]] == [
        True
    ]
    added = haidian("complaint", "add", A, "--received", "2013-10-09", "--channel", "market",
                    "--subject", "电话010-62345678不通")  # fmt: skip
    assert "抹不掉" in added.ok().err


def test_an_answer_that_tells_who_complained_is_pointed_out_when_closed(haidian, codes):
    case = add(haidian, "--from", NAME, "--contact", CONTACT).ok().json["id"]
    told = close(haidian, case, "substantiated", answer=f"已告知{NAME}，13900007777").ok().err
    assert "答复里写有投诉人的姓名、联系方式。答复印进机构的诚信档案" in told
    haidian("complaint", "reopen", case, "--reason", "改写答复").ok()
    assert "投诉人" not in close(haidian, case, "substantiated").ok().err


def test_a_subject_that_tells_who_complained_is_pointed_out_when_corrected(haidian, codes):
    case = add(haidian).ok().json["id"]
    edit = ("complaint", "edit", case, "--reason", "笔误", *JSON)
    assert "抹不掉" in haidian(*edit, "--subject", "收费不明，13900007777", "--from", NAME).ok().err
    assert "事由里写有投诉人的姓名" in haidian(*edit, "--subject", f"{NAME}被多收费").ok().err


@pytest.mark.parametrize("entered_before", [False, True])
def test_an_answer_that_tells_who_complained_is_pointed_out_when_imported(
    haidian, codes, tmp_path, entered_before
):
    if entered_before:
        put(haidian, tmp_path, ONE).ok()
    closed = ["2013-10-09", "查实", f"已告知{NAME}"]
    header = [*HEADER, "办结日期", "办理结果", "答复"]
    path = table(tmp_path / "b.csv", header, [*ONE, *closed])
    found = haidian("complaint", "import", path, "--on-duplicate", "update", *JSON).ok().json
    assert found["updated" if entered_before else "added"] == 1
    assert ["答复里写有投诉人的姓名" in remark for remark in found["remarks"]] == [True]


def test_rejected_rows_are_for_the_user_alone_to_read(haidian, codes, tmp_path):
    bad = [A, "哪天", "市场管理", "收费不明", "", NAME, CONTACT]
    put(haidian, tmp_path, ONE, bad, more=("--rejects", str(tmp_path / "r.csv"))).ok()
    assert stat.S_IMODE((tmp_path / "r.csv").stat().st_mode) == 0o600


def test_other_contacts_are_taken_only_when_asked(haidian, codes, tmp_path):
    put(haidian, tmp_path, ONE).ok()
    other = [*ONE[:-1], "138-1111-2222"]
    error = refused(put(haidian, tmp_path, other), 3, "rows-refused")
    assert "联系方式" in error["details"][0]["reason"]
    assert (
        put(haidian, tmp_path, other, more=("--on-duplicate", "update")).ok().json["updated"] == 1
    )
    case = rows(haidian, "complaint", "list")[0]["id"]
    found = record(haidian, "complaint", "show", case, "--with-contacts")
    assert found["contact"] == "138-1111-2222"


def test_what_was_erased_does_not_come_back_with_the_old_file(haidian, codes, tmp_path):
    put(haidian, tmp_path, ONE).ok()
    case = rows(haidian, "complaint", "list")[0]["id"]
    haidian("complaint", "erase", case, "--reason", "本人要求").ok()
    found = put(haidian, tmp_path, ONE, more=("--on-duplicate", "update")).ok().json
    assert found["unchanged"] == 1
    assert NAME.encode() not in bytes_of(haidian)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (["", "2013-10-09", "其他", "乱收费", "投诉", "", ""], "机构名称", "只有意见建议"),
        ([A, "", "其他", "乱收费", "", "", ""], "受理日期", "没有填写"),
        ([A, "2013-10-09", "电台", "乱收费", "", "", ""], "渠道", "只能是"),
        ([A, "2013-10-09", "其他", "", "", "", ""], "事由", "没有填写"),
    ],
)
def test_a_wrong_row_is_named(haidian, codes, tmp_path, line, column, reason):
    (detail,) = refused(put(haidian, tmp_path, ONE, line), 3, "rows-refused")["details"]
    assert (detail["row"], detail["column"]) == (3, column)
    assert reason in detail["reason"]
    assert rows(haidian, "complaint", "list") == []


def test_a_closed_complaint_does_not_change_its_kind(haidian, codes, tmp_path):
    put(haidian, tmp_path, ONE).ok()
    close(haidian, rows(haidian, "complaint", "list")[0]["id"], "unfounded").ok()
    line = [*ONE[:4], "意见建议", *ONE[5:]]
    ran = put(haidian, tmp_path, line, more=("--on-duplicate", "update"))
    assert "类型不能再改" in refused(ran, 3, "rows-refused")["details"][0]["reason"]


def test_another_districts_complaint_is_not_ours(new_archive):
    city = new_archive("municipal", "city.db")
    city.add("北京丙人力资源有限公司", code_of(3), "--district", "朝阳")
    about = add(city, agency=code_of(3)).ok().json["id"]
    idea = add(city, "--kind", "意见建议", agency=None).ok().json["id"]
    tamper(city.archive, "UPDATE office SET district = 'haidian' WHERE owner")
    refused(add(city, agency=code_of(3), subject="又一件"), 1, "not-ours")
    for case in (about, idea):
        refused(city("complaint", "show", case, *JSON), 1, "not-ours")
        refused(close(city, case, "withdrawn"), 1, "not-ours")
        refused(city("complaint", "erase", case, "--reason", "误", *JSON), 1, "not-ours")
        refused(city("archive", "withdraw", case, "--reason", "误", *JSON), 1, "not-ours")
    assert rows(city, "complaint", "list") == []


# Terms and replies


def test_a_complaint_is_due_after_thirty_days_unless_said_otherwise(haidian, codes):
    first = add(haidian, received="2013-09-10").ok().json
    second = add(haidian, "--due", "2013-10-20", received="2013-09-10", subject="押证件").ok().json
    assert (first["due"], second["due"]) == ("2013-10-10", "2013-10-20")
    listed = [case["id"] for case in rows(haidian, "complaint", "list", "--overdue")]
    assert listed == []
    late = haidian("complaint", "list", "--overdue", *JSON, today="2013-10-11").ok().json
    assert [(case["id"], case["overdue"]) for case in late] == [(first["id"], True)]
    ran = close(haidian, first["id"], "unfounded", date="2013-10-11").ok()
    assert "晚于办理期限 2013-10-10" in ran.err
    assert haidian("complaint", "list", "--overdue", *JSON, today="2013-10-11").ok().json == []


def test_who_spoke_and_through_the_hotline_is_kept(haidian, codes):
    given = ("--channel", "12333", "--by", "求职者", "--kind", "report")
    found = add(haidian, *given).ok().json
    assert (found["by"], found["channel"], found["kind"]) == ("jobseeker", "12333", "report")
    edited = record(
        haidian, "complaint", "edit", found["id"], "--reason", "写错", "--by", "employer"
    )
    assert edited["by"] == "employer"
    shown = haidian("complaint", "list").ok().out
    assert "用人单位" in shown
    assert "12333热线" in shown


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_an_answer_is_printed_for_whoever_complained(haidian, codes, tmp_path, suffix):
    case = add(haidian, "--from", NAME, "--contact", CONTACT).ok().json["id"]
    paper = tmp_path / f"答复.{suffix}"
    refused(haidian("complaint", "reply", case, "-o", paper, *JSON), 1, "not-closed")
    assert not paper.exists()
    close(haidian, case, "substantiated", answer="已责令退费。\n请持收据办理").ok()
    found = record(haidian, "complaint", "reply", case, "-o", paper)
    assert found == {"id": case, "addressed": True, "written": str(paper)}
    assert "show-contacts" in [entry[1] for entry in journal(haidian.archive)]
    if suffix == "html":
        text = paper.read_text(encoding="utf-8")
        for word in (NAME, "投诉答复书", "查实", "已责令退费。", "请持收据办理"):
            assert word in text
        assert CONTACT not in text


def test_an_answer_without_a_name_is_addressed_by_who_spoke(haidian, codes, tmp_path):
    given = ("--kind", "suggestion", "--by", "employer")
    case = add(haidian, *given, agency=None).ok().json["id"]
    close(haidian, case, "adopted").ok()
    haidian("complaint", "reply", case, "-o", tmp_path / "答复.html").ok()
    text = (tmp_path / "答复.html").read_text(encoding="utf-8")
    assert "来件（来电、来访）的用人单位：" in text
    assert "意见建议答复书" in text
    assert "行政复议" not in text


def test_an_answer_bears_the_day_of_the_answer_and_says_where_to_go_on(haidian, codes, tmp_path):
    haidian("archive", "office", "--department", "人力资源市场科").ok()
    case = add(haidian).ok().json["id"]
    close(haidian, case, "substantiated", "--dishonest", date="2013-10-20").ok()
    paper = tmp_path / "答复.html"
    haidian("complaint", "reply", case, "-o", paper, today="2013-11-10").ok()
    text = paper.read_text(encoding="utf-8")
    assert '<p class="date">2013年10月20日</p>' in text
    assert "11月10日" not in text
    for words in (
        "来件（来电、来访）人：",
        "收费不明的问题。我局已经办理",
        "查实，认定为不诚信行为。",
        "自收到本答复之日起60日内向北京市海淀区人民政府或者北京市人力资源和社会保障局",
        "承办部门：人力资源市场科；联系电话：88506572",
    ):
        assert words in text
    assert "“收费不明”" not in text
