"""`hri agency staff move`: move a practitioner to another agency."""

from __future__ import annotations

import typer

from hrintegrity.cli.agency.staff._shared import StaffArgument
from hrintegrity.cli.base import AgencyArgument, Done, RequiredDateOption, command, day, writing


@command
def run(
    context: typer.Context, person: StaffArgument, agency: AgencyArgument, date: RequiredDateOption
) -> Done:
    """Move a practitioner to another agency."""
    from hrintegrity.duties.people import staff

    with writing(context) as archive:
        found = staff.move(archive, person, agency, date=day(context, date))
    return Done(
        found.staff,
        f"已登记{found.staff.name}于 {found.staff.since} 到{found.staff.agency}。",
        found.warnings,
    )
