"""`hri sanction withdraw`: annul a sanction."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    RequiredDateOption,
    asking_command,
    call_of,
    day,
    read_text,
    writing,
)
from hrintegrity.cli.sanction._shared import IdArgument
from hrintegrity.notice.words import MEASURE

ReasonOption = Annotated[
    str, typer.Option("--reason", parser=read_text, metavar="文字", help="理由。")
]


@asking_command
def run(
    context: typer.Context, sanction: IdArgument, date: RequiredDateOption, reason: ReasonOption
) -> Done:
    """Annul a sanction."""
    from hrintegrity.duties.sanctions import withdrawing

    date = day(context, date)
    with writing(context) as archive:
        found = withdrawing.withdraw(
            archive, sanction, date=date, reason=reason, today=call_of(context).today
        )
    restored = [f"示范单位称号已恢复，标牌 {t.plaque} 应退还机构。" for t in found.titles]
    return Done(
        found.sanction,
        f"已撤销对{found.sanction.agency}的{MEASURE.chinese(found.sanction.kind)}"
        f"（{found.sanction.withdrawn}）。",
        [*restored, *found.warnings],
    )
