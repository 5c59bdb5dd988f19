"""`hri campaign template`: write an empty table to be filled in and imported."""

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
            parser=one_of("activities", "outstanding"),
            metavar="种类",
            help="activities 活动（默认），outstanding 表现突出。",
        ),
    ] = "activities",
    force: ForceOption = False,
) -> Done:
    """Write an empty table to be filled in and imported."""
    from hrintegrity.duties.campaign import activities_table, outstanding_table

    table = outstanding_table.TABLE if kind == "outstanding" else activities_table.table()
    return blank_table(table, file, force=force)
