"""`hri campaign distribute`: record which agencies were handed the convention."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    AgenciesArgument,
    AllOption,
    DateOption,
    DistrictOption,
    Done,
    YearOption,
    command,
    day,
    writing,
)


@command
def run(
    context: typer.Context,
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    date: DateOption = None,
    district: DistrictOption = None,
    year: YearOption = None,
) -> Done:
    """Record which agencies were handed the convention."""
    from hrintegrity.duties.campaign import distribution

    with writing(context) as archive:
        found = distribution.distribute(
            archive,
            agencies or [],
            date=day(context, date),
            everyone=every,
            district=district,
            year=year,
        )
    return Done(found, f"已登记公约发放至 {len(found)} 家机构。")
