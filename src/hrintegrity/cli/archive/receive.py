"""`hri archive receive`: take a bundle in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrintegrity.cli.archive._shared import LONGEST, conflict_rows
from hrintegrity.cli.base import Done, Rows, asking_command, call_of, read_given, writing
from hrintegrity.cli.base.changes import changes
from hrintegrity.notice import names

if TYPE_CHECKING:
    from hrintegrity.duties.exchange.outcomes import Received


MOST_SHOWN = 5
"""So many records that were here before and are others now are shown."""

_ACTIONS = {"added": "新增", "updated": "更新", "deleted": "删除"}


@asking_command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="对方发来的文件。")],
    accept_chain: Annotated[
        str | None,
        typer.Option(
            "--accept-chain",
            parser=read_given,
            metavar="理由",
            help="对方用备份恢复过档案库，日志与留存的封印不符：核实后写明理由，照样导入。",
        ),
    ] = None,
) -> Done:
    """Take a bundle in."""
    from hrintegrity.duties.exchange import receiving

    call = call_of(context)
    with writing(context) as archive:
        found = receiving.receive(archive, file, today=call.today, accept_chain=accept_chain)
    lines: list[str | Rows] = []
    if call.rehearsing:
        lines += [_line(change) for change in found.changes]
        if found.conflicts:
            lines.append(conflict_rows(found.conflicts))
    return Done(
        found,
        f"已导入{found.sender_name}的文件：新增 {found.added}，更新"
        f" {found.updated}，相同 {found.unchanged}，冲突 {len(found.conflicts)}。",
        [*([] if call.rehearsing else _changed(found)), *_warnings(found)],
        lines=lines,
    )


def _line(change: Any) -> str:
    what = f"{names.table(change.table)} {change.subject or change.record}"
    content = changes(change.table, change.fields, new=change.action == "added", longest=LONGEST)
    return f"{_ACTIONS[change.action]}{what}：{content}"


def _changed(found: Received) -> Iterator[str]:
    """Name what the sender has changed since it sent it: no signature says that it was decided."""
    if found.changes:
        said = "；".join(_line(change) for change in found.changes[:MOST_SHOWN])
        more = f"；等 {found.updated} 条" if found.updated > MOST_SHOWN else ""
        yield f"以前收到过、对方后来改了的：{said}{more}。有疑问的请与对方核对（hri archive log）。"


def _warnings(found: Received) -> Iterator[str]:
    if found.conflicts:
        waiting = f"，另有 {found.waiting} 条记录等它们处理后才能入库" if found.waiting else ""
        yield f"有 {len(found.conflicts)} 个冲突{waiting}：hri archive conflicts。"
    elif found.open:
        yield f"以前的冲突还有 {found.open} 个没有处理：hri archive conflicts。"
    if found.chain_accepted:
        yield f"对方的日志与 {found.chain_accepted} 个留存的封印不符，已按写明的理由接受。"
    if found.elsewhere:
        yield f"略过了 {found.elsewhere} 个示范单位或惩戒：机构不在本档案库。"
    if found.missing:
        yield f"有 {len(found.missing)} 个附件对方没有，只导入了名称。"
