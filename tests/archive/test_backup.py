"""Backups are whole, restore keeps what was there, and an older archive is upgraded."""

import errno
import hashlib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pyrage import x25519
from sqlalchemy import create_engine

from hrintegrity.archive import (
    backup,
    contents,
    database_file,
    encryption,
    passphrases,
    schema,
    writer,
)
from hrintegrity.archive.engine import SCHEMA, open_archive
from hrintegrity.archive.location import Location, attachments_of
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.errors import LookupFailedError, UnusableError


def make(path, revision="head", names=("甲",)):
    location = Location(path=path)
    if revision == "head":
        with schema.new_archive(location, operator="测试") as archive:
            for name in names:
                writer.insert(archive, agency(name))
        return location
    with closing(sqlite3.connect(path)):
        pass
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        schema.migrate(connection, revision)
        connection.commit()
    engine.dispose()
    return location


def agency(name):
    return Agency(code=name, name=name, name_key=name, district="haidian", kind="public")


def names(location):
    with closing(sqlite3.connect(location.path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM agency ORDER BY name")]


def test_a_backup_made_while_another_writes_is_one_moment_of_the_archive(tmp_path):
    location = make(tmp_path / "a.db")
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with open_archive(location, operator="测试", write=True) as archive:
                writer.insert(archive, agency(f"乙{number}"))
                writer.insert(archive, agency(f"丙{number}"))

    busy = threading.Thread(target=write)
    busy.start()
    try:
        for number in range(5):
            backup.back_up(location, tmp_path / f"{number}.db")
    finally:
        stop.set()
        busy.join()
    for number in range(5):
        found = names(Location(path=tmp_path / f"{number}.db"))
        assert sum(name.startswith("乙") for name in found) == sum(
            name.startswith("丙") for name in found
        )


def test_a_backup_is_readable_by_its_owner_only_and_never_replaces_a_file_unasked(tmp_path):
    location = make(tmp_path / "a.db")
    backup.back_up(location, tmp_path / "b.db")
    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(LookupFailedError, match="已存在"):
        backup.back_up(location, tmp_path / "b.db")


def test_a_backup_of_an_archive_that_another_program_holds_does_not_wait_forever(
    tmp_path, monkeypatch
):
    location = make(tmp_path / "a.db")
    monkeypatch.setattr(database_file, "BUSY_SECONDS", 0.3)
    with closing(sqlite3.connect(location.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnusableError) as refused:
            backup.back_up(location, tmp_path / "b.db")
    assert refused.value.code == "archive-locked"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db"]


COMMIT = """
import sys
import {module} as database
connection = database.connect(sys.argv[1], timeout=0, isolation_level=None)
if {key!r}:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA key = '{key}'")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE agency SET name = 'x'")
try:
    connection.execute("COMMIT")
except database.OperationalError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="SQLite copies there, since a lock forbids to read")
@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_is_the_archive_byte_by_byte_and_nobody_commits_meanwhile(
    tmp_path, monkeypatch, encrypted
):
    """The other is a process of its own: within one SQLite refuses by its own bookkeeping."""
    location = make(tmp_path / "a.db")
    if encrypted:
        encryption.encrypt(location, "pass")
        passphrases.begin_command(lambda _: "pass")
    script = COMMIT.format(
        module="sqlcipher3.dbapi2" if encrypted else "sqlite3", key="pass" if encrypted else ""
    )
    copied, said = database_file._copy_bytes, []

    def copy(source, target):
        words = [sys.executable, "-c", script, str(source)]
        ran = subprocess.run(words, capture_output=True, text=True, check=True)
        said.append(ran.stdout.strip())
        copied(source, target)

    monkeypatch.setattr(database_file, "_copy_bytes", copy)
    backup.back_up(location, tmp_path / "b.db")
    assert said == ["database is locked"]
    assert (tmp_path / "b.db").read_bytes() == location.path.read_bytes()


def test_what_another_program_wrote_ahead_is_in_a_backup_too(tmp_path):
    location = make(tmp_path / "a.db")
    with closing(sqlite3.connect(location.path, isolation_level=None)) as other:
        assert other.execute("PRAGMA journal_mode = wal").fetchone() == ("wal",)
        other.execute("UPDATE agency SET name = '乙'")
        backup.back_up(location, tmp_path / "b.db")
        assert names(Location(path=tmp_path / "b.db")) == ["乙"]


def test_a_file_that_can_t_be_read_to_its_end_is_no_damaged_archive(tmp_path, monkeypatch):
    location, original = make(tmp_path / "a.db"), Path.open

    class Failing(io.BytesIO):
        def read(self, *_):
            raise OSError(errno.EIO, "")

    def fail(path, mode="r", *more):
        return Failing() if mode == "rb" and copying else original(path, mode, *more)

    copying, copied = [], database_file._copy_bytes
    monkeypatch.setattr(Path, "open", fail)
    monkeypatch.setattr(
        database_file, "_copy_bytes", lambda *paths: copying.append(1) or copied(*paths)
    )
    with pytest.raises(UnusableError) as refused:
        backup.back_up(location, tmp_path / "b.db")
    assert (refused.value.code, "磁盘读写出错" in refused.value.message) == (
        "archive-unusable",
        True,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_attachments_that_do_not_fit_are_told_in_chinese(tmp_path, monkeypatch):
    location = make(tmp_path / "a.db")
    attach(location, b"x")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(contents, "copy", full)
    with pytest.raises(UnusableError, match=r"附件没有复制完：.*（磁盘已满）"):
        backup.back_up(location, tmp_path / "b.db")


def attach(location, content):
    """Put a content among an archive's attachments and return where."""
    digest = hashlib.sha256(content).hexdigest()
    place = attachments_of(location.path) / digest[:2] / digest
    contents.write(place, [content], None)
    return place


def test_restore_leaves_an_attachment_that_is_there_and_takes_another_whole(tmp_path, monkeypatch):
    """A copy that ends midway must not take a good attachment of the present archive with it."""
    location = make(tmp_path / "a.db")
    same, other = attach(location, b"same"), attach(location, b"other")
    backup.back_up(location, tmp_path / "b.db")
    there = same.stat().st_ino
    other.write_bytes(b"under another key")

    def stop(*_, **__):
        raise OSError(errno.EIO, "")

    with monkeypatch.context() as patch:
        patch.setattr("hrintegrity.archive.contents.os.fsync", stop)
        with pytest.raises(UnusableError):
            backup.restore(location, tmp_path / "b.db", force=True)
    assert (same.read_bytes(), other.read_bytes()) == (b"same", b"under another key")
    backup.restore(location, tmp_path / "b.db", force=True)
    assert (same.read_bytes(), other.read_bytes()) == (b"same", b"other")
    assert same.stat().st_ino == there
    assert [path.name for path in same.parent.iterdir()] == [same.name]


def test_a_disk_that_fails_under_encryption_is_told_as_that():
    class Full(io.BytesIO):
        def write(self, *_):
            raise OSError(errno.ENOSPC, "No space left on device")

    receiver = str(x25519.Identity.generate().to_public())
    with pytest.raises(OSError) as refused:  # noqa: PT011 — its number is looked at.
        contents.encrypt(io.BytesIO(b"x" * 200_000), Full(), [receiver])
    assert refused.value.errno == errno.ENOSPC


def test_a_damaged_attachment_is_never_copied_over_a_good_one_and_is_reported(tmp_path):
    location, copy = make(tmp_path / "a.db"), tmp_path / "b.db"
    place = attach(location, b"good")
    backup.back_up(location, copy)
    kept = attachments_of(copy) / place.relative_to(attachments_of(location.path))
    reported = []
    place.write_bytes(b"bad")
    backup.back_up(location, copy, force=True, report=reported.append)
    assert (kept.read_bytes(), reported) == (b"good", [place])
    place.write_bytes(b"good")
    kept.write_bytes(b"bad")
    backup.restore(location, copy, force=True, report=reported.append)
    assert (place.read_bytes(), reported) == (b"good", [place, kept])


def test_what_a_kill_left_half_written_is_no_attachment(tmp_path):
    location, copy, older = make(tmp_path / "a.db"), tmp_path / "b.db", tmp_path / "b.db.1"
    left = attach(location, b"good").with_name(".content.abc")
    left.write_bytes(b"go")
    reported = []
    backup.back_up(location, copy, report=reported.append)
    (there,) = attachments_of(copy).glob("*/*")
    there.with_name(left.name).write_bytes(b"go")
    backup.back_up(location, copy, previous=older, report=reported.append)
    assert [path.name for path in attachments_of(older).glob("*/*")] == [there.name]
    assert contents.convert(attachments_of(location.path), None, contents.new_identity()) == 1
    assert left.read_bytes() == b"go"
    assert reported == []


def test_an_older_backup_keeps_its_attachments_as_they_were(tmp_path):
    """The first backup after `encrypt` writes them anew, under a key that the older one lacks."""
    location, copy, older = make(tmp_path / "a.db"), tmp_path / "b.db", tmp_path / "b.db.1"
    inside = attach(location, b"good").relative_to(attachments_of(location.path))
    backup.back_up(location, copy)
    (attachments_of(copy) / inside).write_bytes(b"under another key")
    backup.back_up(location, copy, previous=older)
    assert (attachments_of(older) / inside).read_bytes() == b"under another key"
    assert (attachments_of(copy) / inside).read_bytes() == b"good"


def test_restore_makes_a_missing_archive_and_brings_the_attachments(tmp_path):
    location = make(tmp_path / "a.db")
    place = attach(location, b"x").relative_to(tmp_path / "a.db.files")
    backup.back_up(location, tmp_path / "b.db")
    (tmp_path / "new").mkdir()
    fresh = Location(path=tmp_path / "new" / "c.db")
    assert backup.restore(fresh, tmp_path / "b.db") is None
    assert names(fresh) == ["甲"]
    assert (tmp_path / "new" / "c.db.files" / place).read_bytes() == b"x"
    assert fresh.path.stat().st_mode & 0o777 == 0o600


def test_restore_over_an_archive_needs_force_and_keeps_the_old_one_beside(tmp_path):
    location = make(tmp_path / "a.db")
    backup.back_up(location, tmp_path / "b.db")
    with open_archive(location, operator="测试", write=True) as archive:
        writer.insert(archive, agency("乙"))
    before = location.path.read_bytes()
    with pytest.raises(LookupFailedError) as refused:
        backup.restore(location, tmp_path / "b.db")
    assert refused.value.code == "archive-exists"
    assert location.path.read_bytes() == before
    kept = backup.restore(location, tmp_path / "b.db", force=True)
    assert names(location) == ["甲"]
    assert kept is not None
    assert kept.read_bytes() == before


def test_a_damaged_backup_or_another_file_is_refused_and_the_archive_stays(tmp_path):
    location = make(tmp_path / "a.db", names=[f"甲{n:04d}" for n in range(500)])
    backup.back_up(location, tmp_path / "b.db")
    content = bytearray((tmp_path / "b.db").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 5000] = b"\xff" * 5000
    (tmp_path / "bad.db").write_bytes(content)
    (tmp_path / "text.db").write_text("不是档案库" * 1000, encoding="utf-8")
    before = location.path.read_bytes()
    for name in ("bad.db", "text.db"):
        with pytest.raises(UnusableError) as refused:
            backup.restore(location, tmp_path / name, force=True)
        assert refused.value.code == "archive-damaged"
        assert not re.search(
            "[A-Za-z*]{4}", refused.value.message.replace(str(tmp_path / name), "")
        )
    assert location.path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.db", "b.db", "bad.db", "text.db"]


def test_a_backup_of_a_newer_program_is_refused(tmp_path):
    location = make(tmp_path / "a.db")
    shutil.copy(location.path, tmp_path / "b.db")
    with closing(sqlite3.connect(tmp_path / "b.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnusableError) as refused:
        backup.restore(location, tmp_path / "b.db", force=True)
    assert refused.value.code == "archive-newer"


def test_an_older_backup_is_restored_and_brought_up_to_date(tmp_path):
    make(tmp_path / "old.db", "0001")
    location = Location(path=tmp_path / "a.db")
    backup.restore(location, tmp_path / "old.db")
    with open_archive(location, operator="测试", write=True) as archive:
        writer.insert(archive, agency("甲"))
    assert names(location) == ["甲"]


def test_upgrade_keeps_a_backup_and_all_rows_and_leaves_a_current_archive_alone(tmp_path):
    location = make(tmp_path / "a.db", "0001")
    with closing(sqlite3.connect(location.path)) as connection, connection:
        connection.execute(
            "INSERT INTO agency (id, code, name, name_key, district, kind, status)"
            " VALUES ('1', '1', '甲', '甲', 'haidian', 'public', 'active')"
        )
    with (
        pytest.raises(UnusableError, match="旧版本"),
        open_archive(location, operator="测试", write=False),
    ):
        pass
    before, after, kept = backup.upgrade(location)
    assert (before, after) == ("0001", SCHEMA)
    assert names(location) == ["甲"]
    assert names(Location(path=kept)) == ["甲"]
    content = location.path.read_bytes()
    assert backup.upgrade(location) == (SCHEMA, SCHEMA, None)
    assert location.path.read_bytes() == content


def test_the_journal_is_append_only_after_an_upgrade_too(tmp_path):
    location = make(tmp_path / "a.db", "0001")
    backup.upgrade(location)
    with open_archive(location, operator="测试", write=True) as archive:
        writer.insert(archive, agency("甲"))
    with closing(sqlite3.connect(location.path)) as connection:
        for statement in ("DELETE FROM journal", "UPDATE journal SET operator = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
