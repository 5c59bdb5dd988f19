"""`hri reward grant`: record a reward."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    command,
    day,
    read_given,
    word,
    writing,
)
from hrintegrity.notice.words import INCENTIVE


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            parser=word(INCENTIVE),
            metavar="种类",
            help="qualification 公共就业服务资质、expansion 扩大经营、funding 资金支持及融资、"
            "publicity 媒体宣传推介、policy 发展政策或 honour 表彰奖励。",
        ),
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
