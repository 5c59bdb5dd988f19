"""`hri assess object`: record an objection."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    YearOption,
    command,
    day,
    read_given,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    text: Annotated[
        str, typer.Option("--text", parser=read_given, metavar="文字", help="异议的内容。")
    ],
    year: YearOption = None,
) -> Done:
    """Record an objection."""
    from hrintegrity.duties.assessment import objections

    with writing(context) as archive:
        found, warnings = objections.object_to(
            archive, agency, year=year, date=day(context, date), objection=text
        )
    return Done(found, f"已登记{found.name}的异议（{found.date}）。", warnings)
