"""`hri agency template`: write an empty register to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, command


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪里。")],
    force: ForceOption = False,
) -> Done:
    """Write an empty register to be filled in."""
    from hrintegrity.duties import agencies_table
    from hrintegrity.sheets.writing import write_template

    write_template(file, agencies_table.table(), force=force)
    return Done({"id": str(file), "file": str(file)}, f"已写出空白登记表：{file}")
