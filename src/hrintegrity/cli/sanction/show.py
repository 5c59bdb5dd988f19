"""`hri sanction show`: show one sanction."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Record, call_of, command, reading
from hrintegrity.cli.sanction._shared import COLUMNS, WORDS, IdArgument


@command
def run(context: typer.Context, sanction: IdArgument) -> Record:
    """Show one sanction."""
    from hrintegrity.duties.sanctions import records

    with reading(context) as archive:
        found = records.show(archive, sanction, today=call_of(context).today)
    return Record(found, COLUMNS, words=WORDS)
