"""A backup was restored before it counts; restoring revives nobody who was erased."""

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from hrintegrity.archive import backup, database_file
from hrintegrity.archive.reader import Reader
from running import JSON, Hri, code_of

pytestmark = pytest.mark.archive_file("backups are of a file")


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲公司", code_of(1))
    return haidian


def complain(hri: Hri) -> str:
    words = ["complaint", "add", code_of(1), "--received", "2013-10-08"]
    more = ["--channel", "market", "--kind", "complaint", "--subject", "乱收费"]
    named = ["--from", "王投诉", "--contact", "13800000000", "-f", "json"]
    return hri(*words, *more, *named).ok().json["id"]


def test_a_restore_erases_again_whoever_was_erased_since_and_names_it(office, tmp_path):
    case = complain(office)
    office("archive", "backup", tmp_path / "b.db").ok()
    office("complaint", "erase", case, "--reason", "本人要求").ok()
    rehearsed = office(
        "archive", "restore", tmp_path / "b.db", "--force", "--dry-run", "-f", "json"
    )
    assert [one["id"] for one in rehearsed.ok().json["erased"]] == [case]
    ran = office("archive", "restore", tmp_path / "b.db", "--force").ok()
    assert case in ran.out
    assert "乱收费" in ran.out
    content = office.archive.read_bytes()
    assert "王投诉".encode() not in content
    assert b"13800000000" not in content
    office("archive", "verify").ok()
    log = office("archive", "log", "-f", "json").json
    assert any(entry["action"] == "restore" and "b.db" in entry["reason"] for entry in log)


def test_a_restore_counts_what_was_written_since_the_backup(haidian, tmp_path):
    backup = tmp_path / "b.db"
    haidian.add("北京甲人力资源有限公司", code_of(1))
    haidian("archive", "backup", backup).ok()
    for number in (2, 3):
        haidian.add(f"北京{number}公司", code_of(number))
    ran = haidian("archive", "restore", backup, "--force", *JSON).ok()
    assert ran.json["lost"] == 2
    assert "备份以后写入的 2 条记录不在恢复的库里" in ran.err


def test_a_rehearsed_restore_changes_not_a_byte_and_leaves_nothing(office, tmp_path):
    office("archive", "backup", tmp_path / "b.db").ok()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    office("archive", "restore", tmp_path / "b.db", "--force", "--dry-run").ok()
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    refused = office("archive", "restore", tmp_path / "b.db", "--dry-run", "-f", "json")
    assert (refused.status, refused.error["code"]) == (4, "archive-exists")


def test_of_a_daily_backup_so_many_are_kept(office, tmp_path):
    target = tmp_path / "daily.db"
    for number in range(4):
        office.add(f"北京第{number}公司", code_of(number + 10))
        ran = office("archive", "backup", target, "--keep", "3", "-f", "json").ok()
        assert ran.json["whole"] is True
    found = sorted(tmp_path.glob("daily.db*"))
    assert len(found) == 3
    for path, agencies in zip([*found[1:], found[0]], (3, 4, 5), strict=True):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT COUNT(*) FROM agency").fetchone() == (agencies,)
    kept = office("archive", "backup", target, "-f", "json")
    assert (kept.status, kept.error["code"]) == (4, "file-exists")


@pytest.mark.parametrize("keep", ["1", "2"])
def test_what_is_no_backup_is_neither_renamed_nor_removed_for_one(office, tmp_path, keep):
    target = tmp_path / "总结.docx"
    target.write_bytes(b"PK words of last year")
    ran = office("archive", "backup", target, "--keep", keep, "-f", "json")
    assert (ran.status, ran.error["code"]) == (4, "file-exists")
    assert [path.name for path in tmp_path.glob("总结*")] == ["总结.docx"]
    assert target.read_bytes() == b"PK words of last year"


