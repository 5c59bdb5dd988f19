"""`hri agency import-penalties`: return where the rows go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import import_command


@import_command()
def run(_context: typer.Context, archive: Any) -> Any:
    """Return where the rows go."""
    from hrintegrity.duties import compliance_tables

    return compliance_tables.penalties(archive)
