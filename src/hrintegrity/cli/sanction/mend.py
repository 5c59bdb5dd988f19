"""`hri sanction mend`: record that an order was complied with."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    Done,
    ReasonOption,
    RequiredDateOption,
    call_of,
    command,
    day,
    writing,
)
from hrintegrity.cli.sanction._shared import IdArgument


@command
def run(
    context: typer.Context,
    sanction: IdArgument,
    date: RequiredDateOption,
    reason: ReasonOption = None,
) -> Done:
    """Record that an order was complied with."""
    from hrintegrity.duties.sanctions import orders

    date = day(context, date)
    with writing(context) as archive:
        found, warnings = orders.mend(
            archive, sanction, date=date, reason=reason, today=call_of(context).today
        )
    return Done(found, f"已登记{found.agency}于 {found.mended} 整改完毕。", warnings)
