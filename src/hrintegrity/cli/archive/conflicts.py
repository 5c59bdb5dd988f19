"""`hri archive conflicts`: list the conflicts."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive._shared import conflict_rows
from hrintegrity.cli.base import Rows, list_command, reading


@list_command
def run(context: typer.Context) -> Rows:
    """List the conflicts."""
    from hrintegrity.duties.exchange import conflicts as found

    with reading(context) as archive:
        return conflict_rows(found.listing(archive))
