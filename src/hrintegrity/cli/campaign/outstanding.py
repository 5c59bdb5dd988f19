"""`hri campaign outstanding`: record an outstanding agency."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    DateOption,
    Done,
    RequiredReasonOption,
    YearOption,
    command,
    day,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    reason: RequiredReasonOption,
    date: DateOption = None,
    year: YearOption = None,
) -> Done:
    """Record an outstanding agency."""
    from hrintegrity.duties.campaign import distinctions

    with writing(context) as archive:
        found = distinctions.outstanding(
            archive, agency, year=year, date=day(context, date), reason=reason
        )
    return Done(found, f"已登记{found.name}在{found.year}年活动中表现突出。")
