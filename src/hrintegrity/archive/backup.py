"""Keeping copies of an archive file: backing up while others write, and restoring."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from hrintegrity.archive import contents, passphrases
from hrintegrity.archive.connecting import connect, database_errors, is_encrypted
from hrintegrity.archive.engine import SCHEMA
from hrintegrity.archive.explaining import explain_copy, integrity_reason
from hrintegrity.archive.location import BUSY_SECONDS, Location, attachments_of
from hrintegrity.archive.replacing import replacing
from hrintegrity.archive.upgrading import VERSION, migrate_file, refuse_newer, upgrade_server
from hrintegrity.errors import LookupFailedError, UnusableError
from hrintegrity.files import input_file, os_reason, whole_file
from hrintegrity.protection import guard

Look = Callable[[Location], None]
"""Looks at a copy, or changes it, before it gets its name."""

Report = Callable[[Path], None]
"""Takes the path of an attachment that was not copied since it is damaged."""


def back_up(
    location: Location,
    target: Path,
    *,
    force: bool = False,
    check: Look = lambda _: None,
    previous: Path | None = None,
    report: Report = lambda _: None,
) -> int:
    """Copy an archive as one moment shows it, while others may write; return its bytes.

    Attachments go into a folder beside the copy. An encrypted archive's copy is so under the same
    passphrase. `check` looks at what was written before it gets its name; a backup that is there
    already is renamed `previous`, if that is given. Raises UnusableError `archive-damaged` where
    the copy is not whole, and what `files.whole_file` and `check` raise.
    """
    source = file_of(location)
    guard(location.own_files)
    with whole_file(target, force=force or previous is not None) as temporary:
        _copy(source, temporary)
        _check_whole(temporary)
        with nullcontext() if previous is None else _renamed(target, previous):
            _copy_attachments(source, target, identity_in(temporary), report)
            check(Location(path=temporary, files=attachments_of(target)))
    return target.stat().st_size


def restore(
    location: Location,
    backup: Path,
    *,
    force: bool = False,
    amend: Look = lambda _: None,
    report: Report = lambda _: None,
) -> Path | None:
    """Put a backup in the archive's place, brought to the present schema; return the old one.

    Without `force` an archive that is there stays as it is. `amend` writes into the restored file
    before it takes the place. Raises LookupFailedError `file-missing` or `archive-exists`,
    InputError `not-a-file`, UnusableError `archive-damaged` or `archive-newer`.
    """
    target = file_of(location)
    input_file(backup)
    refuse_to_replace(location, force=force)
    _check_whole(backup)
    location.make_folder()
    with _set_aside(target) as kept, replacing(target) as temporary:
        _copy(backup, temporary)
        migrate_file(temporary)
        amend(Location(path=temporary, files=attachments_of(target)))
        _copy_attachments(backup, target, identity_in(temporary), report)
    return kept


def refuse_to_replace(location: Location, *, force: bool) -> None:
    """Raise LookupFailedError `archive-exists` where there is an archive and no `force`."""
    if location.path is not None and location.path.exists() and not force:
        raise LookupFailedError(
            "archive-exists",
            f"档案库已存在，未改动：{location}",
            "确要用备份替换的，加 --force。",
        )


def upgrade(location: Location) -> tuple[str, str, Path | None]:
    """Bring an archive to the present schema; return old and new revision, and the backup made.

    Nothing happens to one that is up to date; one that can't be upgraded stays as it is, without
    a backup. Raises UnusableError `archive-newer`.
    """
    if location.path is None:
        return *upgrade_server(location), None
    path = location.path
    before = revision_of(path)
    if before == SCHEMA:
        return before, before, None
    refuse_newer(before)
    kept = path.with_name(f"{path.name}.{before}.{moment()}")
    back_up(location, kept)
    try:
        migrate_file(path)
    except BaseException:
        kept.unlink(missing_ok=True)
        shutil.rmtree(attachments_of(kept), ignore_errors=True)
        raise
    return before, SCHEMA, kept


def file_of(location: Location) -> Path:
    """Return an archive's file. Raises UnusableError `archive-on-server`."""
    if location.path is None:
        raise UnusableError(
            "archive-on-server",
            "服务器上的档案库不是一个文件。",
            "请用 pg_dump 备份，或用 hri archive copy 复制成 SQLite 文件。",
        )
    return location.path


def _copy(source: Path, target: Path) -> None:
    """Copy a database into an empty file, encrypted as the source is."""
    if not source.is_file():
        raise _missing(source)
    try:
        with _opened(source, 0.25) as origin:
            encrypted = is_encrypted(source)
            if encrypted:
                passphrases.share(target, source)
            opened = connect(target, "rw", timeout=0.25, encrypted=encrypted)
            with closing(opened) as copy:
                origin.backup(copy, progress=_patience())
    except database_errors() as error:
        raise explain_copy(error, source, target) from error


