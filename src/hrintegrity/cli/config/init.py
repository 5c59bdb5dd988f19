"""`hri config init`: write commented examples of everything that an office may settle itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, call_of, command


@command
def run(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="目录", help="写到哪里；默认在 HRI_CONFIG 或用户数据目录。"),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Write the examples into the folder of the settings."""
    from hrintegrity.duties import configuration

    written = configuration.init(folder or call_of(context).config, force=force)
    return Done(
        written, f"已写出 {len(written.files)} 个例子：{written.folder}；从 说明.txt 看起。"
    )
