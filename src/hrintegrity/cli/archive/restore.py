"""`hri archive restore`: restore the archive from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hrintegrity.cli.archive._shared import BackupArgument, damage_warning
from hrintegrity.cli.base import Done, ForceOption, asking_command, call_of
from hrintegrity.errors import HriError

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location
    from hrintegrity.duties.restoring import Restored


@asking_command
def run(
    context: typer.Context,
    file: BackupArgument,
    force: ForceOption = False,
) -> Done:
    """Restore the archive from a backup."""
    from hrintegrity.duties import restoring
    from hrintegrity.duties.exchange import key_files

    call = call_of(context)
    was_encrypted = _is_encrypted(call.location.path)
    found = restoring.restore(
        call.location,
        file,
        operator=call.who,
        today=call.today,
        force=force,
        rehearsal=call.rehearsing,
    )
    warnings = [*damage_warning(found.problems), *_warnings(found)]
    if was_encrypted and not _is_encrypted(file):
        warnings.append("备份没有加密，恢复的档案库也就没有：要加密的，用 hri archive encrypt。")
    if not key_files.place(call.location).exists():
        warnings.append(
            "备份里没有密钥：收发文件前，请用 hri archive key restore 放回本单位的密钥。"
        )
    elif not call.rehearsing and _is_encrypted(call.location.path):
        warnings += _key_warning(call.location)
    aside = f"；原来的在 {found.kept}" if found.kept else ""
    return Done(
        found,
        f"已用 {file} 恢复 {call.location}{aside}。",
        warnings,
        lines=[
            f"重新删除了从业人员的姓名和资格证号（{one.id}）"
            if one.received is None
            else f"重新删除了投诉人的姓名和联系方式：{one.received} {one.agency or '（无机构）'}"
            f" {one.subject}（{one.id}）"
            for one in found.erased
        ],
    )


def _key_warning(location: Location) -> list[str]:
    """Return what to warn of where the backup is older than the passphrase of the key."""
    from hrintegrity.duties.exchange import keys

    try:
        keys.find(location)
    except HriError as error:
        if error.code != "passphrase":
            return [f"{error.message}：{error.hint}"]
        return [
            "密钥的口令与备份的不同，现在不能签名：请用 hri archive rekey 把档案库换成密钥的口令，"
            "或用 hri archive key restore 放回当时另存的密钥。"
        ]
    return []


def _is_encrypted(path: Path | None) -> bool:
    from hrintegrity.archive.connecting import is_encrypted

    with suppress(HriError):
        return path is not None and path.exists() and is_encrypted(path)
    return False


def _warnings(found: Restored) -> Iterator[str]:
    if found.erased_unknown:
        yield (
            "原来的档案库读不出来，不知道备份以后删除过哪些投诉人："
            "请按删除的记录，用 hri complaint erase 再删一遍。"
        )
    if found.lost:
        yield f"备份以后写入的 {found.lost} 条记录不在恢复的库里；原来的库另存着，可以对照。"
    if found.kept:
        yield (
            "收过本库文件的单位会发现日志变了（chain-changed）：请告诉它们用备份恢复过，"
            "由它们用 receive --accept-chain 确认。"
        )
