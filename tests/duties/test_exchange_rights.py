"""What a signer may not write is refused, and the archive stays as it was."""

import hashlib
import json

import pytest
from sqlmodel import select

from assessing import opened, rate
from exchanging import (
    IDENTITY,
    acquaint,
    agency,
    bundle_of,
    carry,
    contents,
    digest,
    key_of,
    line,
    members,
    receive,
    signed,
)
from hrintegrity.archive import writer
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.notice.districts import DISTRICTS
from hrintegrity.rules.standard_reading import default_standard
from recommending import DAY
from running import JSON, Hri, code_of

OTHER = "01a20cf3-0dac-77c9-9c87-7160c669a598"
VERSION = "1" * 32


@pytest.fixture
def offices(new_archive, city):
    """海淀区, 朝阳区 and the city, that trust each other; each has an agency known to the city."""
    haidian, chaoyang = new_archive("haidian", "haidian.db"), new_archive("chaoyang", "chaoyang.db")
    acquaint(haidian, chaoyang, city)
    haidian.add("北京甲人力资源有限公司", code_of(1))
    chaoyang.add("北京乙人力资源有限公司", code_of(2))
    city.add("北京丙人力资源有限公司", code_of(3), "--district", "市属")
    for office in (haidian, chaoyang):
        carry(office, city)
    return haidian, chaoyang, city


def refused(signer: Hri, receiver: Hri, *lines: bytes) -> str:
    """Sign records as an office would, if it could; return how the receiver refuses them."""
    path = receiver.archive.with_name("forged.hri")
    path.write_bytes(signed(signer, members(b"".join(lines))))
    before = digest(receiver)
    ran = receive(receiver, path)
    assert ran.status == 3, ran.out
    assert digest(receiver) == before
    code: str = ran.error["code"]
    return code


def taken(signer: Hri, receiver: Hri, *lines: bytes) -> None:
    path = receiver.archive.with_name("taken.hri")
    path.write_bytes(signed(signer, members(b"".join(lines))))
    receive(receiver, path).ok()


def id_of(hri: Hri, number: int) -> str:
    found: str = hri("agency", "show", code_of(number), *JSON).ok().json["id"]
    return found


def row_of(hri: Hri, table: str, number: int = 0) -> dict:
    return {k: v for k, v in contents(hri)[table][number].items() if v is not None}


def following(hri: Hri, record: str) -> list[str]:
    """The ancestors that a version needs to follow what an archive has."""
    from hrintegrity.duties.exchange.versions import current

    with opened(hri) as archive:
        head = current(archive, [record])[record]
    return sorted({head.version, *head.ancestors})


def pledge(record: str) -> bytes:
    return line("pledge", {"id": IDENTITY, "agency_id": record, "date": "2013-10-08"})


def test_an_agency_of_another_district(offices):
    haidian, _, city = offices
    assert refused(haidian, city, line("agency", agency(district="chaoyang"))) == "not-allowed"


def test_an_agency_of_the_city(offices):
    haidian, _, city = offices
    assert refused(haidian, city, line("agency", agency(district="municipal"))) == "not-allowed"


@pytest.mark.parametrize("district", ["haidian", "chaoyang"])
def test_a_change_of_another_district_s_agency(offices, district):
    haidian, _, city = offices
    record = id_of(city, 2)
    row = agency(id=record, code=code_of(2), district=district, phone="1")
    forged = line("agency", row, record=record, ancestors=following(city, record))
    assert refused(haidian, city, forged) == "not-allowed"
    # Nor as a version that follows nothing, which would be a conflict.
    assert refused(haidian, city, line("agency", row, record=record)) == "not-allowed"


def test_a_deletion_of_another_district_s_agency(offices):
    haidian, _, city = offices
    record = id_of(city, 2)
    gone = line("agency", agency(id=record), record=record, deleted=True, into=id_of(city, 1),
                ancestors=following(city, record))  # fmt: skip
    assert refused(haidian, city, gone) == "not-allowed"


