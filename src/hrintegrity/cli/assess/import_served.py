"""`hri assess import-served`: return where the rows go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import call_of, import_command


@import_command()
def run(context: typer.Context, archive: Any) -> Any:
    """Return where the rows go."""
    from hrintegrity.duties.assessment import services_table

    return services_table.ServiceRows(archive, today=call_of(context).today)
