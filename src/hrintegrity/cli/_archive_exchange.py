"""`hri archive send`, `receive`, `conflicts` and `settle`: exchange with other archives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrintegrity.cli._archive_key import ensure_key
from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._changes import changes
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    ForceOption,
    FormatOption,
    OutputOption,
    one_of,
    read_date,
    read_district,
)
from hrintegrity.cli._output import done, say, show_rows, warn
from hrintegrity.errors import UsageError
from hrintegrity.notice import names

if TYPE_CHECKING:
    from hrintegrity.duties.exchange.conflicts import ConflictView
    from hrintegrity.duties.exchange.receiving import Received

_LONGEST = 40
_ACTIONS = {"added": "新增", "updated": "更新", "deleted": "删除"}
_CONFLICTS = [
    ("id", "标识"),
    ("kind", "冲突"),
    ("table", "表"),
    ("agency", "机构"),
    ("code", "代码"),
    ("fields", "本库 → 对方"),
    ("sender_name", "来自"),
    ("waiting", "等待的记录"),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `hri archive`."""
    app.command("send", cls=ChineseCommand, help="把本区县的记录写成一个签名的文件。")(send)
    app.command("receive", cls=ChineseCommand, help="导入别的档案库发来的文件；全部或全不。")(
        receive
    )
    app.command("conflicts", cls=ChineseCommand, help="还没有处理的冲突。")(conflicts)
    app.command("settle", cls=ChineseCommand, help="处理一个冲突：留本库的，或留对方的。")(settle)


def send(
    context: typer.Context,
    output: OutputOption,
    to: Annotated[
        str | None,
        typer.Option("--to", parser=read_district, metavar="区县", help="收件单位；为它加密。"),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="不加密，谁都能读。")] = False,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_date, metavar="日期", help="只发这天以来改动过的。"),
    ] = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write a bundle."""
    from hrintegrity.duties.exchange import sending

    if (to is None) == (not plain):
        raise UsageError(
            "receiver-missing" if to is None else "receiver-twice",
            "没有说发给谁。" if to is None else "--to 和 --plain 只能写一个。",
            "加密发给某个单位用 --to 区县，不加密用 --plain。",
        )
    ensure_key(context)
    with reading(context) as archive:
        sent = sending.send(archive, output, to=to, since=since, force=force)
    if plain:
        warn("文件没有加密，拿到的人都能读；请只经可靠的途径传递。")
    if sent.missing:
        warn(f"有 {len(sent.missing)} 个附件的文件不在了，没有发送；见 hri archive verify。")
    if sent.withheld:
        warn(f"有 {sent.withheld} 个示范单位或惩戒没有发送：所涉机构或从业人员不是由该区县报来的。")
    done(
        f"已写到 {output}：{sent.records} 条记录、{sent.attachments} 个附件，{sent.size} 字节。",
        sent,
        form,
    )


def receive(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="对方发来的文件。")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会改什么，逐项列出，不写入。")
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Take a bundle in."""
    from hrintegrity.duties.exchange import receiving

    call = call_of(context)
    if dry_run:
        found = receiving.rehearse(call.location, file, operator=call.who, today=call.today)
    else:
        with writing(context) as archive:
            found = receiving.receive(archive, file, today=call.today)
    _warn(found)
    if form == "table":
        for change in found.changes:
            what = f"{names.table(change.table)} {change.agency or change.record}"
            told = changes(
                change.table, change.fields, new=change.action == "added", longest=_LONGEST
            )
            say(f"{_ACTIONS[change.action]}{what}：{told}")
        if found.conflicts and dry_run:
            _show_conflicts(found.conflicts, form)
    done(
        f"{'将' if dry_run else '已'}导入{found.sender_name}的文件：新增 {found.added}，更新"
        f" {found.updated}，相同 {found.unchanged}，冲突 {len(found.conflicts)}。",
        found,
        form,
    )


def _warn(found: Received) -> None:
    if found.conflicts:
        waiting = f"，另有 {found.waiting} 条记录等它们处理后才能入库" if found.waiting else ""
        warn(f"有 {len(found.conflicts)} 个冲突{waiting}：hri archive conflicts。")
    elif found.open:
        warn(f"以前的冲突还有 {found.open} 个没有处理：hri archive conflicts。")
    if found.elsewhere:
        warn(f"略过了 {found.elsewhere} 个示范单位或惩戒：机构不在本档案库。")
    if found.missing:
        warn(f"有 {len(found.missing)} 个附件对方没有，只导入了名称。")


def conflicts(context: typer.Context, form: FormatOption = "table") -> None:
    """List the conflicts."""
    from hrintegrity.duties.exchange import conflicts as found

    with reading(context) as archive:
        _show_conflicts(found.listing(archive), form)


def settle(
    context: typer.Context,
    conflict: Annotated[str, typer.Argument(metavar="标识", help="冲突的标识；末8位也行。")],
    keep: Annotated[
        str,
        typer.Option(
            "--keep", parser=one_of("ours", "theirs"), metavar="ours|theirs", help="留哪一边的。"
        ),
    ],
    form: FormatOption = "table",
) -> None:
    """Settle a conflict."""
    from hrintegrity.duties.exchange import conflicts as found

    with writing(context) as archive:
        settled = found.settle(archive, conflict, keep=keep, today=call_of(context).today)
    side = "本库的" if keep == "ours" else "对方的"
    done(f"已处理：保留{side}；还有 {settled.open} 个冲突。", settled, form)


def _show_conflicts(found: list[ConflictView], form: str) -> None:
    rows: list[Any] = list(found)
    if form == "table":
        rows = [
            {**vars(view), "fields": changes(view.table, view.fields, longest=_LONGEST)}
            for view in found
        ]
    words = {"kind": names.CONFLICTS.__getitem__, "table": names.table}
    rehearsed = any(view.id is None for view in found)
    show_rows(rows, _CONFLICTS[rehearsed:], form, words=words)
