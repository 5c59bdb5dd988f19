"""`hri campaign import`: return where rows of activities go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import YearOption, import_command


@import_command()
def run(_context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where rows of activities go."""
    from hrintegrity.duties.campaign import activities_table

    return activities_table.ActivityRows(archive, year=year)
