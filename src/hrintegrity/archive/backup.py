"""Keeping copies of an archive file: backing up while others write, and restoring."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path

from hrintegrity.archive import contents
from hrintegrity.archive.connecting import connect, database_errors
from hrintegrity.archive.database_file import check_whole, copy, identity_in, revision_of
from hrintegrity.archive.location import Location, attachments_of
from hrintegrity.archive.opening import SCHEMA, refuse_newer
from hrintegrity.archive.replacing import replacing
from hrintegrity.errors import LookupFailedError, UnusableError
from hrintegrity.files import input_file, os_reason, scratch_folder, whole_file
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
        copy(source, temporary)
        check_whole(temporary)
        with nullcontext() if previous is None else _renamed(target, previous):
            _copy_attachments(source, target, identity_in(temporary), report)
            check(Location(path=temporary, files=attachments_of(target)))
    return target.stat().st_size


def restore(
    location: Location,
    backup: Path,
    *,
    force: bool = False,
    file_checked: bool = False,
    amend: Look = lambda _: None,
    report: Report = lambda _: None,
) -> Path | None:
    """Put a backup in the archive's place, brought to the present schema; return the old one.

    Without `force` an archive that is there stays as it is. `file_checked` says that the backup was
    found whole a moment ago. `amend` writes into the restored file before it takes the place.
    Raises LookupFailedError `file-missing` or `archive-exists`, InputError `not-a-file`,
    UnusableError `archive-damaged` or `archive-newer`.
    """
    target = file_of(location)
    input_file(backup)
    refuse_to_replace(location, force=force)
    if not file_checked:
        check_whole(backup)
    location.make_folder()
    with _set_aside(target) as kept, replacing(target) as temporary:
        copy(backup, temporary)
        if revision_of(temporary) != SCHEMA:
            from hrintegrity.archive.upgrading import migrate_file  # noqa: PLC0415 — SQLAlchemy.

            migrate_file(temporary)
        amend(Location(path=temporary, files=attachments_of(target)))
        _copy_attachments(backup, target, identity_in(temporary), report)
    return kept


@contextmanager
def scratch_beside(location: Location, beside: Path) -> Iterator[Location]:
    """Yield where an archive with the attachments of another may be made for a moment."""
    with scratch_folder(beside) as folder:
        yield Location(path=folder / "archive.db", files=location.attachments)


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
    from hrintegrity.archive.upgrading import (  # noqa: PLC0415 — SQLAlchemy.
        migrate_file,
        upgrade_server,
    )

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


def moment() -> str:
    """Return the present moment for a file's name."""
    return dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
