"""An archive that can't be used is refused with exit 5, and left as it is."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hrintegrity.archive import opening
from hrintegrity.archive.engine import SCHEMA
from hrintegrity.archive.location import Location, parse_location
from hrintegrity.archive.reader import open_reader
from hrintegrity.errors import UnusableError, UsageError
from running import HRI, Hri, code_of, rows

pytestmark = pytest.mark.archive_file("what can be wrong with a file")

READING = ("agency", "list")
MODELLED = ("complaint", "list")
"""Reads objects of a table's model; `READING` does with rows."""

WRITING = ("agency", "add", "--name", "甲公司", "--code", code_of(9), "--kind", "经营性",
           "--license", "京人社证1号")  # fmt: skip


def each(hri) -> list[str]:
    """Return the codes of the errors of commands that read and of one that writes, exit 5 each.

    No way of asking changes the file.
    """
    before = hri.archive.read_bytes() if hri.archive.is_file() else None
    codes = []
    for command in (READING, MODELLED, WRITING):
        ran = hri(*command, "-f", "json")
        assert ran.status == 5, ran
        assert ran.out == ""
        assert ran.error["message"]
        assert ran.error["hint"]
        codes.append(ran.error["code"])
    assert (hri.archive.read_bytes() if hri.archive.is_file() else None) == before
    return codes


def test_who_reads_rows_can_not_write(haidian):
    before = haidian.archive.read_bytes()
    with (
        pytest.raises(UnusableError) as told,
        open_reader(Location(path=haidian.archive)) as archive,
    ):
        archive.connection.exec_driver_sql("UPDATE office SET leader = '李局长'")
    assert told.value.code == "archive-unusable"
    assert haidian.archive.read_bytes() == before


def test_no_archive(tmp_path):
    assert each(Hri(tmp_path / "none.db")) == ["archive-missing"] * 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"x", "一个文本文件".encode(), b"SQLite format 3\x00", b"\x00" * 100_000],
    ids=["empty", "short", "text", "magic alone", "zeros"],
)
def test_a_file_that_is_no_archive(tmp_path, content):
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert each(Hri(path)) == ["archive-damaged"] * 3


def test_a_folder(tmp_path):
    assert each(Hri(tmp_path)) == ["archive-damaged"] * 3


