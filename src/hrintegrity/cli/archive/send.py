"""`hri archive send`: write a bundle."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.archive.key._shared import ensure_key
from hrintegrity.cli.base import (
    Done,
    ForceOption,
    command,
    output_to,
    preparing,
    read_district,
    read_since,
    reading,
    reading_rows,
)
from hrintegrity.errors import UsageError
from hrintegrity.files import refuse_existing


@command
def run(
    context: typer.Context,
    output: Annotated[Path, output_to("数据包，如 上报.hri")],
    to: Annotated[
        str | None,
        typer.Option("--to", parser=read_district, metavar="区县", help="收件单位；为它加密。"),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="不加密，谁都能读。")] = False,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_since, metavar="日期", help="只发这天以来改动过的。"),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Write a bundle."""
    from hrintegrity.duties.exchange import chains, keys, sealing, sending

    if (to is None) == (not plain):
        raise UsageError(
            "receiver-missing" if to is None else "receiver-twice",
            "没有说发给谁。" if to is None else "--to 和 --plain 只能写一个。",
            "加密发给某个单位用 --to 区县，不加密用 --plain。",
        )
    refuse_existing(output, force=force)
    with reading_rows(context) as archive:
        chains.refuse_damaged(archive)
    ensure_key(context)
    with preparing(context) as archive:
        sealing.give(archive, keys.own(archive.location))
    with reading(context) as archive:
        sent = sending.send(archive, output, to=to, since=since, force=force)
    warnings = []
    if plain:
        warnings.append("文件没有加密，拿到的人都能读；请只经可靠的途径传递。")
    if sent.missing:
        warnings.append(
            f"有 {len(sent.missing)} 个附件的文件不在了，没有发送；见 hri archive verify。"
        )
    if sent.withheld:
        warnings.append(
            f"有 {sent.withheld} 个示范单位或惩戒没有发送：所涉机构或从业人员不是由该区县报来的。"
        )
    return Done(
        sent,
        f"已写到 {output}：{sent.records} 条记录、{sent.attachments} 个附件，{sent.size} 字节。",
        warnings,
    )
