"""`hri agency close`: record that an agency has ceased."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    RequiredReasonOption,
    call_of,
    command,
    day,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    reason: RequiredReasonOption,
) -> Done:
    """Record that an agency has ceased."""
    from hrintegrity.duties import agencies

    with writing(context) as archive:
        closed = agencies.close(
            archive, agency, date=day(context, date), reason=reason, today=call_of(context).today
        )
    warnings = []
    if closed.since is not None and date < closed.since:
        warnings.append(f"终止日期 {date} 在从业起始日期 {closed.since} 之前，请核对。")
    return Done(closed, f"已登记终止：{closed.name}（{closed.closed}）。", warnings)
