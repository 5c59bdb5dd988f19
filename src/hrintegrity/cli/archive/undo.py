"""`hri archive undo`: take an import back."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, asking_command, writing


@asking_command
def run(
    context: typer.Context,
    import_id: Annotated[
        str, typer.Argument(metavar="编号", help="编号见 hri archive imports；末8位也行。")
    ],
    reason: RequiredReasonOption,
) -> Done:
    """Take an import back."""
    from hrintegrity.duties.importing import undoing

    with writing(context) as archive:
        found = undoing.undo(archive, import_id, reason=reason)
    return Done(
        found, f"已撤销这次导入：新增的 {found.added} 条撤去，更改的 {found.updated} 条恢复原状。"
    )
