"""`hri archive restore`: restore the archive from a backup."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive._shared import BackupArgument, checked
from hrintegrity.cli.base import Done, ForceOption, call_of, command


@command
def run(context: typer.Context, file: BackupArgument, force: ForceOption = False) -> Done:
    """Restore the archive from a backup."""
    from hrintegrity.archive.backup import restore as restore_archive
    from hrintegrity.duties.exchange import keys

    call = call_of(context)
    kept = restore_archive(call.location, file, force=force)
    whole, warnings = checked(call.location, call.who)
    if not keys.place(call.location).exists():
        warnings.append(
            "备份里没有密钥：收发文件前，请用 hri archive key restore 放回本单位的密钥。"
        )
    aside = f"；原来的在 {kept}" if kept else ""
    record = {
        "id": str(call.location),
        "archive": str(call.location),
        "file": str(file),
        "kept": None if kept is None else str(kept),
        "whole": whole,
    }
    return Done(record, f"已用 {file} 恢复 {call.location}{aside}。", warnings)
