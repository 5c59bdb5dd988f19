"""`hri reward grant`: record a reward."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    choice,
    command,
    day,
    read_given,
    writing,
)
from hrintegrity.notice.words import INCENTIVE


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    kind: Annotated[
        str,
        choice("--kind", INCENTIVE),
    ],
    date: RequiredDateOption,
    note: Annotated[
        str, typer.Option("--note", parser=read_given, metavar="文字", help="具体是什么。")
    ],
) -> Done:
    """Record a reward."""
    from hrintegrity.duties import rewards

    with writing(context) as archive:
        found, warnings = rewards.grant(
            archive, agency, kind=kind, date=day(context, date), note=note
        )
    return Done(
        found, f"已登记{found.agency}：{INCENTIVE.chinese(found.kind)}（{found.date}）。", warnings
    )
