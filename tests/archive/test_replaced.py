"""A file that takes the archive's name while others wait for it: nobody writes into the old one."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from hrintegrity.archive import engine
from hrintegrity.archive.connecting import connect
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from hrintegrity.duties.exchange import keys
from running import HRI, Hri, code_of, rows

pytestmark = pytest.mark.archive_file("a file that is replaced")

PASSPHRASE = "正确 马 电池 钉"
ADD = ("agency", "add", "--name", "甲公司", "--code", code_of(1), "--kind", "经营性")


def test_a_writer_whose_file_was_replaced_while_it_waited_writes_into_the_new_one(
    haidian, tmp_path, monkeypatch
):
    newer = tmp_path / "newer.db"
    shutil.copy2(haidian.archive, newer)
    begin = engine.begin

    def late(connection, *, write):
        if newer.exists():
            newer.replace(haidian.archive)
        begin(connection, write=write)

    monkeypatch.setattr(engine, "begin", late)
    haidian(*ADD).ok()
    assert not newer.exists()
    assert rows(haidian.archive, "SELECT name FROM agency") == [("甲公司",)]


def test_a_writer_that_waits_while_the_archive_is_encrypted_opens_the_encrypted_one(haidian):
    """One process encrypts, another writes; whoever comes first, both are done."""
    haidian.environment["HRI_PASSPHRASE"] = PASSPHRASE
    with closing(sqlite3.connect(haidian.archive, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = [
            subprocess.Popen(
                [*HRI, *words], env=haidian.variables(), stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for words in (("archive", "encrypt"), ADD)
        ]  # fmt: skip
        with pytest.raises(subprocess.TimeoutExpired):
            started[0].wait(2)
        other.execute("COMMIT")
    said = [process.communicate(timeout=600)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    shown = haidian("agency", "list", "-f", "json").ok().json
    assert [agency["name"] for agency in shown] == ["甲公司"]
    haidian("archive", "verify").ok()


HOLDER = """
import sys
from pathlib import Path
import shutil
from hrintegrity.archive.replacing import replacing
with replacing(Path(sys.argv[1])) as temporary:
    shutil.copy2(sys.argv[2], temporary)
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_nobody_writes_while_the_file_is_replaced(haidian, tmp_path):
    before = tmp_path / "before.db"
    shutil.copy2(haidian.archive, before)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(haidian.archive), str(before)],
        env=haidian.variables(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout.readline() == "held\n"
    with closing(sqlite3.connect(haidian.archive, timeout=0, isolation_level=None)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert holder.communicate("\n", timeout=600)[1] is None
        other.execute("BEGIN IMMEDIATE")  # the old file is nobody's any more.
    haidian(*ADD).ok()
    assert rows(haidian.archive, "SELECT name FROM agency") == [("甲公司",)]


LOCKED = """
import sys
from pathlib import Path
from hrintegrity.archive.connecting import connect, database_errors
connection = connect(Path(sys.argv[1]), "rw", timeout=0, autocommit=True)
try:
    connection.execute("BEGIN IMMEDIATE")
except database_errors():
    print("locked")
"""


def is_locked(hri: Hri) -> bool:
    ran = subprocess.run(
        [sys.executable, "-c", LOCKED, hri.archive], capture_output=True, text=True, check=True,
        env=hri.variables(),
    )  # fmt: skip
    return ran.stdout == "locked\n"


def test_the_lock_stays_while_the_key_is_made_and_read(haidian):
    """POSIX drops a process's locks on a file with the first descriptor of it that is closed."""
    location = Location(path=haidian.archive)
    with open_archive(location, operator="", write=True) as archive:
        assert is_locked(haidian)
        keys.make(archive.location)
        keys.find(archive.location)
        assert is_locked(haidian)
        archive.keep_nothing()


def test_the_lock_stays_while_an_encrypted_file_is_opened_once_more(haidian, monkeypatch):
    haidian.environment["HRI_PASSPHRASE"] = PASSPHRASE
    haidian("archive", "encrypt").ok()
    monkeypatch.setenv("HRI_PASSPHRASE", PASSPHRASE)
    location = Location(path=haidian.archive)
    with open_archive(location, operator="", write=True) as archive:
        with closing(connect(haidian.archive, "ro", timeout=0, encrypted=True)) as other:
            assert other.execute("SELECT COUNT(*) FROM journal").fetchone()
        assert is_locked(haidian)
        archive.keep_nothing()


def test_the_archive_itself_is_no_input(haidian):
    words = ("--kind", "training", "--date", "2013-10-10", "--title", "培训", "-f", "json")
    ran = haidian("campaign", "log", *words, "--attach", haidian.archive)
    assert (ran.status, ran.error["code"]) == (3, "not-a-file")
