"""`hri sanction procedure use`: take an office's own settings of procedure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command, writing


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件.yaml", help="YAML 文件。")],
) -> Done:
    """Take an office's own settings of procedure."""
    from hrintegrity.duties.sanctions import procedures

    with writing(context) as archive:
        found = procedures.use(archive, file, today=call_of(context).today)
    return Done(found, f"已采用本机关的程序规定：{file}")
