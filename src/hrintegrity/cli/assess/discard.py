"""`hri assess discard`: take a score sheet away that was entered by mistake."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, asking_command, writing
from hrintegrity.notice.records import kind


@asking_command
def run(
    context: typer.Context,
    sheet: Annotated[
        str, typer.Argument(metavar="编号", help="评分表的编号，见 hri assess sheets；末8位也行。")
    ],
    reason: RequiredReasonOption,
) -> Done:
    """Take a score sheet away that was entered by mistake."""
    from hrintegrity.duties.assessment import discarding

    with writing(context) as archive:
        found = discarding.discard(archive, sheet, reason=reason)
    way = kind("score_sheet")["source"].chinese(found.source)
    return Done(found, f"已撤去{found.agency}的{way}评分表（{found.rater}，{found.total:g}分）。")
