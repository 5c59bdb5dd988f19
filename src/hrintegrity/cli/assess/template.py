"""`hri assess template`: write an empty table to be filled in and imported."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    TemplateArgument,
    YearOption,
    blank_table,
    call_of,
    command,
    one_of,
    reading,
)


@command
def run(
    context: typer.Context,
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
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Write an empty table to be filled in and imported."""
    from hrintegrity.duties.assessment import scores_table, services_table

    if kind == "served":
        return blank_table(services_table.TABLE, file, force=force)
    with reading(context) as archive:
        table = scores_table.ScoreRows(archive, year=year, today=call_of(context).today).table
    return blank_table(table, file, force=force)