@contextmanager
def _opened(path: Path, timeout: float = BUSY_SECONDS) -> Iterator[Any]:
    """Open a database for reading, also from a medium that takes no writes."""
    with closing(connect(path, "ro", timeout=timeout)) as connection:
        yield connection


def _patience() -> Callable[[int, int, int], None]:
    """Return what ends a copy that waits too long for others; SQLite would wait forever."""
    since = time.monotonic()

    def look(status: int, _remaining: int, _pages: int) -> None:
        nonlocal since
        if status not in (5, 6):  # SQLITE_BUSY, SQLITE_LOCKED
            since = time.monotonic()
        elif time.monotonic() - since > BUSY_SECONDS:
            raise UnusableError(
                "archive-locked", "档案库一直被占用，没有复制。", "请关闭其他正在写入的程序后再试。"
            )

    return look


def _check_whole(path: Path) -> None:
    """Refuse a copy that is damaged, is no archive, or is of a newer program."""
    try:
        with _opened(path) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except database_errors() as error:
        raise explain_copy(error, path, None) from error
    if verdict != "ok":
        raise _damaged(path, integrity_reason(verdict))
    refuse_newer(revision_of(path))


def revision_of(path: Path) -> str:
    """Return the revision of an archive's file. Raises UnusableError."""
    if not path.exists():
        raise _missing(path)
    try:
        with _opened(path) as connection:
            row = connection.execute(VERSION).fetchone()
    except database_errors() as error:
        raise explain_copy(error, path, None) from error
    if row is None:
        raise _damaged(path, "没有结构版本")
    return str(row[0])


def _missing(path: Path) -> UnusableError:
    return UnusableError("archive-missing", f"没有这个档案库：{path}", "请核对路径。")


def _damaged(path: Path, reason: str) -> UnusableError:
    return UnusableError(
        "archive-damaged", f"已损坏，或不是档案库：{path}（{reason}）", "请换一份完好的备份。"
    )


@contextmanager
def _set_aside(path: Path) -> Iterator[Path | None]:
    """Keep what is in the archive's place beside it too, unless the block fails; yield where."""
    if not path.exists():
        yield None
        return
    kept = path.with_name(f"{path.name}.before-restore.{moment()}")
    _settle_hot_journal(path)
    # A journal that is still there belongs to the old file and would spoil the new one.
    moved = [
        (path.with_name(path.name + end), kept.with_name(kept.name + end))
        for end in ("-journal", "-wal", "-shm")
        if path.with_name(path.name + end).exists()
    ]
    try:
        try:
            os.link(path, kept)
        except OSError:  # a file system without links
            shutil.copy2(path, kept)
        for old, new in moved:
            old.rename(new)
        yield kept
    except BaseException as error:
        for old, new in moved:
            if new.exists():
                new.rename(old)
        kept.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UnusableError(
                "output-unusable",
                f"原来的档案库不能另存到 {kept}：{os_reason(error)}；没有恢复。",
                "请检查磁盘空间和目录权限。",
            ) from error
        raise


def _settle_hot_journal(path: Path) -> None:
    """Let SQLite take back what a crash left half written, where the file can still be read."""
    with (
        suppress(*database_errors(), UnusableError),
        closing(connect(path, "rw", timeout=0)) as connection,
    ):
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()


@contextmanager
def _renamed(old: Path, new: Path) -> Iterator[None]:
    """Rename a backup, unless the block fails; its attachments are those from before the block."""
    folder = attachments_of(old)
    try:
        if old.exists():
            contents.link_all(folder, attachments_of(new))
        yield
    except BaseException:
        shutil.rmtree(attachments_of(new), ignore_errors=True)
        raise
    if old.exists():
        old.rename(new)


def _copy_attachments(source: Path, target: Path, identity: str | None, report: Report) -> None:
    into = attachments_of(target)
    try:
        for damaged in contents.copy_all(attachments_of(source), into, identity):
            report(damaged)
    except OSError as error:
        raise UnusableError(
            "output-unusable",
            f"附件没有复制完：{into}（{os_reason(error)}）",
            "请检查磁盘空间和目录权限，再做一次。",
        ) from error


def identity_in(path: Path) -> str | None:
    """Return the key to the attachments that an archive's file holds; None for one in the clear."""
    if not is_encrypted(path):
        return None
    with _opened(path) as connection:
        row = connection.execute("SELECT identity FROM vault").fetchone()
    return None if row is None else str(row[0])


def moment() -> str:
    """Return the present moment for a file's name."""
    return dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
