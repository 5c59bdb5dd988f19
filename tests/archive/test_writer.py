"""Nothing changes an archive but `archive.writer`, and nothing changes the journal's past."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import delete, insert, text, update
from sqlmodel import select

from hashing import entry_hash
from hrintegrity.archive import journal, writer
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.guarding import UnjournalledWriteError, changes_data
from hrintegrity.archive.journal import GENESIS, canonical, canonical_columns
from hrintegrity.archive.serialisation import as_journalled, rows_as_journalled
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Draft
from hrintegrity.notice.records import kind
from running import code_of, rows
from server import location_of

file_only = pytest.mark.archive_file("SQLite's own guards")


def agency(number: int = 1, **more) -> Agency:
    name = f"甲{number}公司"
    given = {"code": code_of(number), "name": name, "name_key": name, "district": "haidian"}
    return Agency(**given | {"kind": "public"} | more)


@pytest.fixture
def location(haidian):
    haidian.add("甲公司", code_of(1))
    return location_of(haidian.archive)


def opened(location, *, write=True):
    return open_archive(location, operator="测试", write=write)


CORE = Agency.__table__

STATEMENTS = {
    "Core insert": insert(CORE).values(id="x", code="x"),
    "Core update": update(CORE).values(name="乙"),
    "Core delete": delete(CORE),
    "text": text("UPDATE agency SET name = '乙'"),
    "text in lower case": text("  delete\nfrom agency"),
    "text behind a comment": text("/* SELECT */ DELETE FROM agency -- SELECT"),
    "replace": text("REPLACE INTO agency (id) VALUES ('x')"),
    "CTE": text(
        "WITH a AS (SELECT id FROM agency) DELETE FROM agency WHERE id IN (SELECT * FROM a)"
    ),
    "second of two statements": text("SELECT 1; DELETE FROM agency"),
    "schema": text("DROP TABLE agency"),
    "trigger": text("DROP TRIGGER journal_no_update"),
    "setting": text("PRAGMA query_only = OFF"),
    "setting in brackets": text("PRAGMA main.foreign_keys(0)"),
    "another file": text("ATTACH 'other.db' AS other"),
    "journal": text("DELETE FROM journal"),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_that_changes_data_is_refused_outside_the_writer(location, name):
    with pytest.raises(UnjournalledWriteError), opened(location) as archive:
        archive.connection.execute(STATEMENTS[name])


def test_many_rows_at_once_are_refused_outside_the_writer(location):
    sql = "INSERT INTO agency (id, code) VALUES (?, ?)"
    with pytest.raises(UnjournalledWriteError), opened(location) as archive:
        archive.connection.exec_driver_sql(sql, [("x", "x"), ("y", "y")])


def flush(archive) -> None:
    archive.session.add(agency(2))
    archive.session.flush()


def test_a_flush_of_the_session_is_refused(location):
    with pytest.raises(UnjournalledWriteError), opened(location) as archive:
        flush(archive)


def leave(archive, what: str) -> None:
    found = archive.session.exec(select(Agency)).one()
    if what == "add":
        archive.session.add(agency(2))
    elif what == "change":
        found.name = "乙公司"
    else:
        archive.session.delete(found)


@pytest.mark.parametrize("what", ["add", "change", "delete"])
def test_objects_left_changed_in_the_session_fail_the_command(haidian, location, what):
    with pytest.raises(UnjournalledWriteError), opened(location) as archive:
        leave(archive, what)
    assert rows(haidian.archive, "SELECT name FROM agency") == [("甲公司",)]


def test_bulk_methods_of_the_session_are_refused(location):
    with pytest.raises(UnjournalledWriteError), opened(location) as archive:
        archive.session.bulk_save_objects([agency(2)])
    with pytest.raises(UnjournalledWriteError), opened(location) as archive:
        archive.session.execute(insert(Agency), [agency(2).model_dump()])


@file_only
def test_sqlite_itself_refuses_what_goes_past_the_guard(location):
    with opened(location) as archive:
        driver = archive.connection.connection.dbapi_connection
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            driver.execute("DELETE FROM agency")
        writer.insert(archive, agency(2))
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            driver.execute("DELETE FROM agency")


def test_an_archive_opened_for_reading_takes_nothing_even_through_the_writer(location):
    with pytest.raises(UnjournalledWriteError), opened(location, write=False) as archive:
        writer.insert(archive, agency(2))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT replace(name, 'a', 'b') FROM agency",
        "SELECT 'DELETE FROM agency'",
        'SELECT "update" FROM x',
        "SELECT 1 -- DROP TABLE agency",
        "SAVEPOINT one",
        "PRAGMA integrity_check",
        "PRAGMA main.table_info('agency')",
    ],
)
def test_reading_is_not_taken_for_writing(sql):
    assert not changes_data(sql)


def test_a_draft_goes_in_without_an_entry_and_a_record_never_does(haidian, location):
    before = rows(haidian.archive, "SELECT COUNT(*) FROM journal")
    agency_id = rows(haidian.archive, "SELECT id FROM agency")[0][0]
    draft = {"agency_id": agency_id, "year": 2013, "source": "self", "rater": "李", "scores": "[]"}
    with opened(location) as archive:
        writer.keep_unjournalled(archive, Draft(**draft, position=1))
    assert rows(haidian.archive, "SELECT COUNT(*) FROM journal") == before
    with pytest.raises(AssertionError, match="is journalled"), opened(location) as archive:
        writer.keep_unjournalled(archive, agency(2))


def write_and_fail(archive) -> None:
    writer.insert(archive, agency(2))
    writer.insert_many(archive, Agency, [agency(n).model_dump() for n in (3, 4)])
    raise KeyError("a command falls over")


def test_what_failed_leaves_neither_row_nor_entry(haidian, location):
    before = rows(haidian.archive, "SELECT COUNT(*) FROM journal")
    with pytest.raises(KeyError, match="falls over"), opened(location) as archive:
        write_and_fail(archive)
    assert rows(haidian.archive, "SELECT name FROM agency") == [("甲公司",)]
    assert rows(haidian.archive, "SELECT COUNT(*) FROM journal") == before


def test_a_value_that_is_the_same_is_no_change(haidian, location):
    before = rows(haidian.archive, "SELECT COUNT(*) FROM journal")
    agency_id = rows(haidian.archive, "SELECT id FROM agency")[0][0]
    with opened(location) as archive:
        found = archive.session.get(Agency, agency_id)
        assert writer.update(archive, found, name="甲公司", kind="commercial") is False
        assert writer.update(archive, found, name="乙公司", kind="commercial") is True
        assert found.name == "乙公司"
    entries = rows(haidian.archive, "SELECT before, after FROM journal ORDER BY id")
    assert len(entries) == before[0][0] + 1
    assert entries[-1] == ('{"name":"甲公司"}', '{"name":"乙公司"}')


@pytest.mark.parametrize(
    "write",
    [
        lambda archive, row: writer.update(archive, row, name="乙"),
        lambda archive, row: writer.update_many(archive, Agency, [(row, {"name": "乙"})]),
        writer.delete,
        lambda archive, row: writer.delete_many(archive, Agency, [agency(1), row]),
    ],
)
def test_a_change_of_a_row_that_is_not_there_fails_the_command(haidian, location, write):
    before = rows(haidian.archive, "SELECT COUNT(*) FROM journal")
    with pytest.raises(AssertionError, match="instead of"), opened(location) as archive:
        write(archive, agency(2))
    assert rows(haidian.archive, "SELECT COUNT(*) FROM journal") == before


MIXED = {
    "id": ["1", "2", "3"],
    "name": ["甲", 'a "b" \\ \n', "%s {x}"],
    "nothing": [None, None, None],
    "some": [None, "乙", None],
    "same": ["haidian", "haidian", "haidian"],
    "alike": [1, True, 1.0],
    "year": [2013, 2013, 2013],
    "count": [1, None, 2],
    "day": [dt.date(2013, 10, 8), "2013-10-08", None],
}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_many_rows_are_journalled_as_single_ones_are(count):
    columns = {name: values[:count] for name, values in MIXED.items()}
    single = [canonical({name: MIXED[name][n] for name in MIXED}) for n in range(count)]
    assert canonical_columns(columns) == single


@pytest.mark.parametrize("table", ["employment", "practitioner", "paper"])
def test_many_rows_are_hashed_for_the_journal_as_single_ones_are(table):
    names = kind(table).columns
    rows_ = [{name: f"{name}{n}" for name in names} for n in range(3)]
    for name in names:
        rows_[2][name] = None
    columns = {name: [row[name] for row in rows_] for name in names}
    single = [canonical(as_journalled(table, row)) for row in rows_]
    assert rows_as_journalled(table, columns) == single
    assert ("salted:" if kind(table).erasable else "sha256:") in single[0]


def test_what_all_rows_have_in_common_is_encoded_once(monkeypatch):
    encoded = []
    plain = journal.encode_basestring
    monkeypatch.setattr(journal, "encode_basestring", lambda t: encoded.append(t) or plain(t))
    identities = list(map(str, range(100)))
    canonical_columns({"id": identities, "district": ["haidian"] * 100, "phone": [None] * 100})
    assert encoded.count("haidian") == 1
    assert len(encoded) == 3 + 1 + 100  # the names, what is the same, the identities.


NEXT = "(SELECT MAX(id) + 1 FROM journal)"
ENTRY = (
    "INSERT {how} INTO journal VALUES ({id}, 'x', 'x', 'x', 'x', 'x', '', '', '', '', '', 'x', 'x')"
)

PAST = {
    "update": "UPDATE journal SET operator = '李'",
    "update of one": "UPDATE OR REPLACE journal SET operator = '李' WHERE id = 1",
    "delete": "DELETE FROM journal WHERE id = 1",
    "delete of all": "DELETE FROM journal",
    "insert or replace": ENTRY.format(how="OR REPLACE", id=1),
    "insert": ENTRY.format(how="", id=1),
    "replace": ENTRY.format(how="", id=1).replace("INSERT", "REPLACE"),
    "upsert": ENTRY.format(how="", id=1) + " ON CONFLICT (id) DO UPDATE SET operator = '李'",
    "an entry that skips one": ENTRY.format(how="", id=f"{NEXT} + 1"),
    "an entry before the first": ENTRY.format(how="", id=0),
    "an entry without a number": ENTRY.format(how="", id="NULL"),
}


@file_only
@pytest.mark.parametrize("name", PAST)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_the_journal_is_append_only_also_for_other_programs(haidian, name, recursive):
    before = rows(haidian.archive, "SELECT * FROM journal ORDER BY id")
    with closing(sqlite3.connect(haidian.archive)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(PAST[name])
        connection.commit()
    assert rows(haidian.archive, "SELECT * FROM journal ORDER BY id") == before


@pytest.mark.archive_file("a server has users of its own")
def test_the_journal_has_who_was_logged_in_beside_who_acts(haidian):
    haidian.operator = "王敏"
    haidian.environment["LOGNAME"] = haidian.environment["USER"] = "someone"
    haidian("archive", "office", "--leader", "李局长").ok()
    last = haidian("archive", "log", "-f", "json").ok().json[-1]
    assert (last["operator"], last["login"]) == ("王敏", pwd.getpwuid(os.getuid()).pw_name)
    haidian("archive", "verify").ok()


def test_an_entry_from_before_logins_keeps_its_hash():
    before = entry_hash(GENESIS, 1, "at", "王敏", "insert", "agency", "id", None, "{}", None)
    assert before == "ae68026e91ce18eaf7c863dc85d13370c58a5e6c9c224a4bc0414b5e64c27e60"
    told = ("at", "王敏", "insert", "agency", "id", None, "{}", None)
    assert entry_hash(GENESIS, 1, *told, None, None) == before
    hashes = {entry_hash(GENESIS, 1, *told, *more) for more in ((None, "a"), ("a",), ("a", "a"))}
    assert len(hashes | {before}) == 4
