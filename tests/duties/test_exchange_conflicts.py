"""Every kind of conflict: how it comes about, and how it is settled for all."""

from itertools import permutations

import pytest
from sqlmodel import select

from assessing import opened, rate, scores
from concluding import concluded
from exchanging import acquaint, bundle_of, carry, conflicts_of, contents, heads, receive
from hrintegrity.archive import writer
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, Draft, Objection
from hrintegrity.archive.tables.recommendation import Unit
from recommending import DAY
from running import JSON, Hri, code_of


@pytest.fixture
def laptops(new_archive):
    """Two archives of one office that trust each other and know of two agencies."""
    one, two = new_archive("haidian", "one.db"), new_archive("haidian", "two.db")
    acquaint(one, two)
    for number in (1, 2):
        one.add(f"北京{number}人力资源有限公司", code_of(number))
    carry(one, two)
    return one, two


def only(hri: Hri) -> dict:
    (conflict,) = conflicts_of(hri)
    return conflict


def settle(hri: Hri, conflict: dict, keep: str):
    return hri("archive", "settle", conflict["id"], "--keep", keep, *JSON)


def alike(*offices: Hri) -> None:
    """After telling each other all have the same, and nothing is open."""
    for _ in range(3):
        for one, other in permutations(offices, 2):
            carry(one, other)
        if all(heads(office) == heads(offices[0]) for office in offices):
            break
    for office in offices:
        assert conflicts_of(office) == []
        assert heads(office) == heads(offices[0])
        assert contents(office) | {"campaign": []} == contents(offices[0]) | {"campaign": []}
        office("archive", "verify").ok()


def log(hri: Hri, title: str = "培训", *more) -> dict:
    arguments = ("--kind", "training", "--date", "2013-10-09", "--title", title)
    return hri("campaign", "log", *arguments, *more, *JSON).ok().json


def remove(hri: Hri, activity: dict) -> None:
    hri("campaign", "remove", activity["id"], "--reason", "误登").ok()


def agency_ids(hri: Hri) -> dict[str, str]:
    return {row["code"]: row["id"] for row in contents(hri)["agency"]}


@pytest.mark.parametrize(("keep", "there"), [("ours", True), ("theirs", False)])
def test_changed_here_and_deleted_there(laptops, keep, there):
    one, two = laptops
    activity = log(one)
    carry(one, two)
    one("campaign", "edit", activity["id"], "--people", "30").ok()
    remove(two, activity)
    carry(two, one)
    conflict = only(one)
    assert (conflict["kind"], conflict["ours"], conflict["theirs"]) == (
        ("changed", "present", "deleted")
    )
    settle(one, conflict, keep).ok()
    alike(one, two)
    assert [row["people"] for row in contents(two)["activity"]] == ([30] if there else [])


@pytest.mark.parametrize(("keep", "there"), [("ours", False), ("theirs", True)])
def test_deleted_here_and_changed_there(laptops, keep, there):
    one, two = laptops
    activity = log(one)
    carry(one, two)
    one("campaign", "edit", activity["id"], "--people", "30").ok()
    remove(two, activity)
    carry(one, two)
    conflict = only(two)
    assert (conflict["kind"], conflict["ours"], conflict["theirs"]) == (
        ("changed", "deleted", "present")
    )
    settle(two, conflict, keep).ok()
    alike(one, two)
    assert len(contents(one)["activity"]) == there


@pytest.fixture
def attached(laptops, tmp_path):
    """One laptop deletes an activity to which the other one adds a photograph."""
    one, two = laptops
    activity = log(one)
    carry(one, two)
    remove(one, activity)
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo")
    two("campaign", "edit", activity["id"], "--attach", photo).ok()
    return one, two


def test_deleted_there_while_something_new_here_points_at_it(attached):
    one, two = attached
    carry(one, two)
    conflict = only(two)
    assert conflict["kind"] == "in-use"
    refused = settle(two, conflict, "theirs")
    assert (refused.status, refused.error["code"]) == (1, "record-in-use")
    settle(two, conflict, "ours").ok()
    alike(one, two)
    assert [len(contents(one)[t]) for t in ("activity", "attachment")] == [1, 1]


def test_what_points_at_something_deleted_here_can_only_be_given_up(attached):
    one, two = attached
    carry(two, one)
    conflict = only(one)
    assert (conflict["kind"], conflict["table"]) == ("waiting", "attachment")
    refused = settle(one, conflict, "theirs")
    assert (refused.status, refused.error["code"]) == (1, "conflict-waits")
    settle(one, conflict, "ours").ok()
    carry(one, two)
    alike(one, two)
    assert [contents(two)[t] for t in ("activity", "attachment")] == [[], []]


