"""`hri recommend recall`: take back a submission that the city has not received."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    RequiredReasonOption,
    YearOption,
    asking_command,
    call_of,
    read_district,
    writing,
)


@asking_command
def run(
    context: typer.Context,
    reason: RequiredReasonOption,
    district: Annotated[
        str | None,
        typer.Argument(
            parser=read_district,
            metavar="区县",
            help="撤回哪个区县的报送；区县的档案库默认为本区县。",
        ),
    ] = None,
    year: YearOption = None,
) -> Done:
    """Take back a submission that the city has not received."""
    from hrintegrity.duties.recommendation import recalling

    with writing(context) as archive:
        found = recalling.recall(
            archive, district, year=year, reason=reason, today=call_of(context).today
        )
    return Done(
        found,
        f"已撤回{found.district_name}{found.year}年第{found.number}次报送"
        f"（{len(found.agencies)} 家）；改好后再报送，编号接着排。",
    )
