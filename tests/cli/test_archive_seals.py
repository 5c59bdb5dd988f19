"""A chain that was rewritten, shortened or replaced by an older file is found out by its seals."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from exchanging import acquaint, bundle_of, digest, receive
from hrintegrity.archive import journal
from running import JSON, Hri, code_of

pytestmark = pytest.mark.archive_file("the file is changed past the program")


@pytest.fixture
def two(haidian, city) -> tuple[Hri, Hri]:
    haidian.add("北京甲公司", code_of(1))
    acquaint(haidian, city)
    return haidian, city


def rewrite(hri: Hri, name: str) -> None:
    """Change an agency's name past the program, and all hashes of the chain after it."""
    with closing(sqlite3.connect(hri.archive)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = triggers.fetchall()
        for trigger, _ in kept:
            connection.execute(f"DROP TRIGGER {trigger}")
        columns = ", ".join(f'"{column}"' for column in journal.COLUMNS)
        previous = journal.GENESIS
        for row in connection.execute(f"SELECT {columns} FROM journal ORDER BY id").fetchall():
            number, *rest, _, _ = row
            after = rest[6]
            if rest[3] == "agency" and rest[2] == "insert":
                rest[6] = json.dumps(
                    json.loads(after) | {"name": name, "name_key": name},
                    ensure_ascii=False, sort_keys=True, separators=(",", ":"),
                )  # fmt: skip
            hashed = journal.entry_hash(previous, number, *rest)
            connection.execute(
                "UPDATE journal SET after = ?, previous = ?, hash = ? WHERE id = ?",
                (rest[6], previous, hashed, number),
            )
            previous = hashed
        connection.execute("UPDATE agency SET name = ?, name_key = ?", (name, name))
        for _, sql in kept:
            connection.execute(sql)
        connection.commit()


def test_a_rewritten_chain_is_found_by_a_seal_in_a_file(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    haidian("archive", "seal", "-o", tmp_path / "seal").ok()
    haidian.add("北京乙公司", code_of(2))
    haidian("archive", "verify", "--seal", tmp_path / "seal").ok()
    with closing(sqlite3.connect(haidian.archive)) as connection:
        connection.execute("DELETE FROM agency WHERE code = ?", (code_of(2),))
    rewrite(haidian, "北京伪公司")
    ran = haidian("archive", "verify", "--seal", tmp_path / "seal", *JSON)
    assert ran.status == 1
    assert any("改写过" in problem["reason"] for problem in ran.json["problems"])
    assert all(problem["remedy"] for problem in ran.json["problems"])


def test_an_older_file_in_its_place_is_found_by_a_seal(haidian, tmp_path):
    haidian.add("北京甲公司", code_of(1))
    shutil.copy(haidian.archive, tmp_path / "old")
    haidian.add("北京乙公司", code_of(2))
    haidian("archive", "seal", "-o", tmp_path / "seal").ok()
    shutil.copy(tmp_path / "old", haidian.archive)
    haidian("archive", "verify").ok()
    ran = haidian("archive", "verify", "--seal", tmp_path / "seal", *JSON)
    assert ran.status == 1
    assert any("截短" in problem["reason"] for problem in ran.json["problems"])


def test_a_seal_that_was_changed_is_none(haidian, tmp_path):
    haidian("archive", "seal", "-o", tmp_path / "seal").ok()
    content = (tmp_path / "seal").read_text().replace('"entries":', '"entries":1')
    (tmp_path / "seal").write_text(content)
    ran = haidian("archive", "verify", "--seal", tmp_path / "seal", *JSON)
    assert (ran.status, ran.error["code"]) == (3, "not-a-seal")
    ran = haidian("archive", "verify", "--seal", tmp_path / "none", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "file-missing")


def test_the_city_finds_out_a_rewritten_chain_at_the_next_bundle(two):
    haidian, city = two
    receive(city, bundle_of(haidian)).ok()
    with closing(sqlite3.connect(haidian.archive)) as connection:
        connection.execute("DELETE FROM seal")
        connection.commit()
    rewrite(haidian, "北京伪公司")
    # Whoever rewrites takes the seals out of the journal as well.
    path = haidian.archive.with_name("forged.hri")
    ran = haidian("archive", "send", "--plain", "-o", path, *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-damaged")


def test_an_honest_restore_is_accepted_with_a_reason(two, tmp_path):
    haidian, city = two
    haidian("archive", "backup", tmp_path / "b.db").ok()
    haidian.add("北京乙公司", code_of(2))
    receive(city, bundle_of(haidian)).ok()
    haidian("archive", "restore", tmp_path / "b.db", "--force", "--yes").ok()
    haidian.add("北京丙公司", code_of(3))
    path = bundle_of(haidian)
    before = digest(city)
    ran = receive(city, path)
    assert (ran.status, ran.error["code"]) == (3, "chain-changed")
    assert "--accept-chain" in ran.error["hint"]
    assert digest(city) == before
    receive(city, path, "--accept-chain", "海淀区来电：硬盘坏了，用备份恢复").ok()
    seals = city("archive", "seals", *JSON).ok().json
    assert any("硬盘坏了" in (seal["reason"] or "") for seal in seals)
    haidian.add("北京丁公司", code_of(4))
    receive(city, bundle_of(haidian)).ok()


def test_a_district_gets_its_seal_back_with_the_city_s_signature(two):
    haidian, city = two
    receive(city, bundle_of(haidian)).ok()
    path = bundle_of(city, to="海淀")
    receive(haidian, path).ok()
    seals = haidian("archive", "seals", *JSON).ok().json
    (kept,) = [seal for seal in seals if seal["cosigner"] == "municipal"]
    assert (kept["given"], kept["holds"]) == (True, True)
    before = digest(haidian)
    receive(haidian, path).ok()
    assert digest(haidian) == before
    haidian("archive", "verify").ok()


def test_rows_that_differ_from_the_journal_are_not_signed(two, tmp_path):
    haidian, _ = two
    with closing(sqlite3.connect(haidian.archive)) as connection:
        connection.execute("UPDATE agency SET name = '北京伪公司'")
        connection.commit()
    ran = haidian("archive", "send", "--plain", "-o", tmp_path / "b.hri", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-damaged")
    assert not (tmp_path / "b.hri").exists()


@pytest.mark.parametrize("sql", [
    "DROP TRIGGER journal_no_update; CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal"
    " BEGIN SELECT 1; END",
    "CREATE TRIGGER helper AFTER INSERT ON agency BEGIN UPDATE agency SET grade = 'A'; END",
    "DROP TRIGGER journal_only_next",
])  # fmt: skip
def test_a_trigger_that_was_emptied_added_or_dropped_is_found(haidian, sql):
    with closing(sqlite3.connect(haidian.archive)) as connection:
        connection.executescript(sql)
    ran = haidian("archive", "verify", *JSON)
    assert ran.status == 1
    assert "触发器" in ran.json["problems"][0]["reason"]
