"""`hri archive backup`: back up the archive."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.archive._shared import BackupArgument, copies_left, damage_warning
from hrintegrity.cli.base import Done, ForceOption, call_of, command


@command
def run(
    context: typer.Context,
    file: BackupArgument,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            min=1,
            metavar="份数",
            help="已有的备份改名留着，连这一份共留几份，更早的删去；供定时备份用。",
        ),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Back up the archive."""
    from hrintegrity.duties import backing_up
    from hrintegrity.duties.exchange import key_files

    call = call_of(context)
    found = backing_up.back_up(call.location, file, force=force, keep=keep)
    warnings = damage_warning(found.problems)
    if key_files.place(call.location).exists():
        warnings.append("备份里没有本单位的密钥：请用 hri archive key backup 另存一份，分开保管。")
    warnings += copies_left(file)
    checked = "，已试恢复并逐条校验，与日志相符" if found.whole else ""
    removed = f"；删去了较早的 {len(found.removed)} 份" if found.removed else ""
    return Done(found, f"已备份到 {file}（{found.size} 字节）{checked}{removed}。", warnings)
