"""`hri campaign title`: record a title of the creation."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    DateOption,
    Done,
    YearOption,
    choice,
    command,
    day,
    writing,
)
from hrintegrity.cli.campaign._shared import bearer
from hrintegrity.notice.words import TITLE


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    title: Annotated[
        str,
        choice("--title", TITLE),
    ],
    staff: Annotated[
        str | None,
        typer.Option("--staff", metavar="编号", help="标兵是哪位从业人员（其 id）。"),
    ] = None,
    date: DateOption = None,
    year: YearOption = None,
) -> Done:
    """Record a title of the creation."""
    from hrintegrity.duties.campaign import distinctions

    with writing(context) as archive:
        found = distinctions.title(
            archive, agency, title=title, staff=staff, year=year, date=day(context, date)
        )
    return Done(found, f"已登记{bearer(found)}为{TITLE.chinese(found.title)}。")
