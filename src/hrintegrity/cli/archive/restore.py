"""`hri archive restore`: restore the archive from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hrintegrity.cli.archive._shared import BackupArgument, checked
from hrintegrity.cli.base import Done, ForceOption, asking_command, call_of
from hrintegrity.cli.base.call import Call

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location


@asking_command
def run(context: typer.Context, file: BackupArgument, force: ForceOption = False) -> Done:
    """Restore the archive from a backup."""
    from hrintegrity.archive.backup import restore as restore_archive
    from hrintegrity.duties.exchange import keys

    call = call_of(context)
    with _place(call, force=force) as location:
        kept = restore_archive(location, file, force=force)
        whole, warnings = checked(location, call.who)
    if not keys.place(call.location).exists():
        warnings.append(
            "备份里没有密钥：收发文件前，请用 hri archive key restore 放回本单位的密钥。"
        )
    aside = f"；原来的在 {kept}" if kept and not call.rehearsing else ""
    record = {
        "id": str(call.location),
        "archive": str(call.location),
        "file": str(file),
        "kept": None if kept is None or call.rehearsing else str(kept),
        "whole": whole,
    }
    return Done(record, f"已用 {file} 恢复 {call.location}{aside}。", warnings)


@contextmanager
def _place(call: Call, *, force: bool) -> Iterator[Location]:
    """Yield where the backup goes; in a rehearsal that is a folder that is thrown away."""
    import tempfile

    from hrintegrity.archive.location import Location

    there = call.location.path
    if not call.rehearsing or (there is not None and there.exists() and not force):
        yield call.location
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Location(path=Path(folder) / "archive.db")
