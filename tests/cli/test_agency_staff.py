"""`hri agency staff` over the whole archive: lists, education, the dossier, erasing who it was."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

import server
from running import JSON, journal, tamper
from year_round import record, refused, rows, two_agencies

NAME, CERTIFICATE = "欧阳小芳", "RL-2012-777001"


@pytest.fixture
def codes(haidian):
    return two_agencies(haidian)


def add(hri, agency, name, *more):
    return record(hri, "agency", "staff", "add", agency, "--name", name, *more)


def leave(hri, person, date="2013-10-09"):
    return hri("agency", "staff", "leave", person["id"], "--date", date).ok()


def listed(hri, *more):
    return [one["name"] for one in rows(hri, "agency", "staff", "list", *more)]


def dossier(hri, person):
    return hri("agency", "staff", "dossier", person["id"], *JSON).ok().json


# Lists


def test_practitioners_are_found_over_the_whole_archive(haidian, codes):
    add(haidian, codes[0], "王小明", "--certificate", "RL001", "--pledged", "2013-10-08")
    add(haidian, codes[1], "王小红", "--certificate", "RL002")
    gone = add(haidian, codes[1], "李明")
    leave(haidian, gone)
    assert listed(haidian) == ["王小明", "王小红"]
    assert listed(haidian, "--left") == ["王小明", "李明", "王小红"]
    assert listed(haidian, "--name", "小") == ["王小明", "王小红"]
    assert listed(haidian, "--name", "明", "--left") == ["王小明", "李明"]
    assert listed(haidian, "--certificate", "rl 002") == ["王小红"]
    assert listed(haidian, "--unsigned") == ["王小红"]
    assert listed(haidian, codes[0], "--left") == ["王小明"]
    assert listed(haidian, "--name", "%") == []


def test_a_district_sees_its_own_practitioners_only(city):
    for number, district in ((1, "海淀区"), (2, "朝阳区")):
        code = f"1101080123456{number:02d}"
        city.add(f"北京{district}公司", code, "--district", district, "--lenient-codes")
        add(city, code, f"{district}的人")
    assert len(listed(city)) == 2
    assert listed(city, "--district", "朝阳区") == ["朝阳区的人"]


# Education


def test_education_is_recorded_for_people_or_for_all_of_an_agency(haidian, codes):
    first = add(haidian, codes[0], "王小明")
    second = add(haidian, codes[0], "王小红")
    gone = add(haidian, codes[0], "李明")
    leave(haidian, gone)
    how = ("agency", "staff", "educate")
    one = haidian(*how, first["id"], "--date", "2013-10-08", "--title", "资格培训", *JSON).ok().json
    assert [(e["staff"], e["date"], e["title"]) for e in one] == [
        (first["id"], "2013-10-08", "资格培训")
    ]
    ran = haidian(*how, "--all", codes[0], "--date", "2013-10-08", *JSON).ok()
    assert [e["staff"] for e in ran.json] == [second["id"]]
    assert "1 人 2013-10-08 的诚信教育已经登记" in ran.err
    refused(haidian(*how, "--all", codes[0], "--date", "2013-10-08", *JSON), 4, "education-exists")
    refused(haidian(*how, "--all", codes[1], "--date", "2013-10-08", *JSON), 1, "nobody-there")
    refused(haidian(*how, "--date", "2013-10-08", *JSON), 2, "staff-missing")


def test_education_recorded_by_mistake_is_taken_back_and_goes_with_the_person(haidian, codes):
    person = add(haidian, codes[0], "王小明")
    how = ("agency", "staff", "educate", person["id"], "--date", "2013-10-08", *JSON)
    found = haidian(*how).ok().json[0]
    shown = haidian("agency", "records", codes[0]).ok().out
    assert re.search("从业人员诚信教育 +王小明", shown)
    haidian("archive", "withdraw", found["id"], "--reason", "误登").ok()
    assert dossier(haidian, person)["education"] == []
    haidian(*how).ok()
    haidian("archive", "withdraw", person["id"], "--reason", "误登").ok()
    haidian("archive", "verify").ok()


# The dossier


def test_a_practitioner_s_dossier_has_five_parts(haidian, codes):
    person = add(
        haidian, codes[0], NAME, "--certificate", CERTIFICATE, "--pledged", "2013-10-02",
        "--since", "2012-03-01",
    )  # fmt: skip
    move = ("agency", "staff", "move", person["id"], codes[1], "--date", "2013-10-05")
    haidian(*move).ok()
    haidian("agency", "staff", "educate", person["id"], "--date", "2013-10-08").ok()
    given = ("--title", "诚信服务标兵", "--staff", person["id"], "--date", "2013-10-09")
    haidian("campaign", "title", codes[1], *given).ok()
    told = ("--grounds", "口头许诺录用", "--date", "2013-10-10", "--staff", person["id"])
    haidian("sanction", "impose", codes[1], "--kind", "interview", *told).ok()
    found = dossier(haidian, person)
    assert list(found) == [
        "basic", "employments", "promises", "education", "rewards_and_sanctions",
    ]  # fmt: skip
    assert (found["basic"]["name"], found["basic"]["working"]) == (NAME, True)
    assert [(j["code"], j["since"], j["left"]) for j in found["employments"]] == [
        (codes[0], "2012-03-01", "2013-10-05"),
        (codes[1], "2013-10-05", None),
    ]
    assert found["promises"] == {"pledged": "2013-10-02"}
    assert [e["code"] for e in found["education"]] == [codes[1]]
    rewards = found["rewards_and_sanctions"]
    assert [t["title"] for t in rewards["titles"]] == ["worker"]
    assert [(s["kind"], s["state"]) for s in rewards["sanctions"]] == [("interview", "in-force")]


def test_the_dossier_on_paper_says_what_the_screen_says(haidian, codes, tmp_path):
    person = add(haidian, codes[0], NAME, "--certificate", CERTIFICATE)
    screen = haidian("agency", "staff", "dossier", person["id"]).ok().out
    for suffix in ("html", "docx", "pdf"):
        paper = tmp_path / f"档案.{suffix}"
        haidian("agency", "staff", "dossier", person["id"], "-o", paper).ok()
        assert paper.stat().st_size > 1000
    text = (tmp_path / "档案.html").read_text(encoding="utf-8")
    for word in (NAME, CERTIFICATE, "一、基本信息", "五、奖励惩戒情况", "未签署"):
        assert word in screen
        assert word in text
    ran = haidian("agency", "staff", "dossier", person["id"], "-o", tmp_path / "档案.html", *JSON)
    refused(ran, 4, "file-exists")


# Erasing


def everything(hri):
    """All bytes of the archive, or on a server of the tables concerned."""
    url = server.database_of(hri.archive)
    if url is None:
        return b"".join(path.read_bytes() for path in hri.archive.parent.glob("archive.db*"))
    with server.server().connect(url) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(name::regclass)) FROM"
            " unnest(ARRAY['practitioner', 'employment', 'journal']) AS name"
        )
        return b"".join(bytes(content) for (content,) in found)


def erase(hri, person, reason="本人要求"):
    return hri("agency", "staff", "erase", person["id"], "--reason", reason, *JSON)


def test_neither_name_nor_certificate_is_in_any_byte_after_an_erasure(haidian, codes, tmp_path):
    for number in range(40):
        add(haidian, codes[0], f"同事{number}", "--certificate", f"T{number:03d}")
    table = tmp_path / "人员.csv"
    table.write_text(
        f"机构名称,姓名,资格证号\n北京乙人力资源有限公司,{NAME},{CERTIFICATE}\n", encoding="utf-8"
    )
    haidian("agency", "staff", "import", table).ok()
    person = rows(haidian, "agency", "staff", "list", "--name", NAME)[0]
    edited = ("--pledged", "2013-10-02", "--since", "2013-09-01", "--name", f"{NAME}芳")
    haidian("agency", "staff", "edit", person["id"], *edited).ok()
    back = ("agency", "staff", "edit", person["id"], "--name", NAME)
    haidian(*back, "--reason", "更正姓名").ok()
    leave(haidian, person)
    assert NAME.encode() in everything(haidian)
    found = erase(haidian, person).ok().json
    assert found == {"id": person["id"], "erased": "2013-10-10", "again": False}
    held = everything(haidian)
    for secret in (NAME, CERTIFICATE):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            assert secret.encode(encoding) not in held
    assert not json.dumps(journal(haidian.archive, ("before", "after"))).count(NAME)
    haidian("archive", "verify").ok()
    assert erase(haidian, person).ok().json["again"] is True


def test_an_erased_practitioner_is_still_counted_and_named_nowhere(haidian, codes):
    person = add(haidian, codes[0], NAME, "--certificate", CERTIFICATE, "--pledged", "2013-10-02")
    leave(haidian, person)
    erase(haidian, person).ok()
    found = rows(haidian, "agency", "staff", "list", "--left")
    assert [(p["name"], p["certificate"], p["erased"]) for p in found] == [
        (None, None, "2013-10-10")
    ]
    basic = dossier(haidian, person)["basic"]
    assert (basic["name"], basic["certificate"]) == (None, None)
    assert "（已删除）" in haidian("agency", "staff", "dossier", person["id"]).ok().out
    for when in (("--as-of", "2015-12-31"), ("--known-at", "2030-01-01")):
        shown = haidian("agency", "dossier", codes[0], *when).ok().out
        assert NAME not in shown
        assert "salted" not in shown


def test_the_past_dossier_names_who_is_on_record_still(haidian, codes):
    add(haidian, codes[0], NAME, "--certificate", CERTIFICATE)
    found = haidian("agency", "dossier", codes[0], "--known-at", "2099-01-01", *JSON).ok().json
    people = found["promises"]["practitioners"]
    assert [(p["name"], p["certificate"]) for p in people] == [(NAME, CERTIFICATE)]


def test_who_works_or_has_a_measure_is_not_erased(haidian, codes):
    person = add(haidian, codes[0], NAME)
    refused(erase(haidian, person), 1, "still-employed")
    told = ("--grounds", "口头许诺", "--date", "2013-10-08", "--staff", person["id"])
    haidian("sanction", "impose", codes[0], "--kind", "interview", *told).ok()
    leave(haidian, person)
    refused(erase(haidian, person), 1, "measure-on-record")


def test_a_reason_that_says_who_it_is_is_refused(haidian, codes):
    person = add(haidian, codes[0], NAME)
    leave(haidian, person)
    refused(erase(haidian, person, reason=f"{NAME}本人要求"), 2, "reason-names")


def test_a_text_that_names_who_was_erased_is_pointed_out(haidian, codes):
    person = add(haidian, codes[0], NAME)
    said = ("--received", "2013-10-08", "--channel", "market", "--subject", f"{NAME}态度恶劣")
    haidian("complaint", "add", codes[0], *said).ok()
    leave(haidian, person)
    assert "还写有这个姓名" in erase(haidian, person).ok().err


@pytest.mark.skipif(bool(server.GIVEN), reason="edits the file past the program")
def test_what_an_older_program_journalled_in_clear_is_said(haidian, codes):
    person = add(haidian, codes[0], NAME)
    leave(haidian, person)
    tamper(haidian.archive, "UPDATE practitioner SET salt = NULL")
    tamper(haidian.archive, "UPDATE employment SET salt = NULL")
    with sqlite3.connect(haidian.archive) as connection:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute(
            "UPDATE journal SET after = ? WHERE \"table\" = 'practitioner'",
            (json.dumps({"name": NAME}, ensure_ascii=False),),
        )
    assert "是旧版程序写的" in erase(haidian, person).ok().err
