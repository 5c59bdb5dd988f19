"""`hri complaint import`: return where rows of complaints go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import DistrictOption, import_command


@import_command()
def run(_context: typer.Context, archive: Any, district: DistrictOption = None) -> Any:
    """Return where rows of complaints go."""
    from hrintegrity.duties.complaints import cases_table

    return cases_table.ComplaintRows(archive, district=district)
