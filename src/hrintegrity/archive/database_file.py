"""A database's file as such: opened for reading, looked at, and copied, encrypted or not."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from hrintegrity.archive import passphrases
from hrintegrity.archive.connecting import connect, database_errors, is_encrypted, is_locked
from hrintegrity.archive.explaining import explain_copy, integrity_reason
from hrintegrity.archive.location import AT_ONCE_SECONDS, BUSY_SECONDS
from hrintegrity.archive.opening import REVISION, refuse_newer
from hrintegrity.errors import UnusableError
from hrintegrity.files import os_reason

_CHUNK = 1 << 20


def copy(source: Path, target: Path) -> None:
    """Copy a database into an empty file as one moment shows it, encrypted as the source is.

    Raises OSError where the target can't be written, UnusableError as `explain_copy` says.
    """
    if not source.is_file():
        raise _missing(source)
    try:
        with _held(source) as origin:
            encrypted = not isinstance(origin, sqlite3.Connection)
            if encrypted:
                passphrases.share(target, source)
            (mode,) = origin.execute("PRAGMA journal_mode").fetchone()
            # What is new may lie in another file, where another program has set that up; and
            # Windows lets nobody read what a writer has locked.
            if mode == "wal" or os.name == "nt":
                opened = connect(target, "rw", timeout=BUSY_SECONDS, encrypted=encrypted)
                with closing(opened) as new:
                    origin.backup(new)
            else:
                _copy_bytes(source, target)
    except database_errors() as error:
        raise explain_copy(error, source, target) from error


@contextmanager
def _held(path: Path) -> Iterator[Any]:
    """Open a database for reading and keep others from changing its file while the block runs.

    The block must not open and close the file by itself but at its end: POSIX lets go of a lock
    with the first descriptor that is closed. Waits for whoever writes, but not forever.
    """
    since = time.monotonic()
    while True:
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(_opened(path, AT_ONCE_SECONDS))
                connection.execute("BEGIN")
                connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            except database_errors() as error:
                if is_locked(error) and time.monotonic() - since < BUSY_SECONDS:
                    continue
                raise
            yield connection
            return


def _copy_bytes(source: Path, target: Path) -> None:
    """Copy a file's bytes: nothing has to be decrypted and encrypted again for it."""
    with source.open("rb") as file, target.open("rb+") as new:
        while True:
            try:
                chunk = file.read(_CHUNK)
            except OSError as error:
                raise UnusableError(
                    "archive-unusable",
                    f"不能读取（{os_reason(error)}）：{source}",
                    "请检查磁盘和权限。",
                ) from error
            if not chunk:
                return
            new.write(chunk)


@contextmanager
def _opened(path: Path, timeout: float = BUSY_SECONDS) -> Iterator[Any]:
    """Open a database for reading, also from a medium that takes no writes."""
    with closing(connect(path, "ro", timeout=timeout)) as connection:
        yield connection


def check_whole(path: Path) -> None:
    """Refuse a copy that is damaged, is no archive, or is of a newer program.

    Raises UnusableError `archive-damaged` or `archive-newer`.
    """
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
            row = connection.execute(REVISION).fetchone()
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


def identity_in(path: Path) -> str | None:
    """Return the key to the attachments that an archive's file holds; None for one in the clear.

    Raises sqlite3.Error, or SQLCipher's, where the file can't be read.
    """
    if not is_encrypted(path):
        return None
    with _opened(path) as connection:
        row = connection.execute("SELECT identity FROM vault").fetchone()
    return None if row is None else str(row[0])