def test_records_of_another_district_s_agency(offices):
    haidian, _, city = offices
    record = id_of(city, 2)
    assert refused(haidian, city, pledge(record)) == "not-allowed"
    sanction = {"id": IDENTITY, "agency_id": record, "district": "haidian", "kind": "exposure",
                "grounds": "虚假招聘", "date": "2013-10-08", "serious": False,
                "attributed": False, "closed_agency": False}  # fmt: skip
    assert refused(haidian, city, line("sanction", sanction)) == "not-allowed"
    taken(haidian, city, line("sanction", sanction | {"agency_id": id_of(city, 1)}))


def test_a_sanction_of_the_city_is_not_the_district_s_to_write(offices):
    haidian, chaoyang, city = offices
    sanction = {"id": IDENTITY, "agency_id": id_of(city, 1), "district": "haidian",
                "kind": "exposure", "grounds": "虚假招聘", "date": "2013-10-08", "serious": False,
                "attributed": False, "closed_agency": False, "decided_by": "municipal"}  # fmt: skip
    assert refused(haidian, city, line("sanction", sanction)) == "predecessor-missing"
    taken(city, haidian, line("sanction", sanction))
    with opened(city) as archive:
        writer.insert(archive, Sanction(**sanction | {"date": DAY}))
    for changed in ({"withdrawn": "2013-10-09"}, {"decided_by": None}):
        row = {k: v for k, v in (sanction | changed).items() if v is not None}
        forged = line("sanction", row, version=VERSION, ancestors=following(city, IDENTITY))
        assert refused(haidian, city, forged) == "not-allowed"
    # That it was reported is for the district to say too, and for no other.
    mark = {"id": OTHER, "sanction_id": IDENTITY, "system": "market", "event": "imposed",
            "batch": OTHER}  # fmt: skip
    assert refused(chaoyang, city, line("sanction_report", mark, record=OTHER)) == "not-allowed"
    taken(haidian, city, line("sanction_report", mark, record=OTHER))


def test_a_new_laptop_hears_all_from_another_of_its_office(awarded, new_archive):
    haidian, _, city = awarded
    for office, kind in ((city, "circular"), (haidian, "exposure")):
        office("sanction", "impose", code_of(1), "--kind", kind, "--grounds", "押金",
               "--date", "2013-11-01").ok()  # fmt: skip
    carry(city, haidian)
    second = new_archive("haidian", "second.db")
    acquaint(haidian, second)
    carry(haidian, second)
    for table in ("sanction", "unit"):
        assert contents(second)[table] == contents(haidian)[table] != []
    carry(second, haidian)


def test_a_record_that_names_another_district(offices):
    haidian, _, city = offices
    activity = {"id": IDENTITY, "district": "chaoyang", "year": 2013, "kind": "training",
                "date": "2013-10-08", "title": "培训"}  # fmt: skip
    assert refused(haidian, city, line("activity", activity)) == "not-allowed"
    paper = {"id": IDENTITY, "series": "assessment", "district": "chaoyang", "year": 2013,
             "number": 1, "reference": "朝人社诚评〔2013〕1号", "agency_id": id_of(city, 1),
             "subject_id": OTHER, "date": "2013-10-08", "title": "通知", "body": "",
             "sha256": hashlib.sha256().hexdigest(),
             }  # fmt: skip
    assert refused(haidian, city, line("paper", paper)) == "not-allowed"


def test_a_record_is_not_moved_to_one_s_own_agency(offices):
    haidian, chaoyang, city = offices
    chaoyang("agency", "pledge", code_of(2), "--date", "2013-10-08").ok()
    carry(chaoyang, city)
    row = row_of(city, "pledge")
    forged = line("pledge", row | {"agency_id": id_of(city, 1)}, record=row["id"],
                  ancestors=following(city, row["id"]))  # fmt: skip
    assert refused(haidian, city, forged) == "not-allowed"


