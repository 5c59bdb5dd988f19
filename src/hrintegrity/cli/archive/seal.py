"""`hri archive seal`: write down the length and the head of the journal's chain, signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.archive.key._shared import ensure_key
from hrintegrity.cli.base import Done, ForceOption, command, writing


@command
def run(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="文件", help="写到哪里。")],
    force: ForceOption = False,
) -> Done:
    """Write a seal."""
    from hrintegrity.duties.exchange import keys, sealing
    from hrintegrity.files import refuse_existing

    refuse_existing(output, force=force)
    ensure_key(context)
    with writing(context) as archive:
        found = sealing.write(archive, output, keys.own(archive.location), force=force)
    return Done(
        found,
        f"已封存：日志 {found.entries} 条，末条哈希 {found.head}，写在 {output}。"
        "请存到别处，以后用 hri archive verify --seal 核对。",
    )
