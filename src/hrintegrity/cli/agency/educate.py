"""`hri agency educate`: record integrity education."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import AgencyArgument, Done, RequiredDateOption, command, day, writing


@command
def run(context: typer.Context, agency: AgencyArgument, date: RequiredDateOption) -> Done:
    """Record integrity education."""
    from hrintegrity.duties import compliance

    with writing(context) as archive:
        found, warnings = compliance.educate(archive, agency, date=day(context, date))
    return Done(found, f"已登记{found.name}于 {found.date} 接受诚信教育。", warnings)
