"""What several commands of `hri archive` share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base import Rows
from hrintegrity.cli.base.changes import changes
from hrintegrity.files import left_over
from hrintegrity.notice import names

if TYPE_CHECKING:
    from hrintegrity.duties.exchange.conflicts import ConflictView
    from hrintegrity.duties.locking import Locked
    from hrintegrity.duties.verifying import Problem

RememberOption = Annotated[
    bool, typer.Option("--remember", help="口令存进系统的钥匙串，以后不用输入。")
]
BackupArgument = Annotated[Path, typer.Argument(metavar="文件", help="备份文件。")]


def damage_warning(problems: Sequence[Problem]) -> list[str]:
    """Return what to warn of where a copy is not what its journal says, or nothing."""
    if not problems:
        return []
    return [
        f"文件能用，但有 {len(problems)} 处问题（{problems[0].where}：{problems[0].reason}）："
        "请用 hri archive verify 查明。"
    ]


def unremembered(found: Locked, wanted: bool) -> list[str]:
    """Return what to warn of where there was no keyring for a passphrase."""
    if not wanted or found.remembered:
        return []
    return ["系统没有可用的钥匙串，口令没有存；请用 HRI_PASSPHRASE 给出，或每次输入。"]


def copies_left(path: Path | None) -> list[str]:
    """Return what to warn of where a command that was interrupted left copies beside a file."""
    left = "、".join(map(str, left_over(path))) if path else ""
    return [f"以前中断的命令留下了副本：{left}；没有别的 hri 在运行时，请删去。"] if left else []


LONGEST = 40

_CONFLICTS = [
    ("id", "标识"),
    ("kind", "冲突"),
    ("table", "表"),
    ("subject", "关于"),
    ("code", "代码"),
    ("fields", "本库 → 对方"),
    ("sender_name", "来自"),
    ("waiting", "等待的记录"),
]


def conflict_rows(found: Sequence[ConflictView]) -> Rows:
    """Return conflicts as a list; those of a rehearsal have no id yet."""
    shown = [
        {**vars(view), "fields": changes(view.table, view.fields, longest=LONGEST)}
        for view in found
    ]
    words = {"kind": names.CONFLICTS.__getitem__, "table": names.table}
    rehearsed = any(view.id is None for view in found)
    first = ("id", "kind", "table", "subject", "sender_name")
    return Rows(
        found, _CONFLICTS[rehearsed:], words=words, shown=shown, first=first, below="fields"
    )