def test_a_person_who_works_elsewhere(offices):
    haidian, chaoyang, city = offices
    with opened(chaoyang) as archive:
        person = writer.insert(archive, Practitioner(name="李四"))
        job = {"agency_id": id_of(chaoyang, 2), "name_key": "李四", "since": DAY}
        writer.insert(archive, Employment(practitioner_id=person.id, **job))
    carry(chaoyang, city)
    row = row_of(city, "practitioner")
    forged = line("practitioner", row | {"name": "王五"}, record=row["id"],
                  ancestors=following(city, row["id"]))  # fmt: skip
    assert refused(haidian, city, forged) == "not-allowed"
    # Nor is such a person hired first, to be changed later.
    job = {"id": IDENTITY, "practitioner_id": row["id"], "agency_id": id_of(city, 1),
           "name_key": "李四", "since": "2013-10-08"}  # fmt: skip
    assert refused(haidian, city, line("employment", job)) == "not-allowed"


STANDARD = json.dumps(default_standard(2013).as_mapping())
QUOTAS = json.dumps({"year": 2014, "total": 18, "quotas": {d.code: 1 for d in DISTRICTS}})
LINES = {name: [{"number": "88506572", "trade": "人才中介"}] for name in ("market", "labour")}
HOTLINES = json.dumps({"date": "2014-01-01", "districts": {"haidian": LINES}})


@pytest.mark.parametrize(("table", "row"), [
    ("campaign", {"year": 2014, "start": "2014-10-01", "end": "2014-10-31",
                  "deadline": "2014-11-05"}),
    ("quota_set", {"year": 2014, "content": QUOTAS, "adopted": "2014-01-01"}),
    ("hotline_list", {"date": "2014-01-01", "content": HOTLINES}),
    ("standard", {"district": "", "year": 2013, "name": "全市", "content": STANDARD,
                  "adopted": "2013-01-01"}),
    ("summary", {"district": "", "year": 2013, "date": "2013-11-05", "title": "总结", "body": "",
                 "sha256": hashlib.sha256().hexdigest(), "figures": "{}"}),
])  # fmt: skip
def test_what_only_the_city_decides(offices, table, row):
    haidian, chaoyang, city = offices
    written = line(table, {"id": IDENTITY} | row)
    for receiver in (chaoyang, city):
        assert refused(haidian, receiver, written) == "not-allowed"
    taken(city, chaoyang, written)


def test_a_title_that_the_city_did_not_award(offices):
    haidian, _, city = offices
    row = {"id": IDENTITY, "agency_id": id_of(city, 1), "year": 2013, "plaque": "1",
           "awarded": "2013-11-20"}  # fmt: skip
    assert refused(haidian, city, line("unit", row)) == "predecessor-missing"


@pytest.fixture
def awarded(offices):
    haidian, _, city = offices
    with opened(city) as archive:
        writer.insert(archive, Unit(agency_id=id_of(city, 1), year=2013, plaque="1", awarded=DAY))
    carry(city, haidian)
    return offices


@pytest.mark.parametrize(
    "changed", [{"plaque": "2"}, {"awarded": "2013-11-21"}, {"year": 2014}, {"agency_id": "other"}]
)
def test_a_title_s_award_is_not_the_district_s_to_change(awarded, changed):
    haidian, _, city = awarded
    row = row_of(city, "unit")
    if "agency_id" in changed:
        changed = {"agency_id": id_of(city, 2)}
    forged = line("unit", row | changed, record=row["id"], ancestors=following(city, row["id"]))
    assert refused(haidian, city, forged) == "not-allowed"


def test_a_title_is_not_the_district_s_to_delete(awarded):
    haidian, _, city = awarded
    row = row_of(city, "unit")
    gone = line("unit", row, record=row["id"], deleted=True, ancestors=following(city, row["id"]))
    assert refused(haidian, city, gone) == "not-allowed"


def test_a_title_s_loss_is_the_district_s_to_write_and_not_another_s(awarded):
    haidian, chaoyang, city = awarded
    row = row_of(city, "unit")
    lost = row | {"revoked": "2013-12-01", "reason": "虚假招聘"}
    written = line("unit", lost, record=row["id"], ancestors=following(city, row["id"]))
    assert refused(chaoyang, city, written) == "not-allowed"
    taken(haidian, city, written)
    assert row_of(city, "unit")["reason"] == "虚假招聘"


