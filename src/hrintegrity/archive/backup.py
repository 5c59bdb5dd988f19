"""Keeping copies of an archive file: backing up while others write, restoring, upgrading."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from hrintegrity.archive.engine import (
    SCHEMA,
    begin,
    check_schema,
    make_engine,
    writes_allowed,
)
from hrintegrity.archive.explaining import explain, integrity_reason, reason_of
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.errors import LookupFailedError, UnusableError
from hrintegrity.files import os_reason, whole_file

_VERSION = "SELECT version_num FROM alembic_version"


def attachments_of(path: Path) -> Path:
    """Return the folder beside an archive file that holds its attachments."""
    return path.with_name(path.name + ".files")


def back_up(location: Location, target: Path, *, force: bool = False) -> int:
    """Copy an archive as one moment shows it, while others may write; return its bytes.

    Attachments go into a folder beside the copy. Raises UnusableError `archive-damaged` where the
    copy is not whole, and what `files.whole_file` raises.
    """
    source = _file(location)
    with whole_file(target, force=force, private=True) as temporary:
        _copy(source, temporary)
        _check_whole(temporary)
    _copy_attachments(source, target)
    return target.stat().st_size


def restore(location: Location, backup: Path, *, force: bool = False) -> Path | None:
    """Put a backup in the archive's place, brought to the present schema; return the old one.

    Without `force` an archive that is there stays as it is. Raises LookupFailedError
    `file-missing` or `archive-exists`, UnusableError `archive-damaged` or `archive-newer`.
    """
    target = _file(location)
    if not backup.is_file():
        raise LookupFailedError("file-missing", f"没有这个备份：{backup}", "请核对路径。")
    if target.exists() and not force:
        raise LookupFailedError(
            "archive-exists", f"档案库已存在，未改动：{target}", "确要用备份替换的，加 --force。"
        )
    _check_whole(backup)
    location.make_folder()
    with whole_file(target, force=True, private=True) as temporary:
        _copy(backup, temporary)
        _migrate(temporary)
        kept = _set_aside(target)
    _copy_attachments(backup, target)
    return kept


def upgrade(location: Location) -> tuple[str, str, Path | None]:
    """Bring an archive to the present schema; return old and new revision, and the backup made.

    Nothing happens to one that is up to date. Raises UnusableError `archive-newer`.
    """
    if location.path is None:
        return _upgrade_server(location)
    path = _file(location)
    before = _revision(path)
    if before == SCHEMA:
        return before, before, None
    _refuse_newer(before)
    kept = path.with_name(f"{path.name}.{before}.{_moment()}")
    back_up(location, kept)
    _migrate(path)
    return before, SCHEMA, kept


def _upgrade_server(location: Location) -> tuple[str, str, None]:
    from hrintegrity.archive.rights import renew  # noqa: PLC0415 — loads all tables.
    from hrintegrity.archive.schema import migrate  # noqa: PLC0415 — loads Alembic.

    engine = make_engine(location)
    try:
        with engine.connect() as connection:
            begin(connection, write=True)
            before: str = connection.exec_driver_sql(_VERSION).scalar_one()
            _refuse_newer(before)
            if before != SCHEMA:
                migrate(connection)
                renew(connection)
            connection.commit()
            return before, SCHEMA, None
    except DBAPIError as error:
        raise explain(error, location) from error
    finally:
        engine.dispose()


def _migrate(path: Path) -> None:
    """Migrate a file in place, foreign keys off: rebuilding a table would empty its children."""
    from hrintegrity.archive.schema import migrate  # noqa: PLC0415 — loads Alembic.

    location = Location(path=path)
    engine = make_engine(location)
    try:
        with engine.connect() as connection:
            with writes_allowed(connection):
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.commit()
            begin(connection, write=True)
            migrate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise UnusableError(
                    "archive-damaged",
                    f"升级后 {broken[0]} 表的关联不完整，已撤销。",
                    "请联系维护人员。",
                )
            connection.commit()
            check_schema(connection)
    except DBAPIError as error:
        raise explain(error, location) from error
    finally:
        engine.dispose()


def _file(location: Location) -> Path:
    if location.path is None:
        raise UnusableError(
            "archive-on-server",
            "服务器上的档案库不是一个文件。",
            "请用 pg_dump 备份，或用 hri archive copy 复制成 SQLite 文件。",
        )
    return location.path


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise _missing(source)
    try:
        with (
            closing(sqlite3.connect(_uri(source), uri=True, timeout=0.25)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy, progress=_patience())
    except sqlite3.DatabaseError as error:
        raise _failed(source, error) from error


def _patience() -> Callable[[int, int, int], None]:
    """Return what ends a copy that waits too long for others; SQLite would wait forever."""
    since = time.monotonic()

    def look(status: int, _remaining: int, _pages: int) -> None:
        nonlocal since
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            since = time.monotonic()
        elif time.monotonic() - since > BUSY_SECONDS:
            raise sqlite3.OperationalError("database is locked")

    return look


def _check_whole(path: Path) -> None:
    """Refuse a copy that is damaged, is no archive, or is of a newer program."""
    try:
        with closing(sqlite3.connect(_uri(path), uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise _failed(path, error) from error
    if verdict != "ok":
        raise _damaged(path, integrity_reason(verdict))
    _refuse_newer(_revision(path))


def _revision(path: Path) -> str:
    if not path.exists():
        raise _missing(path)
    try:
        with closing(sqlite3.connect(_uri(path), uri=True, timeout=BUSY_SECONDS)) as connection:
            row = connection.execute(_VERSION).fetchone()
    except sqlite3.DatabaseError as error:
        raise _failed(path, error) from error
    if row is None:
        raise _damaged(path, "没有结构版本")
    return str(row[0])


def _refuse_newer(revision: str) -> None:
    if revision > SCHEMA:
        raise UnusableError(
            "archive-newer",
            f"档案库由更新版本的 hri 建立（结构 {revision}，本程序为 {SCHEMA}）。",
            "请升级 hri 后再试。",
        )


def _missing(path: Path) -> UnusableError:
    return UnusableError("archive-missing", f"没有这个档案库：{path}", "请核对路径。")


def _failed(path: Path, error: sqlite3.DatabaseError) -> UnusableError:
    if "locked" in str(error):
        return UnusableError(
            "archive-locked", f"档案库正被占用：{path}", "请关闭其他正在写入的程序后再试。"
        )
    return _damaged(path, reason_of(error))


def _damaged(path: Path, reason: str) -> UnusableError:
    return UnusableError(
        "archive-damaged", f"已损坏，或不是档案库：{path}（{reason}）", "请换一份完好的备份。"
    )


def _set_aside(path: Path) -> Path | None:
    """Keep what stands in the archive's place beside it too; return where."""
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.before-restore.{_moment()}")
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
    # A journal left by a crash belongs to the old file and would spoil the new one.
    hot = path.with_name(path.name + "-journal")
    if hot.exists():
        hot.rename(kept.with_name(kept.name + "-journal"))
    return kept


def _copy_attachments(source: Path, target: Path) -> None:
    """Copy attachments that the target lacks; they are named by their SHA-256, so never change."""
    folder = attachments_of(source)
    if not folder.is_dir():
        return
    try:
        shutil.copytree(folder, attachments_of(target), dirs_exist_ok=True)
    except OSError as error:
        # The tree's own error has the single ones as tuples, in the system's language.
        reason = "有文件没有复制成" if isinstance(error, shutil.Error) else os_reason(error)
        raise UnusableError(
            "output-unusable",
            f"附件没有复制完：{attachments_of(target)}（{reason}）",
            "请检查磁盘空间和目录权限，再做一次。",
        ) from error


def _uri(path: Path) -> str:
    return path.absolute().as_uri() + "?mode=ro"


def _moment() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
