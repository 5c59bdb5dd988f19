"""`hri agency staff import`: return where rows of practitioners go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import call_of, import_command


@import_command()
def run(context: typer.Context, archive: Any) -> Any:
    """Return where rows of practitioners go."""
    from hrintegrity.duties.people import staff_table

    return staff_table.StaffRows(archive, today=call_of(context).today)
