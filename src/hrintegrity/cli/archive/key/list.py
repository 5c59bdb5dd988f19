"""`hri archive key list`: show the keys that were ever accepted."""

from __future__ import annotations

import typer

from hrintegrity.cli.archive.key._shared import COLUMNS
from hrintegrity.cli.base import Rows, list_command, reading


@list_command
def run(context: typer.Context) -> Rows:
    """Show the keys that were ever accepted."""
    from hrintegrity.duties.exchange import trust

    with reading(context) as archive:
        return Rows(trust.listing(archive), COLUMNS)
