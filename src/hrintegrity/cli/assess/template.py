"""`hri assess template`: write an empty table to be filled in and imported."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, TemplateArgument, blank_table, command, one_of


@command
def run(
    file: TemplateArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--for",
            parser=one_of("scores", "served"),
            metavar="种类",
            help="scores 评分表（默认，一行一份），served 送达登记。",
        ),
    ] = "scores",
    force: ForceOption = False,
) -> Done:
    """Write an empty table to be filled in and imported."""
    from hrintegrity.duties.assessment import scores_table, services_table

    table = services_table.TABLE if kind == "served" else scores_table.table()
    return blank_table(table, file, force=force)
