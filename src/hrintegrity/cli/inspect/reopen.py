"""`hri inspect reopen`: take back that a gap was made good."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, call_of, command, writing
from hrintegrity.cli.inspect._shared import GapArgument
from hrintegrity.notice.words import SYSTEM


@command
def run(context: typer.Context, gap: GapArgument, reason: RequiredReasonOption) -> Done:
    """Take back that a gap was made good."""
    from hrintegrity.duties.inspection import gaps

    with writing(context) as archive:
        found = gaps.reopen(archive, gap, reason=reason, today=call_of(context).today)
    return Done(found, f"{found.agency}的{SYSTEM.chinese(found.system)}改回没有补建。")
