"""`hri assess reopen`: open a concluded assessment again."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredReasonOption,
    YearOption,
    call_of,
    command,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    reason: RequiredReasonOption,
    year: YearOption = None,
) -> Done:
    """Open a concluded assessment again."""
    from hrintegrity.duties.assessment import conclusions

    with writing(context) as archive:
        found, warnings = conclusions.reopen(
            archive, agency, year=year, today=call_of(context).today, reason=reason
        )
    return Done(found, f"已重新开启{found.name}{found.year}年的评估。", warnings)
