"""`hri agency staff leave`: record that a practitioner left."""

from __future__ import annotations

import typer

from hrintegrity.cli.agency.staff._shared import StaffArgument
from hrintegrity.cli.base import Done, RequiredDateOption, command, day, writing


@command
def run(context: typer.Context, person: StaffArgument, date: RequiredDateOption) -> Done:
    """Record that a practitioner left."""
    from hrintegrity.duties.people import staff

    with writing(context) as archive:
        found = staff.leave(archive, person, date=day(context, date))
    return Done(
        found.staff,
        f"已登记{found.staff.name}于 {found.staff.left} 离开{found.staff.agency}。",
        found.warnings,
    )
