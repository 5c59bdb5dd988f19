"""`hri sanction fail`: record that an order was not complied with."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    ReasonOption,
    RequiredDateOption,
    call_of,
    command,
    day,
    read_text,
    writing,
)
from hrintegrity.cli.sanction._shared import IdArgument


@command
def run(
    context: typer.Context,
    sanction: IdArgument,
    date: RequiredDateOption,
    note: Annotated[
        str,
        typer.Option(
            "--note", parser=read_text, metavar="文字", help="核查情况：哪里没有整改到位。"
        ),
    ],
    reason: ReasonOption = None,
) -> Done:
    """Record that an order was not complied with."""
    from hrintegrity.duties.sanctions import orders

    date = day(context, date)
    with writing(context) as archive:
        found, warnings = orders.fail(
            archive,
            sanction,
            date=date,
            note=note,
            reason=reason,
            today=call_of(context).today,
        )
    return Done(found, f"已登记{found.agency}整改不到位（{found.failed}）。", warnings)
