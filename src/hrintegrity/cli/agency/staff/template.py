"""`hri agency staff template`: write an empty table of practitioners to be filled in."""

from __future__ import annotations

from hrintegrity.cli.base import Done, ForceOption, TemplateArgument, blank_table, command


@command
def run(file: TemplateArgument, force: ForceOption = False) -> Done:
    """Write an empty table of practitioners to be filled in."""
    from hrintegrity.duties.people import staff_table

    return blank_table(staff_table.TABLE, file, force=force)
