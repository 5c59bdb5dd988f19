"""`hri recommend remove`: take an agency off the list."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import AgencyArgument, Done, ReasonOption, YearOption, command, writing


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    reason: ReasonOption = None,
    year: YearOption = None,
) -> Done:
    """Take an agency off the list."""
    from hrintegrity.duties.recommendation import listing

    with writing(context) as archive:
        removed = listing.remove(archive, agency, year=year, reason=reason)
    return Done(removed, f"已撤下{removed.name}的推荐。")
