"""`hri archive withdraw`: remove a record that was entered by mistake."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, asking_command, writing
from hrintegrity.notice import names


@asking_command
def run(
    context: typer.Context,
    record: Annotated[
        str, typer.Argument(metavar="编号", help="编号见 hri agency records 机构；末8位也行。")
    ],
    reason: RequiredReasonOption,
) -> Done:
    """Remove a record that was entered by mistake."""
    from hrintegrity.duties import withdrawal

    with writing(context) as archive:
        found = withdrawal.withdraw(archive, record, reason=reason)
    of_whom = f"{found.agency}的" if found.agency else ""
    parts = "、".join(f"{title} {count} 条" for title, count in found.with_it.items())
    more = f"（连同{parts}）" if parts else ""
    return Done(found, f"已撤去{of_whom}{names.table(found.what)}记录{more}。")
