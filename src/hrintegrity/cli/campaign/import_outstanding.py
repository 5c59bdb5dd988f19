"""`hri campaign import-outstanding`: return where the rows go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import YearOption, call_of, import_command


@import_command()
def run(context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where the rows go."""
    from hrintegrity.duties.campaign import outstanding_table

    return outstanding_table.OutstandingRows(archive, year=year, today=call_of(context).today)
