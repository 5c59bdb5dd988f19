"""`hri sanction statement`: record what the party said to a notice, or that it waived that."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    RequiredDateOption,
    call_of,
    command,
    day,
    read_given,
    writing,
)
from hrintegrity.cli.sanction._shared import NoticeArgument


@command
def run(
    context: typer.Context,
    notice: NoticeArgument,
    date: RequiredDateOption,
    text: Annotated[
        str | None,
        typer.Option("--text", parser=read_given, metavar="文字", help="陈述申辩的内容。"),
    ] = None,
    answer: Annotated[
        str | None,
        typer.Option(
            "--answer", parser=read_given, metavar="文字", help="复核意见：采纳与否的理由。"
        ),
    ] = None,
    accepted: Annotated[bool, typer.Option("--accepted", help="全部采纳：此案到此为止。")] = False,
    waived: Annotated[bool, typer.Option("--waived", help="书面放弃陈述申辩。")] = False,
) -> Done:
    """Record what the party said to a notice, or that it waived that."""
    from hrintegrity.duties.sanctions import beforehand

    with writing(context) as archive:
        found, warnings = beforehand.record_statement(
            archive,
            notice,
            date=day(context, date),
            today=call_of(context).today,
            text=text,
            answer=answer,
            accepted=accepted,
            waived=waived,
        )
    words = {"waived": "放弃陈述申辩", "accepted": "陈述申辩已全部采纳，不再惩戒"}
    said = words.get(found.statement_kind or "", "提出了陈述申辩")
    return Done(found, f"已登记{found.agency}于 {found.stated} {said}。", warnings)
