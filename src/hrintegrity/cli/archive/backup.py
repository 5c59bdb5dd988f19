"""`hri archive backup`: back up the archive."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive._shared import BackupArgument, checked
from hrintegrity.cli.base import Done, ForceOption, call_of, command


@command
def run(context: typer.Context, file: BackupArgument, force: ForceOption = False) -> Done:
    """Back up the archive."""
    from hrintegrity.archive.backup import back_up
    from hrintegrity.archive.location import Location
    from hrintegrity.duties.exchange import keys

    call = call_of(context)
    size = back_up(call.location, file, force=force)
    whole, warnings = checked(Location(path=file), call.who)
    if keys.place(call.location).exists():
        warnings.append("备份里没有本单位的密钥：请用 hri archive key backup 另存一份，分开保管。")
    record = {
        "id": str(file),
        "archive": str(call.location),
        "file": str(file),
        "size": size,
        "whole": whole,
    }
    agrees = "，已逐条校验，与日志相符" if whole else ""
    return Done(record, f"已备份到 {file}（{size} 字节）{agrees}。", warnings)
