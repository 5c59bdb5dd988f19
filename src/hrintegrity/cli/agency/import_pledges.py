"""`hri agency import-pledges`: return where the rows go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import YearOption, import_command


@import_command()
def run(_context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where the rows go."""
    from hrintegrity.duties.people import pledges_table

    return pledges_table.rows(archive, year=year)
