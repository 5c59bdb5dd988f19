"""`hri complaint close`: close a complaint with its answer."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    RequiredDateOption,
    call_of,
    choice,
    command,
    day,
    read_given,
    writing,
)
from hrintegrity.cli.complaint._shared import IdArgument
from hrintegrity.notice.words import OUTCOME
from hrintegrity.rules.titles import LOST, PLAQUE_TERM


@command
def run(
    context: typer.Context,
    case: IdArgument,
    date: RequiredDateOption,
    outcome: Annotated[
        str,
        choice("--outcome", OUTCOME),
    ],
    answer: Annotated[
        str,
        typer.Option(
            "--answer",
            parser=read_given,
            metavar="文字",
            help="答复内容，写进答复书和诚信档案；不要写投诉人的姓名电话。",
        ),
    ],
    dishonest: Annotated[
        bool, typer.Option("--dishonest", help="查实的是不诚信行为（三(八)2）。")
    ] = False,
) -> Done:
    """Close a complaint with its answer."""
    from hrintegrity.duties.complaints import cases

    with writing(context) as archive:
        found = cases.close(
            archive,
            case,
            date=day(context, date),
            outcome=outcome,
            answer=answer,
            dishonest=dishonest,
            today=call_of(context).today,
        )
    lost = [
        f"{unit.name}的示范单位{LOST[unit.state]}；标牌 {unit.plaque} 应于 {unit.recover_by} 前收回"
        f"{PLAQUE_TERM}。"
        for unit in found.lost
    ]
    return Done(
        found.case,
        f"已办结：{OUTCOME.chinese(outcome)}（{found.case.closed}）。",
        [*found.warnings, *lost],
    )
