"""After a merger or a correction the former code still means the agency (三(六)1)."""

from __future__ import annotations

import pytest

from assessing import rate, result, write_csv
from exchanging import acquaint, carry
from running import JSON, Hri, code_of

OLD, NEW, THIRD = code_of(1), code_of(2), code_of(3)
HEADERS = ("机构名称", "统一社会信用代码", "机构性质", "地址")


def merge(hri: Hri, loser: str, into: str) -> None:
    hri("agency", "merge", loser, into, "--reason", "同一家").ok()


@pytest.fixture
def merged(haidian) -> Hri:
    haidian.add("北京旧公司", OLD)
    haidian.add("北京新公司", NEW, "--address", "1号楼")
    merge(haidian, OLD, NEW)
    return haidian


def take(hri: Hri, tmp_path, *cells: str, more: tuple[str, ...] = ()):
    path = write_csv(tmp_path / "in.csv", HEADERS, [cells])
    return hri("agency", "import", path, *more, *JSON)


def test_it_is_found_by_the_code_of_the_entry_that_was_merged_into_it(merged) -> None:
    assert merged("agency", "show", OLD, *JSON).ok().json["code"] == NEW
    assert merged("agency", "dossier", OLD, *JSON).ok().json["basic"]["code"] == NEW


def test_a_table_of_records_finds_it_by_that_code(merged, tmp_path) -> None:
    header = ("信用代码", "机构名称", "姓名", "资格证号")
    path = write_csv(tmp_path / "staff.csv", header, [(OLD, "北京旧公司", "王小明", "RL001")])
    assert merged("agency", "staff", "import", path, *JSON).ok().json["added"] == 1
    assert len(merged("agency", "staff", "list", NEW, *JSON).ok().json) == 1


def test_it_is_found_also_after_two_mergers(merged) -> None:
    merged.add("北京丙公司", THIRD)
    merge(merged, NEW, THIRD)
    found = {merged("agency", "show", code, *JSON).ok().json["code"] for code in (OLD, NEW, THIRD)}
    assert found == {THIRD}


def test_nobody_is_registered_anew_under_that_code(merged) -> None:
    command = ("agency", "add", "--name", "北京旧公司", "--code", OLD, "--kind", "经营性")
    ran = merged(*command, *JSON)
    assert (ran.status, ran.error["code"]) == (4, "agency-exists")
    assert NEW in ran.error["message"]
    other = merged.add("北京丁公司", THIRD)
    ran = merged("agency", "edit", other["code"], "--code", OLD, *JSON)
    assert (ran.status, ran.error["code"]) == (4, "agency-exists")
    assert merged("agency", "edit", NEW, "--code", OLD, *JSON).ok().json["code"] == OLD
    assert merged("agency", "show", NEW, *JSON).ok().json["code"] == OLD


@pytest.mark.parametrize("name", ["北京旧公司", "北京新公司"])
def test_a_row_of_an_old_list_is_unchanged_where_it_says_nothing_else(
    merged, tmp_path, name
) -> None:
    ran = take(merged, tmp_path, name, OLD, "经营性", "")
    assert (ran.ok().json["unchanged"], ran.json["added"]) == (1, 0)


@pytest.mark.parametrize("how", ["fail", "update"])
def test_a_row_of_an_old_list_that_says_otherwise_is_refused_and_never_taken(
    merged, tmp_path, how
) -> None:
    more = ("--on-duplicate", how)
    ran = take(merged, tmp_path, "北京旧公司", OLD, "经营性", "2号楼", more=more)
    assert (ran.status, ran.error["code"]) == (3, "rows-refused")
    (finding,) = ran.error["details"]
    assert (finding["column"], finding["value"]) == ("统一社会信用代码", OLD)
    assert merged("agency", "show", NEW, *JSON).ok().json["address"] == "1号楼"
    skipped = take(merged, tmp_path, "乙", OLD, "公益性", "", more=("--on-duplicate", "skip"))
    assert (skipped.ok().json["skipped"], skipped.json["added"]) == (1, 0)


def test_a_code_that_was_corrected_finds_the_agency_until_another_bears_it(haidian) -> None:
    haidian.add("北京甲公司", OLD)
    haidian("agency", "edit", OLD, "--code", NEW).ok()
    assert haidian("agency", "show", OLD, *JSON).ok().json["code"] == NEW
    rate(haidian, OLD).ok()
    assert result(haidian, NEW)["status"] == "open"
    haidian.add("北京乙公司", OLD)
    assert haidian("agency", "show", OLD, *JSON).ok().json["name"] == "北京乙公司"


def test_a_dossier_of_an_earlier_day_has_the_agencys_own_code(merged) -> None:
    shown = merged("agency", "dossier", NEW, "--as-of", "2013-10-09", *JSON).ok().json
    assert shown["basic"]["code"] == NEW


def test_the_code_is_found_in_every_archive_also_after_a_merger_there(new_archive) -> None:
    one, two = new_archive("haidian", "one.db"), new_archive("haidian", "two.db")
    acquaint(one, two)
    for code in (OLD, NEW, THIRD):
        one.add(f"北京{code[-3:]}公司", code)
    carry(one, two)
    merge(one, OLD, NEW)
    carry(one, two)
    assert two("agency", "show", OLD, *JSON).ok().json["code"] == NEW
    merge(two, NEW, THIRD)
    carry(two, one)
    for archive in (one, two):
        assert archive("agency", "show", OLD, *JSON).ok().json["code"] == THIRD
