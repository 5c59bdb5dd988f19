"""`hri agency staff edit`: correct a practitioner's entry."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli.agency.staff._shared import StaffArgument
from hrintegrity.cli.base import (
    Done,
    ReasonOption,
    command,
    day,
    read_date,
    read_given,
    read_text,
    writing,
)


def _day_or_none(text: str) -> dt.date | str:
    """Read a day; an empty text clears one."""
    return read_date(text) if text.strip() else ""


@command
def run(
    context: typer.Context,
    person: StaffArgument,
    name: Annotated[
        str | None, typer.Option("--name", parser=read_given, metavar="姓名", help="姓名。")
    ] = None,
    certificate: Annotated[
        str | None,
        typer.Option("--certificate", parser=read_text, metavar="证号", help="资格证号。"),
    ] = None,
    pledged: Annotated[
        Any,
        typer.Option("--pledged", parser=_day_or_none, metavar="日期", help="签署承诺书的日期。"),
    ] = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_date, metavar="日期", help="到岗日期。"),
    ] = None,
    left: Annotated[
        Any, typer.Option("--left", parser=_day_or_none, metavar="日期", help="离开日期。")
    ] = None,
    reason: ReasonOption = None,
) -> Done:
    """Correct a practitioner's entry."""
    from hrintegrity.duties.people import staff

    for given in (pledged, since, left):
        if isinstance(given, dt.date):
            day(context, given)
    with writing(context) as archive:
        found = staff.edit(
            archive,
            person,
            name=name,
            certificate=certificate,
            pledged=pledged,
            since=since,
            left=left,
            reason=reason,
        )
    return Done(found.staff, f"已更正{found.staff.name}。", found.warnings)
