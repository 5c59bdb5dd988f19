"""Quotas of another year and newer hotlines, as an office hands them in."""

import datetime as dt
import json

import pytest

from hrintegrity.errors import InputError
from hrintegrity.notice.districts import DISTRICTS
from hrintegrity.notice.hotlines import Line, hotline_annex, parse_hotlines, read_hotlines
from hrintegrity.notice.quotas import notice_quotas, parse_quotas, read_quotas

QUOTAS = notice_quotas(2013)
assert QUOTAS is not None
LINES = hotline_annex(dt.date(2013, 10, 1)).lines


def quota_text(change: dict[str, str] | None = None, year: str = "2014", total: str = "130") -> str:
    quotas = {code: str(places) for code, places in QUOTAS.by_district.items()}
    lines = [f"  {code}: {places}" for code, places in (quotas | (change or {})).items()]
    return "\n".join([f"year: {year}", f"total: {total}", "quotas:", *lines])


def read(tmp_path, text: str, reader):
    path = tmp_path / "文件.yaml"
    path.write_text(text, encoding="utf-8")
    return reader(path)


def test_another_year_s_quotas_are_read(tmp_path) -> None:
    quotas = read(tmp_path, quota_text({"municipal": "17", "chaoyang": "29"}), read_quotas)
    assert (quotas.year, quotas.total, quotas.by_district["municipal"]) == (2014, 130, 17)


def test_quotas_are_in_the_annex_s_order_whatever_the_file_s(tmp_path) -> None:
    lines = quota_text().splitlines()
    shuffled = "\n".join(lines[:3] + lines[:2:-1])
    quotas = read(tmp_path, shuffled, read_quotas)
    assert list(quotas.by_district) == [district.code for district in DISTRICTS]


def test_units_may_be_named_in_chinese(tmp_path) -> None:
    text = quota_text().replace("miyun", "密云区").replace("kaifaqu", "亦庄")
    assert read(tmp_path, text, read_quotas).by_district["miyun"] == 3


def test_a_unit_may_have_no_place(tmp_path) -> None:
    text = quota_text({"miyun": "0", "yanqing": "6"})
    assert read(tmp_path, text, read_quotas).by_district["miyun"] == 0


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (quota_text({"miyun": "4"}), "total"),
        (quota_text(total="129"), "total"),
        (quota_text({"miyun": "3.0"}), "quotas.miyun"),
        (quota_text({"miyun": "true"}), "quotas.miyun"),
        (quota_text({"miyun": "'3'"}), "quotas.miyun"),
        (quota_text({"密云": "3"}), "quotas.密云"),
        (quota_text({"崇文区": "3"}), "quotas.崇文区"),
        (quota_text(year="14"), "year"),
        (quota_text(year="'2014'"), "year"),
        (quota_text().replace("  miyun: 3\n", ""), "quotas"),
        (quota_text() + "\nremark: x", "remark"),
        ("year: 2014\ntotal: 130\nquotas: [1]", "quotas"),
        ("- 1", "文件.yaml："),
    ],
)
def test_quotas_that_do_not_hold_are_refused_by_key(tmp_path, text, key) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, read_quotas)
    assert caught.value.code == "quotas-refused"
    assert key in caught.value.message


def test_quotas_come_back_from_json_as_they_were() -> None:
    kept = json.loads(json.dumps(QUOTAS.as_mapping()))
    assert parse_quotas(kept) == QUOTAS


EXAMPLE = """
date: 2014-03-01
districts:
  haidian:
    market: [{number: "88506572", trade: 人才中介}]
    labour: [{number: "88506601"}]
"""


def test_newer_hotlines_replace_those_of_their_districts_only(tmp_path) -> None:
    newer = read(tmp_path, EXAMPLE, read_hotlines)
    lines = LINES.updated(newer).by_district
    assert lines["haidian"].market == (Line("88506572", "人才中介"),)
    assert lines["haidian"].date == dt.date(2014, 3, 1)
    assert lines["dongcheng"] == LINES.by_district["dongcheng"]
    assert list(lines) == list(LINES.by_district)


def test_newer_hotlines_come_back_from_json_as_they_were(tmp_path) -> None:
    newer = read(tmp_path, EXAMPLE, read_hotlines)
    assert parse_hotlines(json.loads(json.dumps(newer.as_mapping()))) == newer


@pytest.mark.parametrize("number", ["12333", "010-88506572", "８８５０６５７２"])
def test_numbers_may_be_short_hyphenated_or_full_width(tmp_path, number) -> None:
    newer = read(tmp_path, EXAMPLE.replace("88506601", number), read_hotlines)
    expected = "88506572" if number[0] == "８" else number
    assert newer.by_district["haidian"].labour == (Line(expected),)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("date: 2014-03-01", "date: 2014-02-30", "date"),
        ("date: 2014-03-01", "date: null", "date"),
        ("date: 2014-03-01\n", "", "date"),
        ('"88506601"', "88506601", "districts.haidian.labour[1].number"),
        ('"88506601"', '"110"', "districts.haidian.labour[1].number"),
        ('"88506601"', '"88506601 转 3"', "districts.haidian.labour[1].number"),
        ('[{number: "88506601"}]', "[]", "districts.haidian.labour"),
        (
            '[{number: "88506601"}]',
            '[{number: "88506601"}, {number: "88506601"}]',
            "districts.haidian.labour[2].number",
        ),
        ("trade: 人才中介", "trade: 1", "districts.haidian.market[1].trade"),
        ("trade: 人才中介", "line: 1", "districts.haidian.market[1].line"),
        ("haidian", "municipal", "districts.municipal"),
        ("haidian", "宣武区", "districts.宣武区"),
        ("haidian", "tianjin", "districts.tianjin"),
    ],
)
def test_hotlines_that_do_not_hold_are_refused_by_key(tmp_path, old, new, key) -> None:
    assert old in EXAMPLE
    with pytest.raises(InputError) as caught:
        read(tmp_path, EXAMPLE.replace(old, new), read_hotlines)
    assert caught.value.code == "hotlines-refused"
    assert key in caught.value.message


def test_a_list_of_no_district_is_refused(tmp_path) -> None:
    with pytest.raises(InputError, match="districts"):
        read(tmp_path, "date: 2014-03-01\ndistricts: {}", read_hotlines)
