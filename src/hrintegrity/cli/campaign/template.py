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
            metavar="activities|outstanding",
            help="哪种表：活动（默认），或表现突出的机构。",
        ),
    ] = "activities",
    force: ForceOption = False,
) -> Done:
    """Write an empty table to be filled in and imported."""
    from hrintegrity.duties.campaign import activities_table, outstanding_table

    table = outstanding_table.TABLE if kind == "outstanding" else activities_table.table()
    return blank_table(table, file, force=force)
