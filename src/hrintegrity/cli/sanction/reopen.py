"""`hri sanction reopen`: take back a `mend` or `fail` that was entered by mistake."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, call_of, command, writing
from hrintegrity.cli.sanction._shared import IdArgument


@command
def run(context: typer.Context, sanction: IdArgument, reason: RequiredReasonOption) -> Done:
    """Take back a `mend` or `fail` that was entered by mistake."""
    from hrintegrity.duties.sanctions import orders

    with writing(context) as archive:
        found, warnings = orders.reopen(
            archive, sanction, reason=reason, today=call_of(context).today
        )
    return Done(
        found, f"已撤回{found.agency}的整改结果，{found.date} 的责令整改重新办理。", warnings
    )
