"""`hri agency show`: show one agency."""

from __future__ import annotations

import typer

from hrintegrity.cli.agency._shared import COLUMNS, WORDS
from hrintegrity.cli.base import AgencyArgument, Record, call_of, command, reading_rows


@command
def run(context: typer.Context, agency: AgencyArgument) -> Record:
    """Show one agency."""
    from hrintegrity.duties import agency_views

    with reading_rows(context) as archive:
        found = agency_views.show(archive, agency, today=call_of(context).today)
    return Record(found, COLUMNS, words=WORDS)
