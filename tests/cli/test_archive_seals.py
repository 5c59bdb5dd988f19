"""A chain that was rewritten, shortened or replaced by an older file is found out by its seals."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from exchanging import acquaint, bundle_of, digest, members, receive, signed
from hashing import entry_hash
from hrintegrity.archive import journal
from running import JSON, Hri, code_of

pytestmark = pytest.mark.archive_file("the file is changed past the program")


@pytest.fixture
def two(haidian, city) -> tuple[Hri, Hri]:
    haidian.add("北京甲公司", code_of(1))
    acquaint(haidian, city)
    return haidian, city


def rewrite(hri: Hri, name: str, *, without: str = "") -> None:
    """Change an agency's name past the program, and all hashes of the chain after it.

    Entries of the table `without` are left out, and the others numbered anew.
    """
    with closing(sqlite3.connect(hri.archive)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = triggers.fetchall()
        for trigger, _ in kept:
            connection.execute(f"DROP TRIGGER {trigger}")
        columns = ", ".join(f'"{column}"' for column in journal.COLUMNS)
        previous, number = journal.GENESIS, 0
        entries = connection.execute(f"SELECT {columns} FROM journal ORDER BY id").fetchall()
        connection.execute("DELETE FROM journal")
        for _, *rest, _, _ in entries:
            if rest[3] == without:
                continue
            number += 1
            after = rest[6]
            if rest[3] == "agency" and rest[2] == "insert":
                rest[6] = json.dumps(
                    json.loads(after) | {"name": name, "name_key": name},
                    ensure_ascii=False, sort_keys=True, separators=(",", ":"),
                )  # fmt: skip
            hashed = entry_hash(previous, number, *rest)
            values = (number, *rest, previous, hashed)
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO journal ({columns}) VALUES ({marks})", values)
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


def test_a_chain_rewritten_without_its_seals_passes_send_and_the_city_finds_it_out(two):
    """Whoever has the file and the key can make it whole in itself; the city kept a seal."""
    haidian, city = two
    receive(city, bundle_of(haidian)).ok()
    with closing(sqlite3.connect(haidian.archive)) as connection, connection:
        connection.execute("DELETE FROM seal")
    rewrite(haidian, "北京伪公司", without="seal")
    haidian("archive", "verify").ok()
    before = digest(city)
    ran = receive(city, bundle_of(haidian))
    assert (ran.status, ran.error["code"]) == (3, "chain-changed")
    assert "打电话问海淀区" in ran.error["hint"]
    assert "hri archive verify" in ran.error["hint"]
    assert digest(city) == before


def records_of(path) -> list[dict]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes().split(b"\n", 2)[2])) as package:
        return [json.loads(line) for line in package.read("records.jsonl").splitlines()]


def by_hand(hri: Hri, told: list[dict]) -> Path:
    """A bundle of these records, with all seals and the genuine key."""
    records = b"".join(json.dumps(one).encode() + b"\n" for one in told)
    path = hri.archive.with_name("by-hand.hri")
    path.write_bytes(signed(hri, members(records)))
    return path


def test_other_content_under_a_known_version_is_refused(two):
    haidian, city = two
    haidian("agency", "edit", code_of(1), "--phone", "010-1").ok()
    path = bundle_of(haidian)
    receive(city, path).ok()
    told = records_of(path)
    assert receive(city, by_hand(haidian, told)).ok().json["unchanged"] == len(told)
    before = digest(city)
    for column, value in (("name", "北京伪公司"), ("phone", None), ("grade", "AAA")):
        forged = json.loads(json.dumps(told))
        (row,) = [one["row"] for one in forged if one["table"] == "agency"]
        row[column] = value
        if value is None:
            del row[column]
        ran = receive(city, by_hand(haidian, forged))
        assert (ran.status, ran.error["code"]) == (3, "bundle-refused")
        assert ran.error["details"][0]["column"] == f"agency.{column}"
        assert "电话" in ran.error["hint"]
    assert digest(city) == before


def test_other_content_under_an_earlier_version_is_refused(two):
    haidian, city = two
    receive(city, old := bundle_of(haidian)).ok()
    haidian("agency", "edit", code_of(1), "--phone", "010-1").ok()
    receive(city, bundle_of(haidian)).ok()
    told = records_of(old)
    receive(city, by_hand(haidian, told)).ok()
    (row,) = [one["row"] for one in told if one["table"] == "agency"]
    row["name"] = "北京伪公司"
    ran = receive(city, by_hand(haidian, told))
    assert (ran.status, ran.error["code"]) == (3, "bundle-refused")


def test_other_content_under_a_version_that_is_held_is_refused(two):
    """The agency's code is taken in the city, so that it becomes a conflict there."""
    haidian, city = two
    city.add("北京甲公司", code_of(1), "--district", "海淀区")
    path = bundle_of(haidian)
    assert len(receive(city, path).ok().json["conflicts"]) == 1
    told = records_of(path)
    receive(city, by_hand(haidian, told)).ok()
    (row,) = [one["row"] for one in told if one["table"] == "agency"]
    row["name"] = "北京伪公司"
    ran = receive(city, by_hand(haidian, told))
    assert (ran.status, ran.error["code"]) == (3, "bundle-refused")


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
