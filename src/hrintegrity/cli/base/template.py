"""What every `template` command has in common: an empty table to be filled in and imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base.done import Done

if TYPE_CHECKING:
    from hrintegrity.sheets.columns import Table


TemplateArgument = Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪里。")]


def blank_table(table: Table, file: Path, *, force: bool) -> Done:
    """Write the empty table and say so."""
    from hrintegrity.sheets.writing import write_template

    write_template(file, table, force=force)
    return Done({"id": str(file), "file": str(file)}, f"已写出空白的{table.title}：{file}")
