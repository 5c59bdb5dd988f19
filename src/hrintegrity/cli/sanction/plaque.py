"""`hri sanction plaque`: record that a plaque came back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import AgencyArgument, Done, command, day, read_date, writing


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    recovered: Annotated[
        dt.date, typer.Option("--recovered", parser=read_date, metavar="日期", help="哪一天收回。")
    ],
) -> Done:
    """Record that a plaque came back."""
    from hrintegrity.duties import units

    recovered = day(context, recovered)
    with writing(context) as archive:
        found, warnings = units.recover_plaque(archive, agency, recovered=recovered)
    return Done(
        found, f"已登记{found.name}的标牌 {found.plaque} 于 {found.recovered} 收回。", warnings
    )
