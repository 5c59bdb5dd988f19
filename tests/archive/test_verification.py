"""`archive verify` finds what was changed behind the journal's back, and says where."""

from __future__ import annotations

import json
import sqlite3
import tracemalloc
from contextlib import closing
from functools import partial
from types import SimpleNamespace

import pytest

import server
from counting import calls
from hashing import entry_hash
from hrintegrity.archive import comparing, verification
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.journal import GENESIS, canonical, check_chain
from hrintegrity.archive.reader import open_reader
from hrintegrity.errors import UnusableError
from running import JSON, Hri, code_of, journal, rows
from server import location_of

file_only = pytest.mark.archive_file("an archive changed by another program")

GUARDS = ("journal_no_update", "journal_no_delete", "journal_only_next")


@pytest.fixture(scope="module")
def lived_in(_made, tmp_path_factory):
    """An archive with some history: entries, a change, a former name, an issued notice."""
    haidian = Hri(tmp_path_factory.mktemp("history") / "archive.db")
    server.copy(_made("haidian"), haidian.archive)
    for number in (1, 2, 3):
        haidian.add(f"甲{number}公司", code_of(number), "--phone", "010-1")
    haidian("agency", "edit", "甲1", "--name", "乙公司", "--phone", "010-2").ok()
    scores = json.dumps({str(number): 2 for number in range(1, 23)})
    haidian("assess", "run", "乙公司", "--scores", "-", stdin=scores).ok()
    haidian("assess", "conclude", "乙公司").ok()
    notice = haidian.archive.with_name("notice.html")
    haidian("assess", "notice", "乙公司", "-o", notice).ok()
    return haidian.archive


@pytest.fixture
def archive(lived_in, tmp_path):
    """A copy of it."""
    server.copy(lived_in, tmp_path / "archive.db")
    return Hri(tmp_path / "archive.db")


def tamper(hri, *statements: str, guards: bool = False) -> None:
    """Change the file as another program can, with the journal's triggers taken off if need be."""
    with closing(sqlite3.connect(hri.archive)) as connection:
        kept = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        if guards:
            for name in GUARDS:
                connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        if guards:
            for (sql,) in kept:
                connection.execute(sql)
        connection.commit()


def problems(hri) -> list[tuple[str, str]]:
    """Return what verify finds; its exit status says the same."""
    found = hri("archive", "verify", "-f", "json")
    assert found.err == ""
    told = found.json
    assert told["ok"] is (not told["problems"])
    assert found.status == (0 if told["ok"] else 1)
    return [(problem["where"], problem["reason"]) for problem in told["problems"]]


def test_a_whole_archive_is_whole(archive):
    assert problems(archive) == []
    said = archive("archive", "verify")
    assert said.status == 0
    assert said.out.startswith("档案库完好；日志 ")


@file_only
@pytest.mark.parametrize("number", range(1, 8))
@pytest.mark.parametrize(
    ("column", "value"),
    [("operator", "李四"), ("login", "lisi"), ("at", "2013"), ("after", "{}"), ("reason", "x")],
)
def test_an_entry_that_was_changed_is_named(archive, number, column, value):
    sql = f"UPDATE journal SET \"{column}\" = '{value}' WHERE id = {number}"
    tamper(archive, sql, guards=True)
    assert (f"日志第 {number} 条", "内容与哈希不符，被改动过") in problems(archive)


@file_only
def test_an_entry_that_was_taken_out_is_named(archive):
    tamper(archive, "DELETE FROM journal WHERE id = 4", guards=True)
    found = problems(archive)
    assert ("日志第 5 条", "编号不连续，此前应为第 4 条") in found
    assert ("日志第 5 条", "与上一条的哈希不相接") in found


@file_only
def test_an_archive_whose_journal_was_taken_away_is_verified_all_the_same(archive):
    tamper(archive, "DROP TABLE journal")
    assert ("日志", "读不出来（缺少应有的表）") in problems(archive)


@file_only
def test_entries_taken_off_the_end_leave_rows_that_no_entry_tells_of(archive):
    tamper(archive, "DELETE FROM journal WHERE id > 4", guards=True)
    where = [place for place, reason in problems(archive) if "日志里没有" in reason]
    assert any(place.startswith("agency ") for place in where)


@file_only
def test_a_moment_that_is_none_any_more_is_shown_as_it_stands(archive):
    tamper(archive, "UPDATE journal SET at = 'noon' WHERE id = 1", guards=True)
    assert "noon" in archive("archive", "log").ok().out
    assert problems(archive) != []