@pytest.mark.parametrize("version", [None, "ae1027a6acf9"])
def test_a_database_of_another_program(tmp_path, version):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE agency (id)")
        if version:
            connection.execute("CREATE TABLE alembic_version (version_num)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (version,))
        connection.commit()
    assert each(Hri(path)) == ["archive-damaged"] * 3


@pytest.mark.parametrize(("version", "code"), [("9999", "newer"), ("0000", "older")])
def test_an_archive_of_another_version(haidian, version, code):
    with closing(sqlite3.connect(haidian.archive)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        connection.commit()
    assert each(haidian) == [f"archive-{code}"] * 3
    said = haidian(*READING).err
    assert version in said
    assert SCHEMA in said


def test_a_truncated_archive(haidian):
    content = haidian.archive.read_bytes()
    for size in (100, 4096, len(content) // 2):
        haidian.archive.write_bytes(content[:size])
        assert each(haidian) == ["archive-damaged"] * 3
        ran = haidian("archive", "verify", "-f", "json")
        assert (ran.status, ran.json["ok"], ran.err) == (1, False, "")
        assert [problem["where"] for problem in ran.json["problems"]] == ["文件"]
    haidian.archive.write_bytes(b"no archive" * 1000)
    assert haidian("archive", "verify").status == 5


def test_a_locked_archive_is_waited_for_then_refused(haidian, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.3)
    with closing(sqlite3.connect(haidian.archive, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert each(haidian) == ["archive-locked"] * 3
        assert time.monotonic() - began >= 0.9
        other.execute("ROLLBACK")
    haidian(*READING).ok()


@contextmanager
def locked(path):
    """Yield another program's connection, which holds the archive."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other


@pytest.mark.parametrize("command", [READING, MODELLED, WRITING])
def test_a_command_tells_once_that_it_waits_and_goes_on_when_it_can(haidian, monkeypatch, command):
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.1)
    with locked(haidian.archive) as other:
        ending = threading.Timer(1.2, other.execute, ["ROLLBACK"])
        ending.start()
        ran = haidian(*command).ok()
        ending.join()
    (line,) = ran.err.splitlines()
    assert line.startswith("提示 档案库正被别的程序占用，正在等")


def test_a_command_that_waits_a_moment_says_nothing(haidian, monkeypatch):
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 60)
    with locked(haidian.archive) as other:
        ending = threading.Timer(0.5, other.execute, ["ROLLBACK"])
        ending.start()
        assert haidian(*WRITING).ok().err == ""
        ending.join()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_key_press_or_signal_ends_the_waiting_at_once(haidian, name):
    with locked(haidian.archive):
        waiting = subprocess.Popen(
            [*HRI, *WRITING], env=haidian.variables(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert "正在等" in waiting.stderr.readline().decode()
        time.sleep(0.3)  # a line that is just being written may come twice.
        waiting.send_signal(getattr(signal, name))
        # The lock is held until it has ended: it would end with another status if it waited on.
        out, err = waiting.communicate()
    assert (waiting.returncode, out, err.decode()) == (130, b"", "\n已中断。\n")


def test_hotlines_of_a_locked_or_strange_archive(haidian, tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(haidian.archive, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = haidian("report", "hotlines", "-f", "json")
        assert (ran.status, ran.error["code"]) == (5, "archive-locked")
    strange = tmp_path / "strange.db"
    strange.write_text("不是档案库", encoding="utf-8")
    ran = Hri(strange)("report", "hotlines", "-f", "json")
    assert (ran.status, ran.error["code"]) == (5, "archive-damaged")


def test_the_file_is_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "new" / "a.db"
    path.parent.mkdir()
    before = os.umask(0)
    try:
        Hri(path)("init", "--district", "海淀").ok()
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["a.db"]


@pytest.mark.parametrize("what", ["archive", "text", "folder", "link to nothing"])
def test_init_leaves_what_is_there_untouched(haidian, tmp_path, what):
    path = tmp_path / "there.db"
    if what == "archive":
        shutil.copy(haidian.archive, path)
    elif what == "text":
        path.write_text("我的笔记", encoding="utf-8")
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nothing")
    before = path.read_bytes() if path.is_file() else None
    ran = Hri(path)("init", "--district", "海淀", "-f", "json")
    assert ran.status == 4
    assert ran.error["code"] == "archive-exists"
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not [name for name in tmp_path.iterdir() if name.name.startswith(".there")]


def test_two_inits_at_once_make_one_archive(tmp_path):
    path = tmp_path / "a.db"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", "from hrintegrity.cli import main; main()", "init",
             "--district", "海淀", "--leader", f"{n}局长"],
            env=Hri(path).variables(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for n in range(3)
    ]  # fmt: skip
    said = [process.communicate(timeout=600)[1].decode() for process in started]
    assert sorted(process.returncode for process in started) == [0, 4, 4], said
    assert rows(path, "SELECT COUNT(*) FROM office WHERE owner") == [(1,)]
    Hri(path)("archive", "verify").ok()
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.db"]


KILLED = """
import os, signal, sys, hrintegrity.archive.writer as writer
before = writer.insert
def insert(*given, **more):
    done = before(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
    return done
writer.insert = insert
from hrintegrity.cli import main
main()
"""


def test_a_killed_init_leaves_nothing_at_the_path(tmp_path):
    path = tmp_path / "a.db"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, "init", "--district", "海淀"],
        env=Hri(path).variables(), capture_output=True, timeout=600, check=False,
    )  # fmt: skip
    assert killed.returncode == -9
    assert not path.exists()
    Hri(path)("init", "--district", "海淀").ok()
    Hri(path)("archive", "verify").ok()


def test_a_folder_that_takes_no_file(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    ran = Hri(blocked / "a.db")("init", "--district", "海淀", "-f", "json")
    assert ran.status == 5
    assert ran.error["code"] == "folder-missing"


def test_a_folder_that_was_named_is_not_made_and_the_default_one_is(haidian, tmp_path):
    backup = tmp_path / "b.db"
    haidian("archive", "backup", backup).ok()
    for command in (("init",), ("archive", "restore", backup)):
        there = Hri(tmp_path / "new" / "a.db")
        ran = there(*command, "-f", "json")
        assert (ran.status, ran.error["code"]) == (5, "folder-missing")
        assert not there.archive.parent.exists()
        data = tmp_path / command[-1] if len(command) == 1 else tmp_path / "restored"
        default = Hri(there.archive, environment={"HRI_ARCHIVE": "", "XDG_DATA_HOME": str(data)})
        default(*command).ok()
        default("archive", "verify").ok()
        assert list(data.rglob("archive.db"))


NOBODY = 65534


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_read_only_media_can_be_read_and_not_written(haidian, tmp_path_factory):
    folder = Path("/tmp") / f"hri-read-only-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        path = folder / "a.db"
        shutil.copy(haidian.archive, path)
        path.chmod(0o444)
        for command, status in ((READING, 0), (("archive", "verify"), 0), (WRITING, 5)):
            ran = subprocess.run(
                [sys.executable, "-c", AS_NOBODY, *command],
                env=Hri(path).variables(), capture_output=True, timeout=600, check=False,
            )  # fmt: skip
            assert ran.returncode == status, ran.stderr.decode()
        assert ran.stderr.decode().startswith(
            "错误 [archive-unusable] 档案库不能使用（只能读，不能写）"
        )
    finally:
        shutil.rmtree(folder)


# Python itself may stand where only its owner may look, so it starts first and becomes nobody then.
AS_NOBODY = f"""
import os
from hrintegrity.cli import main
import hrintegrity.cli.program.root, hrintegrity.cli.agency.add, hrintegrity.cli.archive.info
import sqlmodel, alembic
import hrintegrity.duties.agencies, hrintegrity.duties.upkeep, hrintegrity.duties.verifying
import hrintegrity.sheets.columns, sqlite3, getpass, sqlalchemy.dialects.sqlite
from hrintegrity.archive import tables
tables.load_all()
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
main()
"""


@pytest.mark.parametrize("text", ["mysql://x/y", "sqlite://", "http://x", "oracle+x://y"])
def test_an_address_of_another_kind_is_wrong_usage(text):
    with pytest.raises(UsageError) as raised:
        parse_location(text)
    assert raised.value.code == "archive-url"


def test_an_address_of_a_file_is_the_file(tmp_path):
    assert parse_location(f"sqlite:///{tmp_path}/a.db").path == tmp_path / "a.db"
    assert parse_location("~/a.db").path == Path.home() / "a.db"
    assert parse_location("a b?#.db").path == Path("a b?#.db")


def test_a_password_is_never_shown():
    location = parse_location("postgresql://user:geheim@host/db")
    assert "geheim" not in str(location)


@pytest.mark.parametrize("name", ["a b.db", "档案 库#1?.db", "100%.db", "a'b;.db"])
def test_a_file_of_any_name_is_an_archive(tmp_path, name):
    hri = Hri(tmp_path / name)
    hri("init", "--district", "海淀").ok()
    hri(*WRITING).ok()
    assert len(hri(*READING, "-f", "json").json) == 1
    hri("report", "hotlines").ok()
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
