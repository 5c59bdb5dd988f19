"""`hri inspect import`: return where rows of inspections go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import YearOption, import_command


@import_command()
def run(_context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where rows of inspections go."""
    from hrintegrity.duties.inspection import visits_table

    return visits_table.VisitRows(archive, year=year)