@file_only
def test_an_entry_forged_with_its_hashes_is_found_by_the_rows(archive):
    """Whoever rewrites the whole chain must also change the rows, and then the papers."""
    names = ("id", "at", "operator", "action", "table", "record", "before", "after", "reason")
    entries = journal(archive.archive, (*names, "origin", "login"))
    previous, statements = GENESIS, []
    for entry in entries:
        told = list(entry)
        if told[4] == "agency" and told[3] == "insert":
            told[7] = told[7].replace("010-1", "010-9")
        digest = entry_hash(previous, *told)
        statements.append(
            f"UPDATE journal SET after = {quoted(told[7])}, previous = '{previous}',"
            f" hash = '{digest}' WHERE id = {told[0]}"
        )
        previous = digest
    tamper(archive, *statements, guards=True)
    found = problems(archive)
    assert not [place for place, reason in found if "哈希" in reason]
    assert sum("被越过日志改动：phone" in reason for _, reason in found) == 2


def quoted(text: str | None) -> str:
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


@file_only
def test_a_row_that_was_changed_is_named_with_its_columns(archive):
    tamper(archive, "UPDATE agency SET phone = '1', kind = 'public' WHERE name = '甲2公司'")
    record = rows(archive.archive, "SELECT id FROM agency WHERE name = '甲2公司'")[0][0]
    assert problems(archive) == [(f"agency {record}", "与日志不符，被越过日志改动：kind、phone")]


@file_only
def test_a_row_that_was_put_in_is_named(archive):
    tamper(archive, "INSERT INTO campaign VALUES ('x', 2015, '2015-1-1', '2015-1-1', '2015-1-1')")
    assert problems(archive) == [("campaign x", "表里有，日志里没有：被越过日志写入")]


@file_only
def test_a_row_that_was_taken_out_is_named(archive):
    record = rows(archive.archive, "SELECT id FROM former_name")[0][0]
    tamper(archive, "DELETE FROM former_name")
    assert problems(archive) == [(f"former_name {record}", "日志里有，表里没有：被越过日志删除")]


@file_only
def test_a_row_that_moved_to_another_identity_is_named_twice(archive):
    tamper(archive, "UPDATE former_name SET id = 'x'")
    assert sorted(reason for _, reason in problems(archive)) == [
        "日志里有，表里没有：被越过日志删除",
        "表里有，日志里没有：被越过日志写入",
    ]


@file_only
def test_a_broken_reference_is_named(archive):
    tamper(archive, "UPDATE former_name SET agency_id = 'x'")
    reasons = [reason for _, reason in problems(archive)]
    assert "指向的 agency 记录不存在" in reasons
    assert "与日志不符，被越过日志改动：agency_id" in reasons


@file_only
@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_of_the_journal_that_was_taken_off_is_named(archive, guard):
    tamper(archive, f"DROP TRIGGER {guard}")
    assert problems(archive) == [("日志", f"保护日志的触发器 {guard} 不见了")]


@file_only
def test_a_paper_whose_words_were_changed_is_named(archive):
    record = rows(archive.archive, "SELECT id FROM paper")[0][0]
    tamper(archive, "UPDATE paper SET body = replace(body, '44', '99')")
    assert problems(archive) == [
        (f"paper {record}", "正文与签发时的 SHA-256 不符"),
        (f"paper {record}", "与日志不符，被越过日志改动：body"),
    ]


@file_only
def test_a_paper_whose_words_and_hash_were_changed_is_named_by_the_journal(archive):
    record = rows(archive.archive, "SELECT id FROM paper")[0][0]
    tamper(archive, "UPDATE paper SET body = 'x', sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb"
           "1903cc4db02258717921a4881'")  # fmt: skip
    reason = "与日志不符，被越过日志改动：body、sha256"
    assert problems(archive) == [(f"paper {record}", reason)]


@file_only
@pytest.mark.parametrize("value", ["x'00ff'", "7", "NULL"])
def test_a_value_of_another_type_is_no_traceback(archive, value):
    tamper(archive, f"UPDATE journal SET operator = {value or 'NULL'} WHERE id = 3", guards=True) \
        if value != "NULL" else tamper(archive, "UPDATE agency SET phone = NULL")  # fmt: skip
    assert problems(archive)


@file_only
@pytest.mark.parametrize("column", ["line", "at", "archive", "entries", "signature", "head"])
def test_a_seal_with_a_value_of_another_type_is_named(haidian, tmp_path, column):
    haidian("archive", "seal", "-o", tmp_path / "a.seal").ok()
    record = rows(haidian.archive, "SELECT id FROM seal")[0][0]
    tamper(haidian, f"UPDATE seal SET {column} = x'00ff'")
    assert (f"seal {record}", f"与日志不符，被越过日志改动：{column}") in problems(haidian)


@file_only
def test_entries_and_rows_that_are_no_json_or_no_text_are_named(archive):
    tamper(archive, "UPDATE journal SET after = 'no json' WHERE id = 4", guards=True)
    tamper(archive, "UPDATE paper SET body = x'ff'")
    found = dict(problems(archive))
    assert found["日志第 4 条"] in ("内容与哈希不符，被改动过", "内容不是 JSON")
    assert any(place.startswith("paper ") for place in found)


