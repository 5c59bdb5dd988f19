"""`hri complaint reopen`: take back that a complaint was closed."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, call_of, command, writing
from hrintegrity.cli.complaint._shared import IdArgument


@command
def run(context: typer.Context, case: IdArgument, reason: RequiredReasonOption) -> Done:
    """Take back that a complaint was closed."""
    from hrintegrity.duties.complaints import cases

    with writing(context) as archive:
        found = cases.reopen(archive, case, reason=reason, today=call_of(context).today)
    back = [f"{unit.name}的示范单位称号已恢复（标牌 {unit.plaque}）。" for unit in found.lost]
    return Done(found.case, "已重新打开。", back)
