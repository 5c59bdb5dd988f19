"""`hri archive backup`, `restore` and `upgrade`: keeping the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli._call import call_of
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import ForceOption, FormatOption
from hrintegrity.cli._output import done, warn
from hrintegrity.errors import UnusableError

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location

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
    from hrintegrity.archive.location import Location
    from hrintegrity.duties.exchange import keys

    call = call_of(context)
    size = back_up(call.location, file, force=force)
    whole = _check(Location(path=file), call.who)
    if keys.place(call.location).exists():
        warn("备份里没有本单位的密钥：请用 hri archive key backup 另存一份，分开保管。")
    record = {
        "id": str(file),
        "archive": str(call.location),
        "file": str(file),
        "size": size,
        "whole": whole,
    }
    checked = "，已逐条校验，与日志相符" if whole else ""
    done(f"已备份到 {file}（{size} 字节）{checked}。", record, form)


def restore(
    context: typer.Context,
    file: BackupArgument,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Restore the archive from a backup."""
    from hrintegrity.archive.backup import restore as restore_archive
    from hrintegrity.duties.exchange import keys

    call = call_of(context)
    kept = restore_archive(call.location, file, force=force)
    whole = _check(call.location, call.who)
    if not keys.place(call.location).exists():
        warn("备份里没有密钥：收发文件前，请用 hri archive key restore 放回本单位的密钥。")
    aside = f"；原来的在 {kept}" if kept else ""
    record = {
        "id": str(call.location),
        "archive": str(call.location),
        "file": str(file),
        "kept": None if kept is None else str(kept),
        "whole": whole,
    }
    done(f"已用 {file} 恢复 {call.location}{aside}。", record, form)


def _check(location: Location, operator: str) -> bool | None:
    """Say whether a copy's rows are what its journal tells, and warn where they are not.

    None where it is of another version, and so can't be read.
    """
    from hrintegrity.archive.engine import open_archive
    from hrintegrity.duties import upkeep

    try:
        with open_archive(location, operator=operator, write=False) as archive:
            problems = upkeep.verify(archive).problems
    except UnusableError:
        warn("文件完整；记录与日志是否相符没有校验，请升级后用 hri archive verify 校验。")
        return None
    if problems:
        warn(
            f"文件能用，但有 {len(problems)} 处问题（{problems[0].where}：{problems[0].reason}）："
            "请用 hri archive verify 查明。"
        )
    return not problems


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
