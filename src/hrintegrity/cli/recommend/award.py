"""`hri recommend award`: record a title and its plaque."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    YearOption,
    asking_command,
    day,
    read_given,
    writing,
)


@asking_command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    plaque: Annotated[
        str,
        typer.Option("--plaque", parser=read_given, metavar="编号", help="标牌编号，不能重复。"),
    ],
    date: RequiredDateOption,
    despite: Annotated[
        str | None,
        typer.Option(
            "--despite",
            parser=read_given,
            metavar="理由",
            help="报送后不再符合推荐条件、仍要授予的理由。",
        ),
    ] = None,
    year: YearOption = None,
) -> Done:
    """Record a title and its plaque."""
    from hrintegrity.duties.recommendation import award as duty

    with writing(context) as archive:
        found, warnings = duty.award(
            archive,
            agency,
            year=year,
            plaque=plaque,
            date=day(context, date),
            despite=despite,
        )
    return Done(found, f"已授予{found.name}{found.year}年示范单位，标牌 {found.plaque}。", warnings)