def test_a_loss_is_not_the_district_s_to_confirm(awarded, new_archive):
    haidian, _, city = awarded
    row = row_of(city, "unit")
    lost = row | {"revoked": "2013-12-01", "reason": "虚假招聘", "confirmed": "2013-12-02"}
    invented = line("unit", lost, record=row["id"], ancestors=following(city, row["id"]))
    assert refused(haidian, city, invented) == "not-allowed"
    laptop = laptop_of(new_archive, haidian, city)
    invented = line("unit", lost, record=row["id"], ancestors=following(laptop, row["id"]))
    assert refused(haidian, laptop, invented) == "not-allowed"


def test_what_the_city_confirmed_comes_too_early_from_another_archive_of_the_office(
    awarded, new_archive
):
    haidian, _, city = awarded
    laptop = laptop_of(new_archive, haidian, city)
    with opened(haidian) as archive:
        unit = archive.session.exec(select(Unit)).one()
        writer.update(archive, unit, {"reason": "虚假招聘"}, revoked=DAY)
    carry(haidian, city)
    carry(city, haidian)
    with opened(haidian) as archive:
        unit = archive.session.exec(select(Unit)).one()
        assert unit.confirmed is not None
        writer.update(archive, unit, recovered=DAY)
    too_early = receive(laptop, bundle_of(haidian))
    assert (too_early.status, too_early.error["code"]) == (3, "predecessor-missing")
    carry(city, laptop)
    carry(haidian, laptop)
    assert contents(laptop)["unit"] == contents(haidian)["unit"]


def laptop_of(new_archive, haidian, city):
    """Return another archive of 海淀区's, that has what the city and the first one told it."""
    laptop = new_archive("haidian", "laptop.db")
    acquaint(haidian, laptop, city)
    carry(haidian, laptop)
    carry(city, laptop)
    return laptop


def test_the_city_writes_titles_anywhere_but_no_agency_of_a_district(awarded):
    haidian, _, city = awarded
    assert row_of(haidian, "unit")["plaque"] == "1"
    record = id_of(haidian, 1)
    row = agency(id=record, code=code_of(1), phone="1")
    forged = line("agency", row, record=record, ancestors=following(haidian, record))
    assert refused(city, haidian, forged) == "not-allowed"
    assert refused(city, haidian, pledge(record)) == "not-allowed"
    assert refused(city, haidian, line("agency", agency())) == "not-allowed"
    taken(city, haidian, line("agency", agency(district="municipal")))


def test_the_city_s_own_bundle_never_holds_what_a_district_would_refuse(awarded):
    haidian, chaoyang, city = awarded
    city("agency", "edit", code_of(1), "--phone", "222").ok()
    city.add("北京丁人力资源有限公司", code_of(4), "--district", "海淀")
    rate(city, code_of(4)).ok()
    for receiver in (haidian, chaoyang):
        receive(receiver, bundle_of(city)).ok()


def test_a_title_of_an_agency_that_only_the_city_has_is_withheld_and_told(offices):
    haidian, _, city = offices
    city.add("北京丁人力资源有限公司", code_of(4), "--district", "海淀")
    with opened(city) as archive:
        writer.insert(archive, Unit(agency_id=id_of(city, 4), year=2013, plaque="4", awarded=DAY))
    path = city.archive.with_name("withheld.hri")
    ran = city("archive", "send", "-o", path, "--to", "海淀", *JSON).ok()
    assert (ran.json["withheld"], "unit" in ran.json["tables"]) == (1, False)
    assert "1 个示范单位" in ran.err
    receive(haidian, path).ok()
    # Where it is meant for everybody it is there, and passed over by whom it does not concern.
    found = receive(haidian, bundle_of(city)).ok()
    assert found.json["elsewhere"] == 1
    assert contents(haidian)["unit"] == []


def test_a_handed_over_agency_is_no_longer_the_former_district_s_to_change(offices):
    haidian, _, city = offices
    haidian("agency", "edit", code_of(1), "--district", "朝阳").ok()
    carry(haidian, city)
    record = id_of(city, 1)
    row = agency(id=record, code=code_of(1), phone="1")
    forged = line("agency", row, record=record, ancestors=following(city, record))
    assert refused(haidian, city, forged) == "not-allowed"
    # What was entered there late is not lost.
    taken(haidian, city, pledge(record))


