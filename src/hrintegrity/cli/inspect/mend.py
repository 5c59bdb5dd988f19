"""`hri inspect mend`: record that a gap was made good."""

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
from hrintegrity.cli.inspect._shared import GapArgument
from hrintegrity.notice.words import SYSTEM


@command
def run(
    context: typer.Context, gap: GapArgument, date: RequiredDateOption, reason: ReasonOption = None
) -> Done:
    """Record that a gap was made good."""
    from hrintegrity.duties.inspection import gaps

    with writing(context) as archive:
        found, warnings = gaps.mend(
            archive, gap, date=day(context, date), reason=reason, today=call_of(context).today
        )
    return Done(
        found,
        f"已登记{found.agency}的{SYSTEM.chinese(found.system)}于 {found.mended} 补建。",
        warnings,
    )
