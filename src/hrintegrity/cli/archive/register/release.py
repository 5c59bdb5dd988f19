"""`hri archive register release`: let another archive number."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive.register._shared import DistrictArgument, counted
from hrintegrity.cli.base import Done, command, writing


@command
def run(context: typer.Context, district: DistrictArgument) -> Done:
    """Let another archive number."""
    from hrintegrity.duties.exchange import registers

    with writing(context) as archive:
        found = registers.release(archive, district)
    warnings = []
    if found.papers or found.received:
        warnings.append(f"{counted(found)}，请告知接手的单位。")
    return Done(found, f"{found.district_name}的文书不再在本档案库编号。", warnings)
