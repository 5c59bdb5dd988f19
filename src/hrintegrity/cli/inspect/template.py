"""`hri inspect template`: write an empty table of inspections to be filled in."""

from __future__ import annotations

from hrintegrity.cli.base import Done, ForceOption, TemplateArgument, blank_table, command


@command
def run(file: TemplateArgument, force: ForceOption = False) -> Done:
    """Write an empty table of inspections to be filled in."""
    from hrintegrity.duties.inspection import visits_table

    return blank_table(visits_table.TABLE, file, force=force)
