"""`hri sanction hearing`: record that a hearing was asked for, or held."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command, day, read_date, read_given, writing
from hrintegrity.cli.sanction._shared import NoticeArgument


@command
def run(
    context: typer.Context,
    notice: NoticeArgument,
    requested: Annotated[
        dt.date | None,
        typer.Option("--requested", parser=read_date, metavar="日期", help="何时要求听证。"),
    ] = None,
    held: Annotated[
        dt.date | None,
        typer.Option("--held", parser=read_date, metavar="日期", help="何时举行听证。"),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record",
            parser=read_given,
            metavar="文字",
            help="听证笔录的要点和结论；与 --held 一起用。",
        ),
    ] = None,
) -> Done:
    """Record that a hearing was asked for, or held."""
    from hrintegrity.duties.sanctions import beforehand

    for given in (requested, held):
        day(context, given)
    with writing(context) as archive:
        found, warnings = beforehand.hearing(
            archive,
            notice,
            today=call_of(context).today,
            requested=requested,
            held=held,
            record=record,
        )
    what = f"于 {requested} 要求听证" if requested else f"的听证已于 {held} 举行"
    return Done(found, f"已登记{found.agency}{what}。", warnings)