def conclude(hri: Hri, number: int, total: int) -> None:
    with opened(hri) as archive:
        agency = archive.session.exec(select(Agency).where(Agency.code == code_of(number))).one()
        made = writer.insert(
            archive,
            Conclusion(agency_id=agency.id, year=2013, sequence=1, date=DAY, **concluded(total)),
        )
        writer.insert(archive, Objection(conclusion_id=made.id, date=DAY, text=hri.archive.stem))


@pytest.mark.parametrize(("keep", "total"), [("ours", 1), ("theirs", 2)])
def test_two_conclusions_of_one_agency_with_what_points_at_them(laptops, keep, total):
    one, two = laptops
    conclude(one, 1, 1)
    conclude(two, 1, 2)
    found = carry(two, one)
    assert found["waiting"] == 1
    conflict = only(one)
    assert (conflict["kind"], conflict["waiting"]) == ("twin", 1)
    assert conflict["fields"]["total"] == [100, 200]
    settle(one, conflict, keep).ok()
    alike(one, two)
    assert [row["total"] for row in contents(two)["conclusion"]] == [total * 100]
    assert sorted(row["text"] for row in contents(two)["objection"]) == ["one", "two"]


def test_two_equal_conclusions_become_one_by_themselves(laptops):
    one, two = laptops
    conclude(one, 1, 1)
    conclude(two, 1, 1)
    assert carry(two, one)["conflicts"] == []
    alike(one, two)
    (kept,) = contents(one)["conclusion"]
    assert {row["conclusion_id"] for row in contents(one)["objection"]} == {kept["id"]}
    assert len(contents(one)["objection"]) == 2


def test_one_sheet_imported_on_two_laptops_is_one_sheet(laptops):
    for office in laptops:
        rate(office, code_of(1)).ok()
    assert carry(*laptops)["conflicts"] == []
    alike(*laptops)
    assert len(contents(laptops[0])["score_sheet"]) == 1


def test_the_city_leaves_it_to_the_district_to_make_one_of_two(laptops, city):
    one, two = laptops
    acquaint(one, two, city)
    for office in laptops:
        rate(office, code_of(1)).ok()
    carry(one, city)
    carry(two, city)
    assert len(contents(city)["score_sheet"]) == 1
    carry(one, two)
    rate(two, code_of(1), scores(less={1: 1})).ok()
    carry(two, city)
    alike(one, two, city)
    (sheet,) = contents(city)["score_sheet"]
    assert sheet["scores"].startswith("[20")


def test_a_code_that_another_agency_got_meanwhile(laptops):
    one, two = laptops
    one("agency", "edit", code_of(2), "--code", code_of(3)).ok()
    two.add("北京3人力资源有限公司", code_of(3))
    carry(one, two)
    conflict = only(two)
    assert (conflict["kind"], conflict["table"]) == ("twin", "agency")
    refused = settle(two, conflict, "theirs")
    assert (refused.status, refused.error["code"]) == (1, "key-taken")
    # It stands as soon as the code is free.
    two("agency", "edit", code_of(3), "--code", code_of(4)).ok()
    carry(one, two)
    alike(one, two)
    assert set(agency_ids(one)) == {code_of(1), code_of(3), code_of(4)}


def test_ours_is_kept_where_the_code_is_another_agency_s_here(laptops):
    one, two = laptops
    one("agency", "edit", code_of(2), "--code", code_of(3)).ok()
    two.add("北京3人力资源有限公司", code_of(3))
    carry(one, two)
    settle(two, only(two), "ours").ok()
    alike(one, two)
    assert set(agency_ids(one)) == {code_of(1), code_of(2), code_of(3)}


def test_two_codes_that_were_swapped_travel(laptops):
    one, two = laptops
    for old, new in ((1, 9), (2, 1), (9, 2)):
        one("agency", "edit", code_of(old), "--code", code_of(new)).ok()
    assert carry(one, two)["conflicts"] == []
    alike(one, two)


def test_two_entries_of_one_agency_are_a_conflict_even_where_they_say_the_same(laptops):
    one, two = laptops
    for office in laptops:
        office.add("北京3人力资源有限公司", code_of(3))
    carry(two, one)
    conflict = only(one)
    assert (conflict["kind"], conflict["fields"]) == ("twin", {})
    settle(one, conflict, "ours").ok()
    alike(one, two)


def test_agencies_merged_each_into_the_other(laptops):
    one, two = laptops
    for office, number in ((one, 1), (two, 2)):
        rate(office, code_of(number), rater=office.archive.stem).ok()
    ids = agency_ids(one)
    one("agency", "merge", code_of(1), code_of(2), "--reason", "同一家").ok()
    two("agency", "merge", code_of(2), code_of(1), "--reason", "同一家").ok()
    carry(two, one)
    found = {conflict["record"]: conflict for conflict in conflicts_of(one)}
    assert set(found) == set(ids.values())
    settle(one, found[ids[code_of(2)]], "ours").ok()
    settle(one, found[ids[code_of(1)]], "ours").ok()
    alike(one, two)
    assert list(agency_ids(two)) == [code_of(2)]
    assert sorted(row["rater"] for row in contents(two)["score_sheet"]) == ["one", "two"]


