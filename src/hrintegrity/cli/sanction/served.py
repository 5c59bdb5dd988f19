"""`hri sanction served`: record that a paper of a sanction was served."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    ReasonOption,
    RequiredDateOption,
    choice,
    command,
    day,
    read_given,
    writing,
)
from hrintegrity.notice.words import SERVICE_METHOD


@command
def run(
    context: typer.Context,
    sanction: Annotated[
        str,
        typer.Argument(
            metavar="编号", help="惩戒或事先告知的编号，或文书的文号；撤销称号决定书用文号。"
        ),
    ],
    date: RequiredDateOption,
    method: Annotated[
        str,
        choice("--method", SERVICE_METHOD),
    ],
    receiver: Annotated[
        str, typer.Option("--receiver", parser=read_given, metavar="姓名", help="签收人。")
    ],
    correct: Annotated[bool, typer.Option("--correct", help="更正已登记的送达。")] = False,
    reason: ReasonOption = None,
) -> Done:
    """Record that a paper of a sanction was served."""
    from hrintegrity.duties.sanctions import serving as duty
    from hrintegrity.duties.serving import Proof

    proof = Proof(day(context, date), method, receiver)
    with writing(context) as archive:
        found, warnings = duty.served(archive, sanction, proof, correct=correct, reason=reason)
    done = "已更正" if correct else "已登记"
    return Done(found, f"{done}：{found.number} 于 {found.date} 送达{found.name}。", warnings)
