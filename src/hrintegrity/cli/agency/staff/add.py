"""`hri agency staff add`: enter a practitioner."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    command,
    day,
    read_date,
    read_given,
    read_text,
    writing,
)

PledgedOption = Annotated[
    dt.date | None,
    typer.Option("--pledged", parser=read_date, metavar="日期", help="签署承诺书的日期。"),
]


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    name: Annotated[str, typer.Option("--name", parser=read_given, metavar="姓名", help="姓名。")],
    certificate: Annotated[
        str | None,
        typer.Option("--certificate", parser=read_text, metavar="证号", help="资格证号。"),
    ] = None,
    pledged: PledgedOption = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_date, metavar="日期", help="到岗日期；默认为今天。"),
    ] = None,
    namesake: Annotated[bool, typer.Option("--namesake", help="是同机构里同名的另一人。")] = False,
) -> Done:
    """Enter a practitioner."""
    from hrintegrity.duties.people import staff

    if pledged is not None:
        day(context, pledged)
    with writing(context) as archive:
        found = staff.add(
            archive,
            agency,
            name=name,
            certificate=certificate,
            pledged=pledged,
            since=day(context, since),
            namesake=namesake,
        )
    return Done(found.staff, f"已登记{found.staff.agency}的{found.staff.name}。", found.warnings)
