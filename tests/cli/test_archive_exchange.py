"""Bundles from the command line: laptops of one office, district to city and back."""

import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from assessing import rate, result
from counting import calls
from exchanging import acquaint, bundle_of, carry, conflicts_of, contents, heads, key_of, receive
from hrintegrity.archive.location import system_user
from recommending import concluded, recommend, submit
from running import JSON, code_of
from sanctioning import lines

HAIDIAN = "海淀"


@pytest.fixture
def laptops(new_archive):
    """Two archives of one office that trust each other."""
    one, two = new_archive("haidian", "one.db"), new_archive("haidian", "two.db")
    acquaint(one, two)
    return one, two


@pytest.fixture
def district(new_archive, city):
    """A district's archive and the city's, that trust each other."""
    haidian = new_archive("haidian", "haidian.db")
    acquaint(haidian, city)
    # Who is in charge there is known from then on.
    carry(haidian, city)
    carry(city, haidian)
    return haidian, city


def test_a_record_travels_from_one_laptop_to_another(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    assert carry(one, two)["added"] == 1
    assert two("agency", "show", code_of(1), *JSON).ok().json == (
        one("agency", "show", code_of(1), *JSON).ok().json
    )


def test_the_same_bundle_twice_changes_nothing(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    path = bundle_of(one, to=HAIDIAN)
    receive(two, path).ok()
    before = contents(two)
    again = receive(two, path).ok().json
    assert [again[k] for k in ("added", "updated", "unchanged", "conflicts")] == [0, 0, 2, []]
    assert contents(two) == before
    assert len(two("archive", "log", code_of(1), *JSON).ok().json) == 1


def test_what_was_changed_on_both_sides_is_a_conflict_and_ours_stands(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    two("agency", "edit", code_of(1), "--phone", "222").ok()
    found = carry(one, two)
    assert [(c["kind"], c["fields"]) for c in found["conflicts"]] == [
        ("changed", {"phone": ["222", "111"]})
    ]
    assert two("agency", "show", code_of(1), *JSON).json["phone"] == "222"
    assert conflicts_of(two) == found["conflicts"]


@pytest.mark.parametrize(("keep", "phone"), [("ours", "222"), ("theirs", "111")])
def test_a_settled_conflict_is_settled_for_the_other_side_too(laptops, keep, phone):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    two("agency", "edit", code_of(1), "--phone", "222").ok()
    carry(one, two)
    carry(two, one)
    (conflict,) = conflicts_of(two)
    settled = two("archive", "settle", conflict["id"][-8:], "--keep", keep, *JSON).ok().json
    assert (settled["id"], settled["kept"], settled["open"]) == (conflict["id"], keep, 0)
    carry(two, one)
    for office in laptops:
        assert office("agency", "show", code_of(1), *JSON).json["phone"] == phone
        assert conflicts_of(office) == []
    assert heads(one) == heads(two)


def test_the_same_change_on_both_sides_is_no_conflict(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    for office in laptops:
        office("agency", "edit", code_of(1), "--phone", "111").ok()
    found = carry(one, two)
    assert (found["updated"], found["conflicts"]) == (0, [])


def test_the_same_end_by_different_steps_is_no_conflict(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    two("agency", "edit", code_of(1), "--phone", "222").ok()
    two("agency", "edit", code_of(1), "--phone", "111").ok()
    assert carry(one, two)["conflicts"] == []
    assert carry(two, one)["conflicts"] == []
    assert heads(one) == heads(two)


def test_a_dry_run_shows_each_field_and_writes_nothing(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    path, before = bundle_of(one), contents(two)
    found = receive(two, path, "--dry-run").ok().json
    assert (found["added"], found["updated"]) == (1, 1)
    assert ("agency", "updated", {"phone": [None, "111"]}) in [
        (change["table"], change["action"], change["fields"]) for change in found["changes"]
    ]
    assert contents(two) == before
    assert "电话 （空） → 111" in two("archive", "receive", path, "--dry-run").ok().out


def test_what_was_received_before_and_changed_since_is_named(laptops):
    """No signature says that a new version was decided, so whoever receives it is told of it."""
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    first = receive(two, bundle_of(one))
    assert (first.json["added"], first.json["changes"]) == (1, [])
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    one.add("北京乙人力资源有限公司", code_of(2))
    path = bundle_of(one)
    ran = two("archive", "receive", path).ok()
    assert "对方后来改了的：更新机构 北京甲人力资源有限公司：联系电话 （空） → 111。" in ran.err
    assert "北京乙" not in ran.err
    assert ran.out.count("\n") == 1
    one("agency", "edit", code_of(1), "--phone", "222").ok()
    (change,) = carry(one, two)["changes"]
    assert (change["code"], change["fields"]) == (code_of(1), {"phone": ["111", "222"]})
    assert "改了的" not in two("archive", "receive", path).ok().err


def test_an_office_that_was_changed_is_named_by_its_district(district):
    haidian, city = district
    haidian("archive", "office", "--leader", "李局长").ok()
    path = bundle_of(haidian)
    (change,) = receive(city, path, "--dry-run").ok().json["changes"]
    assert (change["subject"], change["agency"], change["code"]) == ("海淀区", None, None)
    assert "更新机关 海淀区：主管领导 王局长 → 李局长" in city("archive", "receive", path).ok().err


def test_a_record_that_is_about_no_agency_is_named_by_what_it_is(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    when = ["--kind", "publicity", "--date", "2013-10-09"]
    activity = one("campaign", "log", *when, "--title", "进社区", *JSON).ok().json["id"]
    person = ["--name", "赵一", "--certificate", "RL1"]
    practitioner = one("agency", "staff", "add", code_of(1), *person, *JSON).ok().json["id"]
    carry(one, two)
    one("campaign", "edit", activity, "--people", "4").ok()
    one("agency", "staff", "edit", practitioner, "--certificate", "RL2").ok()
    changes = receive(two, bundle_of(one)).ok().json["changes"]
    assert {change["table"]: change["subject"] for change in changes} == {
        "activity": "进社区",
        "practitioner": "赵一",
        "employment": "北京甲人力资源有限公司",
    }
    two("campaign", "edit", activity, "--people", "5").ok()
    one("campaign", "edit", activity, "--people", "6").ok()
    receive(two, bundle_of(one)).ok()
    assert "进社区" in two("archive", "conflicts").out


def test_since_leaves_out_what_did_not_change(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    assert carry(one, two, "--since", "2000-01-01")["added"] == 1
    one.add("北京乙人力资源有限公司", code_of(2))
    assert carry(one, two, "--since", "2999-01-01")["added"] == 0


def test_send_wants_a_receiver_or_plain(haidian, tmp_path):
    for more in ((), ("--plain", "--to", HAIDIAN)):
        ran = haidian("archive", "send", "-o", tmp_path / "a.hri", *more, *JSON)
        assert ran.status == 2
    assert not (tmp_path / "a.hri").exists()


def test_send_refuses_a_receiver_whose_key_is_not_known(haidian, tmp_path):
    ran = haidian("archive", "send", "-o", tmp_path / "a.hri", "--to", "朝阳", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "key-missing")


def test_a_file_that_is_there_is_not_overwritten(laptops, tmp_path):
    one, _ = laptops
    path = tmp_path / "a.hri"
    path.write_text("here")
    assert one("archive", "send", "-o", path, "--plain").status == 4
    assert path.read_text() == "here"
    one("archive", "send", "-o", path, "--plain", "--force").ok()


def test_two_entries_of_one_agency_become_a_conflict_that_a_merger_settles(laptops):
    one, two = laptops
    mine = one.add("北京甲人力资源有限公司", code_of(1), "--phone", "111")
    theirs = two.add("北京甲人才", code_of(1), "--address", "某路1号")
    rate(one, code_of(1)).ok()
    rate(two, code_of(1), rater="李专家").ok()
    found = carry(two, one)
    (conflict,) = found["conflicts"]
    assert (conflict["kind"], conflict["record"], conflict["standing"], conflict["waiting"]) == (
        ("twin", theirs["id"], mine["id"], 1)
    )
    merged = one("agency", "merge", theirs["id"], mine["id"], "--reason", "同一家", *JSON).ok().json
    assert (merged["id"], merged["address"], merged["former_names"]) == (
        (mine["id"], "某路1号", ["北京甲人才"])
    )
    assert conflicts_of(one) == []
    carry(one, two)
    carry(two, one)
    for office in laptops:
        assert office("agency", "show", code_of(1), *JSON).json["id"] == mine["id"]
        assert conflicts_of(office) == []
    assert contents(one) == contents(two)
    assert len(contents(one)["score_sheet"]) == 2


def test_the_agency_that_is_held_may_be_the_one_that_remains(laptops):
    one, two = laptops
    mine = one.add("北京甲人力资源有限公司", code_of(1), "--phone", "111")
    theirs = two.add("北京甲人才", code_of(1))
    rate(one, code_of(1)).ok()
    carry(two, one)
    merged = one("agency", "merge", mine["id"], theirs["id"], "--reason", "同一家", *JSON).ok().json
    assert (merged["id"], merged["phone"]) == (theirs["id"], "111")
    carry(one, two)
    carry(two, one)
    assert contents(one) == contents(two)
    assert [row["agency_id"] for row in contents(one)["score_sheet"]] == [theirs["id"]]


def test_two_agencies_of_one_archive_are_merged(haidian):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    haidian.add("北京乙人力资源有限公司", code_of(2))
    rate(haidian, code_of(2)).ok()
    found = (
        haidian("agency", "merge", code_of(2), code_of(1), "--reason", "重复登记", *JSON).ok().json
    )
    assert (found["code"], found["former_names"]) == (code_of(1), ["北京乙人力资源有限公司"])
    assert found["merged"]["code"] == code_of(2)
    assert haidian("agency", "show", "北京乙人力资源有限公司", *JSON).ok().json["code"] == code_of(
        1
    )
    assert result(haidian, code_of(1))["total"] == 100
    assert haidian("archive", "verify").ok()
    (entry,) = [e for e in haidian("archive", "log", *JSON).json if e["action"] == "delete"]
    assert (entry["table"], entry["reason"]) == ("agency", "重复登记")


def test_two_sheets_of_one_rater_become_a_conflict_when_their_agencies_are_merged(haidian):
    for number in (1, 2):
        haidian.add(f"北京{number}人力资源有限公司", code_of(number))
        rate(haidian, code_of(number), [*([0] * 21), number]).ok()
    found = haidian("agency", "merge", code_of(2), code_of(1), "--reason", "重复登记", *JSON).ok()
    assert found.json["conflicts"] == 1
    (conflict,) = conflicts_of(haidian)
    assert (conflict["kind"], conflict["table"], conflict["code"]) == (
        ("twin", "score_sheet", code_of(1))
    )
    haidian("archive", "settle", conflict["id"], "--keep", "theirs").ok()
    assert result(haidian, code_of(1))["total"] == 2
    assert haidian("archive", "verify").ok()


@pytest.mark.parametrize("more", [(code_of(1), code_of(1)), ("甲", "北京甲人力资源有限公司")])
def test_an_agency_is_not_merged_with_itself(haidian, more):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    ran = haidian("agency", "merge", *more, "--reason", "重复", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "same-agency")


def test_from_district_to_city_and_back_with_an_award(district, tmp_path):
    haidian, city = district
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    submit(haidian, tmp_path / "s.zip").ok()
    assert receive(city, bundle_of(haidian, to="市属")).ok().json["conflicts"] == []
    city("recommend", "award", code, "--plaque", "2013-001", "--date", "2013-11-20").ok()
    assert receive(haidian, bundle_of(city, to=HAIDIAN)).ok().json["added"] == 1
    units = haidian("recommend", "units", *JSON).ok().json
    assert [(u["code"], u["plaque"], u["state"]) for u in units] == [(code, "2013-001", "current")]
    # The district finds it dishonest: the title is lost here, and in the city with the next bundle.
    haidian("sanction", "impose", code, "--kind", "exposure", "--grounds", "虚假招聘",
            "--date", "2013-12-01", today="2013-12-01").ok()  # fmt: skip
    found = receive(city, bundle_of(haidian, to="市属")).ok().json
    assert found["conflicts"] == []
    assert city("recommend", "units", *JSON).ok().json[0]["state"] == "revoked"
    assert receive(haidian, bundle_of(city, to=HAIDIAN)).ok().json["conflicts"] == []
    assert contents(haidian)["unit"] == contents(city)["unit"]


def test_who_is_in_charge_travels_and_the_later_word_holds(district, new_archive, tmp_path):
    haidian, city = district
    plan = tmp_path / "方案.txt"
    plan.write_text("一、目标\n\t诚信", encoding="utf-8")
    haidian("archive", "office", "--leader", "王局长", "--plan", plan).ok()
    old = bundle_of(haidian)
    assert receive(city, old).ok().json["updated"] == 1

    def leader(hri):
        found = hri("archive", "office", "--district", HAIDIAN, *JSON).ok().json
        return found["leader"], found["plan"]

    assert leader(city) == ("王局长", "一、目标\n\t诚信")
    assert city("archive", "info", *JSON).ok().json["district"] == "municipal"
    haidian("archive", "office", "--leader", "李局长").ok()
    assert carry(haidian, city)["updated"] == 1
    assert receive(city, old).ok().json["unchanged"] == 1
    assert leader(city)[0] == "李局长"
    # The city's own word holds until the district says something new; so it is among laptops.
    city("archive", "office", "--district", HAIDIAN, "--leader", "赵局长").ok()
    assert (carry(haidian, city)["unchanged"], leader(city)[0]) == (1, "赵局长")
    second = new_archive("haidian", "second.db")
    acquaint(haidian, second)
    carry(haidian, second)
    assert leader(second) == ("李局长", "一、目标\n\t诚信")
    assert sent(second, HAIDIAN)["tables"] == {"office": 1}


def test_all_that_was_sent_is_counted_when_it_comes_in(district):
    haidian, city = district
    kept, gone = (
        haidian("campaign", "log", "--kind", "training", "--date", "2013-10-09", "--title", title,
                *JSON).ok().json["id"]
        for title in ("甲", "乙")
    )  # fmt: skip
    haidian("campaign", "remove", gone, "--reason", "误登").ok()
    haidian("archive", "office", "--leader", "李局长").ok()
    assert sent(haidian, "市属")["records"] == 3
    for counts in ([1, 1, 1], [0, 0, 3]):
        found = receive(city, haidian.archive.with_name("sent.hri")).ok().json
        assert [found[key] for key in ("added", "updated", "unchanged")] == counts
    assert kept in {row["id"] for row in contents(city)["activity"]}


@pytest.fixture
def decided(district):
    """The city sanctions an agency of the district, and tells it."""
    haidian, city = district
    haidian.add("北京甲人力资源有限公司", code_of(1))
    carry(haidian, city)
    made = city("sanction", "impose", code_of(1), "--kind", "rectify", "--grounds", "市局查实",
                "--date", "2013-11-20", "--deadline", "2013-11-30", *JSON).ok().json  # fmt: skip
    found = receive(haidian, bundle_of(city, to=HAIDIAN)).ok().json
    assert (found["added"], found["conflicts"]) == (1, [])
    return haidian, city, made


def test_a_sanction_of_the_city_reaches_the_district_s_dossier(decided):
    haidian, city, made = decided
    (there,) = haidian("sanction", "list", *JSON).ok().json
    assert (there["id"], there["decided_by"]) == (made["id"], "municipal")
    assert "市局查实" in haidian("agency", "dossier", code_of(1)).ok().out
    assert "市级作出" in haidian("agency", "dossier", code_of(1)).ok().out
    # So does what becomes of it; another district hears nothing, and can't know the agency.
    city("sanction", "withdraw", made["id"], "--date", "2013-12-01", "--reason", "误登").ok()
    carry(city, haidian)
    assert haidian("sanction", "show", made["id"], *JSON).ok().json["state"] == "withdrawn"


def test_a_sanction_of_the_city_is_passed_over_where_the_agency_is_not_known(decided, new_archive):
    _, city, _ = decided
    chaoyang = new_archive("chaoyang", "chaoyang.db")
    acquaint(chaoyang, city)
    assert "sanction" not in sent(city, "朝阳")["tables"]
    assert carry(city, chaoyang)["elsewhere"] == 1
    assert contents(chaoyang)["sanction"] == []


def test_a_sanction_on_an_agency_that_only_the_city_has_is_withheld(decided):
    _, city, _ = decided
    city.add("北京丁人力资源有限公司", code_of(4), "--district", HAIDIAN)
    city("sanction", "impose", code_of(4), "--kind", "circular", "--grounds", "押金",
         "--date", "2013-11-20").ok()  # fmt: skip
    assert sent(city, HAIDIAN)["withheld"] == 1


def sent(hri, to: str) -> dict:
    path = hri.archive.with_name("sent.hri")
    return hri("archive", "send", "-o", path, "--to", to, "--force", *JSON).ok().json


@pytest.mark.parametrize("more", [
    ("mend", "--date", "2013-11-25"),
    ("fail", "--date", "2013-11-25", "--note", "没有"),
    ("withdraw", "--date", "2013-11-25", "--reason", "误登"),
])  # fmt: skip
def test_a_sanction_of_the_city_is_not_the_district_s_to_alter(decided, more):
    haidian, _, made = decided
    ran = haidian("sanction", more[0], made["id"], *more[1:], *JSON)
    assert (ran.status, ran.error["code"]) == (1, "citys-own")


def unsigned(page) -> list[str]:
    """Return a page's lines but the signature, which the key of whoever prints it makes."""
    lines = page.read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith('<meta name="hri-')]


def own_decision(haidian, city) -> dict:
    """Let the district sanction its agency, and the city hear of it."""
    made = haidian("sanction", "impose", code_of(1), "--kind", "circular", "--grounds", "乱收费",
                   "--date", "2013-11-21", *JSON).ok().json  # fmt: skip
    carry(haidian, city)
    return made


def test_whoever_does_not_number_is_told_who_can(decided, tmp_path):
    haidian, city, _ = decided
    made = own_decision(haidian, city)
    ran = city("sanction", "notice", made["id"], "-o", tmp_path / "a.html", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "not-register")
    assert "archive send" in ran.error["hint"]
    haidian("sanction", "notice", made["id"], "-o", tmp_path / "a.html").ok()
    assert carry(haidian, city)["conflicts"] == []
    assert (
        city("sanction", "show", made["id"], *JSON).ok().json["number"] == "海人社诚惩〔2013〕1号"
    )


def test_district_and_city_report_one_sanction_under_one_id(district, tmp_path):
    haidian, city = district
    haidian.add("北京甲人力资源有限公司", code_of(1))
    haidian("sanction", "impose", code_of(1), "--kind", "circular", "--grounds", "押金",
            "--date", "2013-11-20").ok()  # fmt: skip
    carry(haidian, city)

    def export(hri, name, *more):
        hri("sanction", "export", tmp_path / name, "--system", "market", *more).ok()
        return [(row["记录编号"], row["批次编号"]) for row in lines(tmp_path / name)]

    (mine,), (theirs,) = export(city, "m.csv"), export(haidian, "h.csv")
    assert (mine[0], mine != theirs) == (theirs[0], True)
    assert carry(haidian, city)["conflicts"] == []
    assert len(contents(city)["sanction_report"]) == 2
    assert export(city, "new.csv") == []
    assert export(city, "all.csv", "--all") == [mine]


@pytest.mark.parametrize("keep", [None, "ours", "theirs"])
def test_a_title_reaches_the_district_whatever_the_city_changed_of_its_agency(
    district, tmp_path, keep
):
    haidian, city = district
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    submit(haidian, tmp_path / "s.zip").ok()
    carry(haidian, city)
    city("agency", "edit", code, "--phone", "5").ok()
    if keep:
        haidian("agency", "edit", code, "--phone", "6").ok()
        (conflict,) = carry(haidian, city)["conflicts"]
        city("archive", "settle", conflict["id"], "--keep", keep).ok()
    city("recommend", "award", code, "--plaque", "2013-001", "--date", "2013-11-20").ok()
    path = tmp_path / "9.hri"
    sent = city("archive", "send", "-o", path, "--to", HAIDIAN, *JSON).ok().json
    assert (sent["tables"]["unit"], sent["withheld"]) == (1, 0)
    receive(haidian, path).ok()
    assert contents(haidian)["unit"] == contents(city)["unit"]
    # What the city made of the agency stays with the city.
    phone = haidian("agency", "show", code, *JSON).ok().json["phone"]
    assert phone == (None if keep is None else "6")


def test_who_decided_signs_in_either_archive_and_numbers_have_no_gap(district, tmp_path):
    haidian, city = district
    haidian.add("北京甲人力资源有限公司", code_of(1))
    carry(haidian, city)
    given = ("--kind", "circular", "--facts", "收押金", "--evidence", "收据", "--violated",
             "《条例》第三条", "--basis", "《条例》第九条", "--date", "2013-10-08")  # fmt: skip
    proof = ("--method", "直接送达", "--receiver", "王强")
    numbers = {}
    for office, name in ((city, "city"), (haidian, "haidian")):
        notice = office("sanction", "notify", code_of(1), *given, *JSON).ok().json
        office("sanction", "served", notice["id"], "--date", "2013-10-08", *proof).ok()
        office("sanction", "statement", notice["id"], "--date", "2013-10-08", "--waived").ok()
        more = ("--notified", notice["id"], "--date", "2013-10-09", *JSON)
        made = office("sanction", "impose", code_of(1), *more, today="2013-10-09").ok().json
        paper = office("sanction", "notice", made["id"], "-o", tmp_path / f"{name}.html", *JSON)
        office("sanction", "served", made["id"], "--date", "2013-10-10", *proof).ok()
        numbers[name] = (notice["number"], paper.ok().json["number"], made["id"])
    assert numbers["city"][:2] == ("京人社诚告〔2013〕1号", "京人社诚惩〔2013〕1号")
    assert numbers["haidian"][:2] == ("海人社诚告〔2013〕1号", "海人社诚惩〔2013〕1号")
    carry(city, haidian)
    carry(haidian, city)
    for office in (haidian, city):
        for name, head in (("city", "北京市"), ("haidian", "北京市海淀区")):
            _, number, one = numbers[name]
            found = office("sanction", "show", one, *JSON).ok().json
            assert (found["number"], found["served"]) == (number, "2013-10-10")
            again = tmp_path / f"{office.archive.stem}-{name}.html"
            office("sanction", "notice", one, "-o", again).ok()
            assert unsigned(again) == unsigned(tmp_path / f"{name}.html")
            assert f'class="signer">{head}人力资源和社会保障局' in again.read_text("utf-8")
        office("archive", "verify").ok()
    citys = numbers["city"][2]
    for refused in (
        haidian("sanction", "withdraw", citys, "--date", "2013-10-11", "--reason", "x", *JSON),
        haidian("sanction", "mend", citys, "--date", "2013-10-11", *JSON),
    ):
        assert (refused.status, refused.error["code"]) == (1, "citys-own")


def test_a_submission_that_the_city_received_is_not_recalled(district, tmp_path):
    haidian, city = district
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    submit(haidian, tmp_path / "1.zip").ok()
    carry(haidian, city)
    carry(city, haidian)
    refused = haidian("recommend", "recall", "--reason", "漏附材料", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "received")
    here = city("recommend", "recall", "海淀区", "--reason", "漏附材料", *JSON)
    assert (here.status, here.error["code"]) == (1, "received")


def test_a_lost_title_is_reported_until_the_citys_archive_has_it(district, tmp_path):
    haidian, city = district
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    submit(haidian, tmp_path / "s.zip").ok()
    carry(haidian, city)
    city("recommend", "award", code, "--plaque", "2013-001", "--date", "2013-11-20").ok()
    carry(city, haidian)
    haidian("sanction", "impose", code, "--kind", "exposure", "--grounds", "虚假招聘",
            "--date", "2013-12-01", today="2013-12-01").ok()  # fmt: skip

    def state(office):
        return office("recommend", "units", *JSON).ok().json[0]["state"]

    assert (state(haidian), state(city)) == ("reported", "current")
    carry(haidian, city)
    assert (state(haidian), state(city)) == ("reported", "revoked")
    carry(city, haidian)
    assert state(haidian) == "revoked"
    assert contents(haidian)["unit"] == contents(city)["unit"]


def test_a_title_is_lost_when_the_sanction_comes_from_elsewhere(district, tmp_path):
    haidian, city = district
    (code,) = concluded(haidian, [1])
    recommend(haidian, code).ok()
    submit(haidian, tmp_path / "s.zip").ok()
    carry(haidian, city)
    city("recommend", "award", code, "--plaque", "2013-001", "--date", "2013-11-20").ok()
    # The district does not know of the title yet.
    haidian("sanction", "impose", code, "--kind", "exposure", "--grounds", "虚假招聘",
            "--date", "2013-12-01", today="2013-12-01").ok()  # fmt: skip
    carry(haidian, city)
    assert city("recommend", "units", *JSON).ok().json[0]["state"] == "revoked"
    carry(city, haidian)
    assert haidian("recommend", "units", *JSON).ok().json[0]["state"] == "revoked"
    assert contents(haidian)["unit"] == contents(city)["unit"]
    for record in (row["id"] for row in contents(city)["unit"]):
        assert heads(city)[record] == heads(haidian)[record]


def test_a_campaign_stands_as_the_city_has_it(district):
    haidian, city = district
    for office in district:
        days = ("--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")
        office("campaign", "start", "--year", "2014", *days).ok()
    found = carry(city, haidian)
    assert (found["added"], found["updated"], found["conflicts"]) == (0, 0, [])
    days = ("--from", "2014-10-08", "--to", "2014-10-31", "--deadline", "2014-11-05")
    city("campaign", "start", "--year", "2014", *days).ok()
    found = carry(city, haidian)
    assert (found["updated"], found["conflicts"]) == (1, [])
    assert [row["start"] for row in contents(haidian)["campaign"] if row["year"] == 2014] == (
        ["2014-10-08"]
    )


def test_the_city_sees_from_which_office_a_record_came(district):
    haidian, city = district
    haidian.add("北京甲人力资源有限公司", code_of(1))
    carry(haidian, city)
    (entry,) = city("archive", "log", code_of(1), *JSON).ok().json
    assert (entry["sender"], entry["sender_name"]) == ("haidian", "海淀区")


def test_the_city_sends_municipal_agencies_and_no_other_district_s(district, new_archive):
    haidian, city = district
    city.add("北京市属人力资源有限公司", code_of(3), "--district", "市属")
    city.add("北京朝阳人力资源有限公司", code_of(4), "--district", "朝阳")
    found = receive(haidian, bundle_of(city, to=HAIDIAN)).ok().json
    assert found["added"] == 1
    assert [row["district"] for row in contents(haidian)["agency"]] == ["municipal"]


def test_who_complained_never_travels(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    one("complaint", "add", code_of(1), "--received", "2013-10-01", "--channel", "market",
        "--subject", "收费", "--from", "王秘密", "--contact", "13900000000").ok()  # fmt: skip
    path = bundle_of(one)
    receive(two, path).ok()
    assert len(contents(two)["complaint"]) == 1
    payload = path.read_bytes().split(b"\n", 2)[2]
    path.with_suffix(".zip").write_bytes(payload)
    with zipfile.ZipFile(path.with_suffix(".zip")) as package:
        text = package.read("records.jsonl").decode()
    assert "收费" in text
    for secret in ("王秘密", "13900000000", "salt"):
        assert secret not in text


def test_attachments_travel_once_and_whole(laptops, tmp_path):
    one, two = laptops
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(bytes(range(256)) * 5000)
    for title in ("宣传", "再宣传"):
        one("campaign", "log", "--kind", "publicity", "--date", "2013-10-09", "--title", title,
            "--attach", photo).ok()  # fmt: skip
    found = carry(one, two)
    assert (found["attachments"], found["missing"]) == (1, [])
    listed = two("campaign", "list", *JSON).ok().json
    paths = {a["path"] for activity in listed for a in activity["attachments"]}
    (path,) = paths
    assert two.archive.name in path
    assert Path(path).read_bytes() == photo.read_bytes()
    assert two("archive", "verify").ok()


def test_a_lost_attachment_is_told_and_does_not_keep_the_rest_back(laptops, tmp_path):
    one, two = laptops
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    one("campaign", "log", "--kind", "publicity", "--date", "2013-10-09", "--title", "宣传",
        "--attach", photo).ok()  # fmt: skip
    for path in one.archive.with_name(f"{one.archive.name}.files").rglob("*"):
        if path.is_file():
            path.unlink()
    sent = one("archive", "send", "-o", tmp_path / "a.hri", "--plain", *JSON).ok()
    assert len(sent.json["missing"]) == 1
    assert "1 个附件" in sent.err
    found = receive(two, tmp_path / "a.hri").ok()
    assert len(found.json["missing"]) == 1
    assert len(contents(two)["attachment"]) == 1


def test_a_deletion_travels(laptops):
    one, two = laptops
    one("campaign", "log", "--kind", "publicity", "--date", "2013-10-09", "--title", "宣传").ok()
    carry(one, two)
    (activity,) = two("campaign", "list", *JSON).ok().json
    two("campaign", "remove", activity["id"], "--reason", "重复").ok()
    old = bundle_of(one)
    assert carry(two, one)["updated"] == 1
    assert one("campaign", "list", *JSON).ok().json == []
    receive(two, old).ok()
    assert two("campaign", "list", *JSON).ok().json == []


def test_an_agency_is_handed_over_with_all_its_records(new_archive, city):
    haidian, chaoyang = new_archive("haidian", "h.db"), new_archive("chaoyang", "c.db")
    acquaint(haidian, chaoyang, city)
    haidian.add("北京甲人力资源有限公司", code_of(1))
    rate(haidian, code_of(1)).ok()
    carry(haidian, city)
    haidian("agency", "edit", code_of(1), "--district", "朝阳", "--reason", "迁址").ok()
    for office in (city, chaoyang):
        assert carry(haidian, office)["conflicts"] == []
        assert len(contents(office)["score_sheet"]) == 1
    chaoyang("agency", "edit", code_of(1), "--phone", "333").ok()
    assert carry(chaoyang, city)["conflicts"] == []
    assert city("agency", "show", code_of(1), *JSON).ok().json["phone"] == "333"
    assert carry(haidian, city)["updated"] == 0
    assert carry(chaoyang, haidian)["conflicts"] == []


def test_the_city_merges_its_own_entry_into_the_district_s_and_not_the_other_way(district):
    haidian, city = district
    theirs = haidian.add("北京甲人力资源有限公司", code_of(1))
    mine = city.add("北京甲人才", code_of(1), "--district", HAIDIAN)
    carry(haidian, city)
    ran = city("agency", "merge", theirs["id"], mine["id"], "--reason", "同一家", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "merge-other-way")
    city("agency", "merge", mine["id"], theirs["id"], "--reason", "同一家").ok()
    haidian("agency", "edit", code_of(1), "--phone", "111").ok()
    assert carry(haidian, city)["conflicts"] == []
    assert city("agency", "show", code_of(1), *JSON).ok().json["phone"] == "111"


def test_what_the_city_takes_from_a_district_stays_the_district_s(district):
    haidian, city = district
    haidian.add("北京甲人力资源有限公司", code_of(1))
    carry(haidian, city)
    city("agency", "edit", code_of(1), "--phone", "222").ok()
    haidian("agency", "edit", code_of(1), "--phone", "111").ok()
    (conflict,) = carry(haidian, city)["conflicts"]
    city("archive", "settle", conflict["id"], "--keep", "theirs").ok()
    haidian("agency", "edit", code_of(1), "--phone", "333").ok()
    assert carry(haidian, city)["conflicts"] == []
    assert city("agency", "show", code_of(1), *JSON).ok().json["phone"] == "333"


def test_the_first_line_tells_what_it_is_and_the_second_who_signed_it(laptops):
    one, _ = laptops
    first, second, _ = bundle_of(one, to=HAIDIAN).read_bytes().split(b"\n", 2)
    assert first == b"HRI-BUNDLE 1"
    header = json.loads(second)
    assert header["key"] == key_of(one)
    assert (header["from"], header["to"], header["encrypted"]) == ("haidian", "haidian", True)


def test_an_unknown_conflict_is_not_found(haidian):
    ran = haidian(
        "archive", "settle", "01a20cf3-0dac-77c9-9c87-7160c669a597", "--keep", "ours", *JSON
    )
    assert (ran.status, ran.error["code"]) == (4, "conflict-missing")


@pytest.mark.archive_file("its rows are changed past the program")
def test_a_row_that_was_put_in_past_the_journal_is_told_as_damage(district, tmp_path):
    haidian, city = district
    agency = haidian.add("北京甲人力资源有限公司", code_of(1))
    carry(haidian, city)
    for hri in district:
        plain = sqlite3.connect(hri.archive)
        plain.execute(
            "INSERT INTO unit (id, agency_id, year, plaque, awarded) VALUES (?, ?, 2013, '1', ?)",
            ("01a20cf3-0dac-77c9-9c87-7160c669a597", agency["id"], "2013-11-20"),
        )
        plain.commit()
        plain.close()
    for hri, to in ((haidian, ["--plain"]), (city, ["--plain"]), (city, ["--to", HAIDIAN])):
        ran = hri("archive", "send", "-o", tmp_path / "x.hri", *to, *JSON)
        assert (ran.status, ran.error["code"]) == (5, "archive-damaged")
        assert "verify" in ran.error["hint"]


LATIN = re.compile(r"[a-z_]{3,}")


def test_what_came_and_what_is_open_is_told_in_chinese(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1), "--grade", "AA")
    added = two("archive", "receive", bundle_of(one), "--dry-run").ok().out
    assert "新增机构 北京甲人力资源有限公司：代码 " in added
    assert "机构性质 经营性" in added
    carry(one, two)
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    two("agency", "edit", code_of(1), "--phone", "222").ok()
    carry(one, two)
    told = two("archive", "conflicts").ok().out
    assert "电话 222 → 111" in told
    log = two("archive", "log").ok().out.replace(system_user(), "")
    for text in (added, told, log):
        assert not LATIN.search(re.sub(r"[0-9a-f]{4,}|[0-9a-f]{8}-\S*", "", text)), text
    entries = two("archive", "log", *JSON).ok().json
    assert ("conflict", "insert") in [(entry["table"], entry["action"]) for entry in entries]


def test_a_rehearsed_conflict_is_not_there_to_be_settled(laptops):
    one, two = laptops
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    one("agency", "edit", code_of(1), "--phone", "111").ok()
    two("agency", "edit", code_of(1), "--phone", "222").ok()
    path = bundle_of(one)
    (rehearsed,) = receive(two, path, "--dry-run").ok().json["conflicts"]
    (real,) = receive(two, path).ok().json["conflicts"]
    assert rehearsed | {"id": real["id"]} == real
    assert rehearsed["id"] is None


def test_a_city_s_decision_that_only_a_district_has_is_brought_back_by_the_city_s_backup(
    decided, new_archive
):
    haidian, _, _ = decided
    fresh = new_archive("municipal", "fresh.db")
    acquaint(haidian, fresh)
    ran = receive(fresh, bundle_of(haidian))
    assert (ran.status, ran.error["code"]) == (3, "predecessor-missing")
    assert "archive restore" in ran.error["hint"]


def test_whoever_takes_a_register_is_told_who_numbered(decided, tmp_path):
    haidian, city, _ = decided
    made = own_decision(haidian, city)
    haidian("sanction", "notice", made["id"], "-o", tmp_path / "a.html").ok()
    carry(haidian, city)
    told = city("archive", "register", "take", HAIDIAN).ok().err
    assert "在本档案库已编 0 件，另有 1 件由别处编号后收到" in told
    found = city("archive", "register", "release", HAIDIAN, *JSON).ok().json
    assert (found["papers"], found["received"]) == (0, 1)


def test_the_city_s_archive_is_told_of_as_an_office(district):
    haidian, city = district
    assert "已导入市级（" in haidian("archive", "receive", bundle_of(city)).ok().out
    wrong = city("archive", "receive", bundle_of(city, to=HAIDIAN))
    assert "给海淀区的，不是给市级（" in wrong.err
    assert "市属机构" not in haidian("archive", "key", "list").ok().out


@pytest.mark.archive_file("bytes of a file")
def test_who_was_erased_in_a_district_leaves_the_city_s_file_too(haidian, city):
    acquaint(haidian, city)
    haidian.add("北京甲人力资源有限公司", code_of(1))
    words = ("--name", "欧阳没有人", "--certificate", "证字七七七")
    person = haidian("agency", "staff", "add", code_of(1), *words, *JSON).ok().json["id"]
    carry(haidian, city)
    assert "欧阳没有人".encode() in city.archive.read_bytes()
    haidian("agency", "staff", "leave", person, "--date", "2013-10-10").ok()
    haidian("agency", "staff", "erase", person, "--reason", "本人要求").ok()
    path = bundle_of(haidian)
    receive(city, path, "--dry-run").ok()
    assert "欧阳没有人".encode() in city.archive.read_bytes()
    receive(city, path).ok()
    for hri in (haidian, city):
        content = hri.archive.read_bytes()
        assert "欧阳没有人".encode() not in content
        assert "证字七七七".encode() not in content
        hri("archive", "verify").ok()


def test_a_register_that_both_sides_had_typed_in_is_settled_at_once(haidian, city):
    acquaint(haidian, city)
    for number in (1, 2, 3):
        haidian.add(f"北京{number}人力资源有限公司", code_of(number))
        city.add(f"北京{number}人力资源公司", code_of(number), "--district", "海淀区")
    assert len(carry(haidian, city)["conflicts"]) == 3
    ran = city("archive", "settle", "--all", "--kind", "changed", "--keep", "theirs", *JSON)
    assert len(conflicts_of(city)) == 3, ran
    city("archive", "settle", "--all", "--kind", "twin", "--keep", "theirs", *JSON).ok()
    assert conflicts_of(city) == []
    names = [agency["name"] for agency in city("agency", "list", *JSON).ok().json]
    assert sorted(names) == [f"北京{number}人力资源有限公司" for number in (1, 2, 3)]
    city("archive", "verify").ok()


@pytest.mark.archive_file("a server's driver makes calls of its own for each row")
def test_a_record_more_in_a_bundle_is_few_calls_of_functions_more(laptops, tmp_path):
    """Time goes by these calls, and is no test's matter."""
    one, two = laptops
    sending, receiving = [], []
    for numbers in (range(1), range(1, 100), range(100, 500)):
        lines = [f"甲{number}公司,{code_of(number)},海淀区,公益性" for number in numbers]
        path = tmp_path / "a.csv"
        path.write_text("\n".join(["机构名称,统一社会信用代码,区县,机构性质", *lines]), "utf-8")
        one("agency", "import", path).ok()
        count, bundle = calls(lambda: bundle_of(one))
        sending.append(count)
        receiving.append(calls(lambda path=bundle: receive(two, path).ok())[0])
    # A bundle has all; what was received before is compared, and takes other calls.
    # Whoever sends checks a record as its receiver will.
    assert (sending[2] - sending[1]) / 400 < 66
    assert (receiving[2] - receiving[1]) / 400 < 90
