"""`hri agency import`: return where rows of agencies go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.agency._shared import LenientOption
from hrintegrity.cli.base import call_of, import_command


@import_command()
def run(context: typer.Context, archive: Any, lenient_codes: LenientOption = False) -> Any:
    """Return where rows of agencies go."""
    from hrintegrity.duties import agencies_table

    return agencies_table.AgencyRows(
        archive, today=call_of(context).today, lenient_codes=lenient_codes
    )
