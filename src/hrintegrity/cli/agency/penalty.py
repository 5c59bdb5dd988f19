"""`hri agency penalty`: record an administrative penalty."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    command,
    day,
    read_given,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    authority: Annotated[
        str,
        typer.Option("--authority", parser=read_given, metavar="机关", help="处罚机关。"),
    ],
    basis: Annotated[
        str,
        typer.Option("--basis", parser=read_given, metavar="文字", help="处罚的依据和事由。"),
    ],
    date: RequiredDateOption,
) -> Done:
    """Record an administrative penalty."""
    from hrintegrity.duties import compliance

    with writing(context) as archive:
        found, warnings = compliance.penalise(
            archive, agency, authority=authority, basis=basis, date=day(context, date)
        )
    return Done(found, f"已登记{found.name}受{found.authority}行政处罚（{found.date}）。", warnings)