@file_only
def test_pages_that_were_overwritten_are_named_alike_however_the_archive_is_opened(archive):
    def said(open_) -> object:
        try:
            with open_(location_of(archive.archive)) as opened:
                return verification.verify(opened)
        except UnusableError as error:
            return error.code

    kept, found = archive.archive.read_bytes(), []
    for place in range(4096, len(kept), len(kept) // 12 // 4096 * 4096):
        archive.archive.write_bytes(kept[:place] + b"\xa5" * 4096 + kept[place + 4096 :])
        either = [said(partial(open_archive, operator="", write=False)), said(open_reader)]
        assert either[0] == either[1]
        found.append(str(either[0]))
    assert any("读不出来" in text for text in found)


@file_only
def test_pages_that_were_overwritten_are_a_result_or_an_unusable_archive(archive):
    size = archive.archive.stat().st_size
    found = []
    for place in range(4096, size, size // 12 // 4096 * 4096):
        kept = archive.archive.read_bytes()
        archive.archive.write_bytes(kept[:place] + b"\xa5" * 4096 + kept[place + 4096 :])
        ran = archive("archive", "verify", "-f", "json")
        found.append(ran.status)
        if ran.status == 5:
            assert ran.error["code"] == "archive-damaged"
        archive.archive.write_bytes(kept)
    assert set(found) <= {0, 1, 5}  # 0 where the page is free
    assert 1 in found


@pytest.mark.parametrize(
    "open_", [partial(open_archive, operator="", write=False),
              pytest.param(open_reader, marks=file_only)], ids=["archive", "reader"],
)  # fmt: skip
def test_rows_are_compared_in_flat_memory(haidian, tmp_path, open_):
    def peak() -> int:
        with open_(location_of(haidian.archive)) as opened:
            tracemalloc.start()
            _, damages = verification.verify(opened)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert damages == []
        return most

    peak()  # what is imported and compiled once is no part of it.
    register(haidian, tmp_path / "few.csv", 1, 300)
    few = peak()
    register(haidian, tmp_path / "many.csv", 301, 3000)
    assert peak() < few * 1.2


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """What `verify` parses of entries while it compares rows with them."""
    found = []

    def loads(text: str):
        found.append(text)
        return json.loads(text)

    monkeypatch.setattr(comparing, "json", SimpleNamespace(loads=loads))
    return found


def test_a_row_that_is_as_its_one_entry_says_is_not_parsed(haidian, tmp_path, parsed):
    """The count that keeps `verify` fast: parsing an entry takes longer than making it anew."""
    register(haidian, tmp_path / "many.csv", 1, 300)
    haidian("agency", "edit", "甲7公司", "--phone", "010-1").ok()
    assert problems(haidian) == []
    entries = rows(haidian.archive, "SELECT after FROM journal WHERE \"table\" = 'agency'")
    assert len(entries) == 301
    assert 3 <= len(parsed) < 10


def test_an_import_that_was_taken_back_is_not_parsed_either(haidian, tmp_path, parsed):
    register(haidian, tmp_path / "many.csv", 1, 50)
    (one,) = haidian("archive", "imports", *JSON).ok().json
    haidian("archive", "undo", one["id"], "--reason", "试", "--yes").ok()
    assert problems(haidian) == []
    assert len(parsed) < 10


@file_only
@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE office SET owner = 2", "owner"),
        ("UPDATE office SET owner = 0", "owner"),
        ("UPDATE agency SET phone = x'ff'", "phone"),
        ("UPDATE agency SET phone = 10", "phone"),
        ("UPDATE agency SET id = x'ff' WHERE name = '甲3公司'", "表里有，日志里没有"),
    ],
)
def test_a_value_that_no_text_is_like_is_named(archive, sql, reason):
    tamper(archive, "PRAGMA foreign_keys = OFF", sql)
    assert any(reason in said for _, said in problems(archive))


def register(hri, path, first: int, last: int) -> None:
    lines = [f"甲{n}公司,{code_of(n)},经营性" for n in range(first, last + 1)]
    path.write_text("机构名称,信用代码,机构性质\n" + "\n".join(lines), encoding="utf-8")
    hri("agency", "import", path).ok()


def test_the_chain_of_no_entries_is_whole():
    assert check_chain([]) == (0, GENESIS, [])


def test_canonical_text_is_json_with_sorted_keys_whatever_the_order():
    values = {"b": 1, "a": "“龘”\n\\", "c": None, "d": True, "e": ["ü"], "f": 1.5}
    expected = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(values) == expected
    assert canonical(dict(reversed(values.items()))) == expected
    assert canonical({}) == "{}"


def test_an_entry_more_of_the_chain_is_three_calls_of_functions_more():
    """Also where each entry is of another command, and so of another moment."""
    entries, previous = [], GENESIS
    for number in range(1, 201):
        told = (f"at {number}", "王敏", "insert", "agency", "id", None, "{}", None, None, None)
        digest = entry_hash(previous, number, *told)
        entries.append((number, *told, previous, digest))
        previous = digest
    (few, _), (many, report) = (
        calls(lambda: check_chain(entries[:100])),
        calls(lambda: check_chain(entries)),
    )
    assert report == (200, previous, [])
    assert many - few <= 3 * 100
