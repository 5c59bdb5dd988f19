"""`hri archive register take`: number here."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive.register._shared import DistrictArgument, counted
from hrintegrity.cli.base import Done, command, writing


@command
def run(context: typer.Context, district: DistrictArgument) -> Done:
    """Number here."""
    from hrintegrity.duties.exchange import registers

    with writing(context) as archive:
        found = registers.take(archive, district)
    warnings = []
    if found.papers or found.received:
        warnings.append(f"{counted(found)}，接着编下去。")
    if found.changed:
        warnings.append("同一区县只能有一处编号：请确认别的档案库已经不再编号。")
    return Done(found, f"{found.district_name}的文书在本档案库编号。", warnings)
