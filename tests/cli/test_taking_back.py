"""What was entered by mistake is taken back, with what belongs to it and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from assessing import opened
from hrintegrity.archive import writer
from hrintegrity.archive.tables.papers import IssuedPaper
from running import JSON, journal, rows
from sanctioning import CODE, award, impose, with_agency


@pytest.fixture
def hri(haidian):
    haidian.today = "2013-12-31"
    return with_agency(haidian)


def withdraw(hri, identity: str, *more: str):
    return hri("archive", "withdraw", identity, "--reason", "误登", *more, *JSON)


def identities(hri, what: str) -> list[str]:
    found = hri("agency", "records", CODE, *JSON).ok().json
    return [one["id"] for one in found if one["what"] == what]


def test_an_agency_without_any_record_goes_with_its_past(hri):
    hri("agency", "edit", CODE, "--name", "北京新名公司").ok()
    agency = hri("agency", "show", CODE, *JSON).ok().json["id"]
    found = withdraw(hri, agency).ok().json
    assert (found["what"], found["with_it"]) == ("agency", {"机构变更": 1, "曾用名": 1})
    assert hri("agency", "list", *JSON).ok().json == []
    assert hri("archive", "verify").status == 0


def test_an_agency_with_a_record_stays_and_is_told_which(hri):
    hri("agency", "pledge", CODE, "--date", "2013-10-08").ok()
    agency = hri("agency", "show", CODE, *JSON).ok().json["id"]
    refused = withdraw(hri, agency)
    assert (refused.status, refused.error["code"]) == (1, "depended-on")
    assert "承诺书" in refused.error["message"]
    assert "hri archive withdraw" in refused.error["hint"]


def test_an_award_goes_in_the_citys_archive_only_and_not_once_it_is_lost(hri, city):
    award(hri)
    (unit,) = [one["id"] for one in hri("recommend", "units", *JSON).ok().json]
    assert withdraw(hri, unit).error["code"] == "not-ours"
    city.today = "2013-12-31"
    with_city = with_agency_of(city)
    award(with_city)
    (unit,) = identities(with_city, "unit")
    lost = impose(with_city, "exposure", "2013-12-01").ok().json["id"]
    assert withdraw(with_city, unit).error["code"] == "depended-on"
    back = ("--date", "2013-12-02", "--reason", "误登")
    with_city("sanction", "withdraw", lost, *back).ok()
    assert withdraw(with_city, unit).ok().json["what"] == "unit"
    assert with_city("recommend", "units", *JSON).ok().json == []


def with_agency_of(city):
    city.add("北京甲人力资源有限公司", CODE, "--district", "海淀")
    return city


def test_a_relaxation_goes_and_the_half_counts_again(city):
    city("recommend", "check-quota", "海淀", "--relax", "本区机构少").ok()
    ((relaxation,),) = rows(city.archive, "SELECT id FROM relaxation")
    assert withdraw(city, relaxation).ok().json["agency"] is None
    assert rows(city.archive, "SELECT id FROM relaxation") == []


def test_what_a_numbered_paper_told_is_never_unmade(hri):
    hri("agency", "penalty", CODE, "--authority", "工商局", "--basis", "某法", "--date",
        "2013-10-08").ok()  # fmt: skip
    (penalty,) = identities(hri, "penalty")
    agency = hri("agency", "show", CODE, *JSON).ok().json["id"]
    with opened(hri) as archive:
        writer.insert(archive, IssuedPaper(
            series="x", district="haidian", year=2013, number=1, reference="某〔2013〕1号",
            agency_id=agency, subject_id=penalty, date=dt.date(2013, 10, 9), title="某",
            body="某", sha256="0",
        ))  # fmt: skip
    refused = withdraw(hri, penalty)
    assert (refused.status, refused.error["code"]) == (1, "depended-on")
    assert "某〔2013〕1号" in refused.error["message"]


def test_what_goes_with_a_record_is_said_first_and_nothing_is_written(hri):
    hri("inspect", "record", CODE, "--date", "2013-10-08", "--publicity", "fail", "--pledge",
        "fail", "--ledger", "pass", "--feedback", "pass").ok()  # fmt: skip
    (seen,) = identities(hri, "inspection")
    before = journal(hri.archive)
    said = hri("archive", "withdraw", seen, "--reason", "误登", "--dry-run").ok()
    assert "连同缺项 2 条" in said.out
    assert journal(hri.archive) == before
    assert withdraw(hri, seen).ok().json["with_it"] == {"缺项": 2}


def test_a_second_pledge_in_one_campaign_replaces_the_first_and_says_so(hri):
    first = hri("agency", "pledge", CODE, "--date", "2013-10-08", "--displayed", *JSON).ok().json
    second = hri("agency", "pledge", CODE, "--date", "2013-10-09", *JSON).ok()
    assert second.json == first | {"date": "2013-10-09"}
    assert "2013-10-08" in second.err
    assert "2013-10-09" in second.err
    third = hri("agency", "pledge", CODE, "--date", "2014-10-08", *JSON).ok().json
    assert third["id"] != first["id"]
    dossier = hri("agency", "dossier", CODE, *JSON).ok().json
    assert [one["date"] for one in dossier["promises"]["pledges"]] == ["2013-10-09", "2014-10-08"]
