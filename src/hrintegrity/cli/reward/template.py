"""`hri reward template`: write an empty table of rewards to be filled in."""

from __future__ import annotations

from hrintegrity.cli.base import Done, ForceOption, TemplateArgument, blank_table, command


@command
def run(file: TemplateArgument, force: ForceOption = False) -> Done:
    """Write an empty table of rewards to be filled in."""
    from hrintegrity.duties import rewards_table

    return blank_table(rewards_table.TABLE, file, force=force)