def test_agencies_merged_into_different_ones(laptops):
    one, two = laptops
    one.add("北京3人力资源有限公司", code_of(3))
    carry(one, two)
    rate(one, code_of(1)).ok()
    carry(one, two)
    one("agency", "merge", code_of(1), code_of(2), "--reason", "同一家").ok()
    two("agency", "merge", code_of(1), code_of(3), "--reason", "同一家").ok()
    carry(two, one)
    carry(one, two)
    conflict = only(one)
    assert (conflict["ours"], conflict["theirs"]) == ("deleted", "deleted")
    assert conflict["fields"] == {"merged_into": [code_of(2), code_of(3)]}
    settle(one, conflict, "theirs").ok()
    alike(one, two)
    (sheet,) = contents(one)["score_sheet"]
    assert sheet["agency_id"] == agency_ids(one)[code_of(3)]


def test_what_is_entered_late_for_a_merged_agency_follows_it(laptops):
    one, two = laptops
    one("agency", "merge", code_of(1), code_of(2), "--reason", "同一家").ok()
    two("agency", "pledge", code_of(1), "--date", "2013-10-09").ok()
    two("agency", "edit", code_of(1), "--phone", "1").ok()
    carry(two, one)
    (pledge,) = contents(one)["pledge"]
    assert pledge["agency_id"] == agency_ids(one)[code_of(2)]
    # Only the agency itself was changed on both sides.
    settle(one, only(one), "ours").ok()
    alike(one, two)


def test_a_sheet_being_filled_in_follows_its_agency(laptops):
    one, _ = laptops
    ids = agency_ids(one)
    with opened(one) as archive:
        draft = {"agency_id": ids[code_of(1)], "year": 2013, "source": "self", "rater": "甲"}
        writer.keep_unjournalled(archive, Draft(**draft, scores="[1]", position=3))
    one("agency", "merge", code_of(1), code_of(2), "--reason", "同一家").ok()
    with opened(one) as archive:
        (kept,) = archive.session.exec(select(Draft)).all()
        assert (kept.agency_id, kept.scores, kept.position) == (ids[code_of(2)], "[1]", 3)


def test_of_two_titles_of_one_agency_the_city_decides(laptops, city):
    one, two = laptops
    acquaint(one, two, city)
    carry(one, city)
    ids = agency_ids(one)
    with opened(city) as archive:
        for number in (1, 2):
            title = {"year": 2013, "plaque": str(number), "awarded": DAY}
            writer.insert(archive, Unit(agency_id=ids[code_of(number)], **title))
    carry(city, one)
    one("agency", "merge", code_of(1), code_of(2), "--reason", "同一家").ok()
    conflict = only(one)
    assert (conflict["kind"], conflict["table"]) == ("twin", "unit")
    refused = settle(one, conflict, "ours")
    assert (refused.status, refused.error["code"]) == (1, "citys-to-settle")
    carry(one, city)
    settle(city, only(city), "ours").ok()
    carry(city, one)
    alike(one, two, city)
    assert [row["plaque"] for row in contents(one)["unit"]] == ["2"]


def test_a_conflict_is_known_to_whoever_hears_of_both_sides_from_one(new_archive):
    offices = [new_archive("haidian", f"{n}.db") for n in ("one", "two", "three")]
    acquaint(*offices)
    one, two, three = offices
    one.add("北京甲人力资源有限公司", code_of(1))
    carry(one, two)
    for office, phone in ((one, "1"), (two, "2")):
        office("agency", "edit", code_of(1), "--phone", phone).ok()
    carry(two, one)
    assert carry(one, three)["conflicts"][0]["fields"] == {"phone": ["1", "2"]}
    settle(three, only(three), "theirs").ok()
    alike(*offices)
    assert one("agency", "show", code_of(1), *JSON).json["phone"] == "2"


def test_an_old_bundle_brings_nothing_back(laptops):
    one, two = laptops
    old = bundle_of(one)
    one("agency", "merge", code_of(1), code_of(2), "--reason", "同一家").ok()
    carry(one, two)
    for office in laptops:
        found = receive(office, old).ok().json
        assert (found["added"], found["updated"], found["conflicts"]) == (0, 0, [])
    assert list(agency_ids(two)) == [code_of(2)]


def test_conflicts_are_shown_side_by_side(laptops):
    one, two = laptops
    for office, phone in ((one, "111"), (two, "222")):
        office("agency", "edit", code_of(1), "--phone", phone).ok()
    carry(two, one)
    shown = one("archive", "conflicts").ok().out
    assert "电话 111 → 222" in shown
    assert "海淀区" in shown
    assert one("archive", "conflicts", "-f", "csv").ok().out.count("\n") == 2
