"""Questions about many values have one kind of answer, from whatever opened the archive."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing

import pytest

from hrintegrity.archive.asking import among, as_day, as_truth, named_among
from hrintegrity.archive.reader import open_reader
from made_archives import at, code_of, made, register
from running import JSON

SQL = "SELECT code, name FROM agency WHERE code IN"


@pytest.mark.archive_file("a reader opens a file")
def test_an_archive_and_a_reader_give_the_same_rows(tmp_path):
    location = made(tmp_path)
    with at(location) as archive:
        codes = [register(archive, number) for number in (1, 2)]
    with at(location, write=False) as archive, open_reader(location) as reader:
        for asked in (archive, reader):
            found = among(asked, SQL, codes, "ORDER BY code")
            assert {type(row) for row in found} == {tuple}
            assert [code for code, _ in found] == codes
            assert named_among(asked, SQL, codes[:1]) == [
                {"code": code_of(1), "name": "北京甲1人力资源有限公司"}
            ]
            assert among(asked, SQL, []) == named_among(asked, SQL, []) == []


@pytest.mark.archive_file("a reader opens a file")
@pytest.mark.parametrize("many", [False, True])
def test_values_are_named_alike_for_an_archive_and_a_reader(tmp_path, many):
    location = made(tmp_path)
    with at(location) as archive:
        register(archive, 1)
    sql = "SELECT year, start FROM campaign WHERE year = :year AND :day BETWEEN start AND deadline"
    inside = {"year": 2013, "day": dt.date(2013, 10, 31), "unused": None}
    with at(location, write=False) as archive, open_reader(location) as reader:
        for asked in (archive, reader):
            found = asked.query(sql, inside, many=many)
            assert list(found.keys()) == ["year", "start"]
            assert [tuple(row) for row in found] == [(2013, "2013-10-01")]
            outside = inside | {"day": dt.date(2014, 1, 1)}
            assert asked.query(sql, outside, many=many).first() is None


def test_more_values_than_a_statement_takes_are_asked_for_by_the_thousand(tmp_path):
    location = made(tmp_path)
    with at(location) as archive:
        codes = [register(archive, number) for number in (1, 2)]
        found = among(archive, SQL, [codes[0], *map(str, range(40_000)), codes[1]])
    assert [code for code, _ in found] == codes


@pytest.mark.parametrize(
    ("read", "of_file", "of_server", "value"),
    [
        (as_day, "2013-10-08", dt.date(2013, 10, 8), dt.date(2013, 10, 8)),
        (as_truth, 1, True, True),
        (as_truth, 0, False, False),
        (as_truth, None, None, None),
    ],
)
def test_days_and_truths_are_read_the_same_from_either_driver(read, of_file, of_server, value):
    for stored in (of_file, of_server):
        found = read(stored)
        assert (found, type(found)) == (value, type(value))


@pytest.mark.archive_file("a server's columns take days only")
@pytest.mark.parametrize(
    "value", ["1.5", "'abc'", "'20131010'", "'2013-W01-1'", "'2013-10-10 00:00:00'", "x'ff'"]
)
def test_what_is_no_day_is_named_with_its_place(haidian, value):
    id_ = haidian.add("甲公司", code_of(1))["id"]
    with closing(sqlite3.connect(haidian.archive)) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            other.execute(f"DROP TRIGGER {name}")
        other.execute(f"UPDATE agency SET license_until = {value}")
        other.commit()
    for words in (("agency", "list"), ("agency", "show", code_of(1))):
        ran = haidian(*words, *JSON)
        assert (ran.status, ran.error["code"]) == (5, "archive-damaged")
        assert f"agency 表 {id_} 行 license_until 列" in ran.error["message"]
        assert "hri archive verify" in ran.error["hint"]