def test_a_damaged_attachment_is_named_once_by_a_backup_and_is_back_once_it_is_attached(
    office, tmp_path
):
    photo = tmp_path / "照片.png"
    photo.write_bytes(b"a picture")
    logged = ["campaign", "log", "--kind", "publicity", "--date", "2013-10-08", "--title", "宣传"]
    record = office(*logged, "--attach", photo, "-f", "json").ok().json["id"]
    (place,) = (office.archive.with_name(f"{office.archive.name}.files")).glob("*/*")
    place.write_bytes(b"another picture")
    ran = office("archive", "backup", tmp_path / "b.db", "-f", "json").ok()
    assert [one["reason"] for one in ran.json["problems"]] == ["附件内容已损坏，没有复制"]
    assert ran.json["problems"][0]["where"] == str(place)
    office("campaign", "edit", record, "--attach", photo).ok()
    office("archive", "verify").ok()
    again = office("campaign", "edit", record, "--attach", photo, "-f", "json")
    assert (again.status, again.error["code"]) == (1, "nothing-changed")


@pytest.mark.skipif(os.name == "nt", reason="SQLite copies there, since a lock forbids to read")
def test_a_backup_reads_its_pages_for_integrity_once_and_decrypts_none_to_copy_them(
    office, tmp_path, monkeypatch
):
    """The count that keeps `backup` about as fast as `verify`, also of an encrypted archive."""
    calls = []

    def counted(name, function):
        return lambda *given: calls.append(name) or function(*given)

    monkeypatch.setattr(backup, "check_whole", counted("integrity", backup.check_whole))
    asked, stream = [], Reader.stream
    monkeypatch.setattr(
        Reader, "stream", lambda archive, sql: asked.append(sql) or stream(archive, sql)
    )
    monkeypatch.setattr(database_file, "_copy_bytes", counted("bytes", database_file._copy_bytes))
    assert office("archive", "backup", tmp_path / "b.db", *JSON).ok().json["whole"] is True
    assert calls == ["bytes", "integrity", "bytes"]
    assert "PRAGMA foreign_key_check" in asked
    assert "PRAGMA integrity_check" not in asked
    assert (tmp_path / "b.db").read_bytes() == office.archive.read_bytes()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_full_disk_is_not_taken_for_a_damaged_backup(office, tmp_path, monkeypatch, command):
    office("archive", "backup", tmp_path / "b.db").ok()
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def full(*_):
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(database_file, "_copy_bytes", full)
    words = {"backup": [tmp_path / "c.db"], "restore": [tmp_path / "b.db", "--force"]}[command]
    ran = office("archive", command, *words, "-f", "json")
    assert (ran.status, ran.error["code"]) == (5, "output-unusable")
    assert "磁盘已满" in ran.error["message"]
    assert "完好的备份" not in ran.error["hint"]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


KILLED = """
import os, signal, sys
from hrintegrity.duties import verifying
verifying.verify = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
from hrintegrity.cli import main
main()
"""


def killed_while_verifying(hri: Hri, *words) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, *map(str, words)],
        env=hri.variables(), capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == -9


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_what_a_killed_rehearsal_left_is_named_by_doctor(office, tmp_path):
    office("archive", "backup", tmp_path / "b.db").ok()
    killed_while_verifying(office, "archive", "restore", tmp_path / "b.db", "--force", "--dry-run")
    left = [path for path in office.archive.parent.iterdir() if path.name.startswith(".")]
    assert [path.is_dir() for path in left] == [True]
    (found,) = [one for one in office("doctor", *JSON).json if one["what"] == "copies"]
    assert (found["ok"], str(left[0]) in found["found"]) == (False, True)


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_what_a_killed_backup_left_is_named_by_the_next_one(office, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    killed_while_verifying(office, "archive", "backup", folder / "b.db")
    left = sorted(folder.iterdir())
    assert sorted(path.is_dir() for path in left) == [False, True]
    ran = office("archive", "backup", folder / "b.db").ok()
    assert [str(path) in ran.err for path in left] == [True, True]


def test_a_rehearsal_in_a_folder_that_is_missing_fails_as_restoring_would(office, tmp_path):
    office("archive", "backup", tmp_path / "b.db").ok()
    office.archive = tmp_path / "none" / "a.db"
    found = [
        office("archive", "restore", tmp_path / "b.db", *more, *JSON)
        for more in ((), ("--dry-run",))
    ]
    assert [(one.status, one.error["code"]) for one in found] == [(5, "folder-missing")] * 2
