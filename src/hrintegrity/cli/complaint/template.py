"""`hri complaint template`: write an empty table of complaints to be filled in."""

from __future__ import annotations

from hrintegrity.cli.base import Done, ForceOption, TemplateArgument, blank_table, command


@command
def run(file: TemplateArgument, force: ForceOption = False) -> Done:
    """Write an empty table of complaints to be filled in."""
    from hrintegrity.duties.complaints import cases_table

    return blank_table(cases_table.TABLE, file, force=force)
