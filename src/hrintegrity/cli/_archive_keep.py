"""`hri archive backup`, `restore` and `upgrade`: keeping the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli._call import call_of
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import ForceOption, FormatOption
from hrintegrity.cli._output import done

BackupArgument = Annotated[Path, typer.Argument(metavar="文件", help="备份文件。")]


def register(app: typer.Typer) -> None:
    """Add the commands to `hri archive`."""
    app.command("backup", cls=ChineseCommand, help="备份成一个文件；别人正在写入也可以。")(backup)
    app.command("restore", cls=ChineseCommand, help="用备份恢复；原有的档案库留在旁边。")(restore)
    app.command("upgrade", cls=ChineseCommand, help="升级到本程序的结构；先自动备份。")(upgrade)


def backup(
    context: typer.Context,
    file: BackupArgument,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Back up the archive."""
    from hrintegrity.archive.backup import back_up

    call = call_of(context)
    size = back_up(call.location, file, force=force)
    record = {"id": str(file), "archive": str(call.location), "file": str(file), "size": size}
    done(f"已备份到 {file}（{size} 字节），已校验完好。", record, form)


def restore(
    context: typer.Context,
    file: BackupArgument,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Restore the archive from a backup."""
    from hrintegrity.archive.backup import restore as restore_archive

    call = call_of(context)
    kept = restore_archive(call.location, file, force=force)
    aside = f"；原来的在 {kept}" if kept else ""
    record = {
        "id": str(call.location),
        "archive": str(call.location),
        "file": str(file),
        "kept": None if kept is None else str(kept),
    }
    done(f"已用 {file} 恢复 {call.location}{aside}。", record, form)


def upgrade(context: typer.Context, form: FormatOption = "table") -> None:
    """Upgrade the archive."""
    from hrintegrity.archive.backup import upgrade as upgrade_archive

    call = call_of(context)
    before, after, kept = upgrade_archive(call.location)
    record = {
        "id": str(call.location),
        "archive": str(call.location),
        "before": before,
        "after": after,
        "backup": None if kept is None else str(kept),
    }
    if before == after:
        done(f"档案库已是最新的结构（{after}），无需升级。", record, form)
    else:
        aside = f"；升级前的备份在 {kept}" if kept else ""
        done(f"已升级：{before} → {after}{aside}。", record, form)