def test_a_change_made_before_it_was_known_that_an_agency_was_handed_over_is_a_conflict(
    offices, new_archive
):
    haidian, _, city = offices
    second = new_archive("haidian", "second.db")
    acquaint(haidian, second, city)
    carry(haidian, second)
    haidian("agency", "edit", code_of(1), "--district", "朝阳").ok()
    carry(haidian, city)
    second("agency", "edit", code_of(1), "--phone", "1").ok()
    (conflict,) = carry(second, city)["conflicts"]
    assert conflict["fields"] == {"district": ["chaoyang", "haidian"], "phone": [None, "1"]}
    assert row_of(city, "agency")["district"] == "chaoyang"


def test_a_district_that_the_city_moved_an_agency_from_can_still_send(offices):
    haidian, _, city = offices
    city("agency", "edit", code_of(1), "--district", "朝阳").ok()
    haidian("agency", "edit", code_of(1), "--phone", "1").ok()
    assert [c["kind"] for c in carry(haidian, city)["conflicts"]] == ["changed"]


def test_an_agency_that_was_merged_is_not_brought_back_by_another_district(offices):
    haidian, chaoyang, city = offices
    chaoyang.add("北京戊人力资源有限公司", code_of(5))
    gone = id_of(chaoyang, 5)
    chaoyang("agency", "merge", code_of(5), code_of(2), "--reason", "重复").ok()
    carry(chaoyang, city)
    row = agency(id=gone, code=code_of(5))
    forged = line("agency", row, record=gone, ancestors=following(city, gone))
    assert refused(haidian, city, forged) == "not-allowed"
    # Nor are records slipped to the agency that it was merged into.
    assert refused(haidian, city, pledge(gone)) == "not-allowed"


@pytest.fixture
def sanctioned(offices):
    """海淀区 and the city, and how the city sanctions an agency by its number."""
    haidian, _, city = offices
    haidian.add("北京丁人力资源有限公司", code_of(4))
    carry(haidian, city)

    def sanction(number: int) -> None:
        with opened(city) as archive:
            made = Sanction(agency_id=id_of(city, number), district="haidian", kind="circular",
                            grounds="押金", date=DAY, decided_by="municipal")  # fmt: skip
            writer.insert(archive, made)

    return haidian, city, sanction


def merged_and_told(haidian: Hri, city: Hri) -> None:
    """See that both take what the other has to say after the district merged an agency."""
    haidian("agency", "merge", code_of(4), code_of(1), "--reason", "重复").ok()
    carry(haidian, city)
    assert carry(city, haidian)["added"] == 0
    for office in (haidian, city):
        assert row_of(office, "sanction")["agency_id"] == id_of(haidian, 1)
        office("archive", "verify").ok()


def test_what_the_city_decided_reads_the_same_after_the_district_merged_its_agency(sanctioned):
    haidian, city, sanction = sanctioned
    sanction(4)
    carry(city, haidian)
    merged_and_told(haidian, city)


def test_what_the_city_decided_of_an_entry_of_its_own_is_told_of_what_that_ended_in(sanctioned):
    haidian, city, sanction = sanctioned
    city.add("北京戊人力资源有限公司", code_of(5), "--district", "海淀")
    sanction(5)
    city("agency", "merge", code_of(5), code_of(4), "--reason", "同一家").ok()
    carry(city, haidian)
    assert row_of(haidian, "sanction")["agency_id"] == id_of(haidian, 4)
    # The same, once the district merges on.
    merged_and_told(haidian, city)


def test_a_key_that_was_accepted_for_another_district_writes_for_that_one(new_archive, city):
    haidian = new_archive("haidian", "haidian.db")
    haidian.add("北京甲人力资源有限公司", code_of(1))
    city("archive", "key", "trust", key_of(haidian), "--district", "朝阳").ok()
    before = digest(city)
    ran = receive(city, bundle_of(haidian))
    assert (ran.status, ran.error["code"]) == (3, "signer-unknown")
    assert digest(city) == before
