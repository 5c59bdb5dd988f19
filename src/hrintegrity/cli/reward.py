"""`hri reward`: support and honours for agencies of good standing (三(八)1)."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli._call import day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import (
    AgencyArgument,
    DistrictOption,
    FormatOption,
    RequiredDateOption,
    read_given,
    word,
)
from hrintegrity.cli._output import done, show_rows, warn
from hrintegrity.notice.words import INCENTIVE

app = typer.Typer(
    cls=ChineseGroup,
    help="诚信激励（三(八)1）：登记给予的支持和表彰。",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command("grant", cls=ChineseCommand, help="登记给予机构的一项支持或表彰。")
def grant(
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
    form: FormatOption = "table",
) -> None:
    """Record a reward."""
    from hrintegrity.duties import rewards

    with writing(context) as archive:
        found, warnings = rewards.grant(
            archive, agency, kind=kind, date=day(context, date), note=note
        )
    for warning in warnings:
        warn(warning)
    done(f"已登记{found.agency}：{INCENTIVE.chinese(found.kind)}（{found.date}）。", found, form)


@app.command("list", cls=ChineseCommand, help="激励清单。")
def listing(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    district: DistrictOption = None,
    form: FormatOption = "table",
) -> None:
    """List rewards."""
    from hrintegrity.duties import rewards

    with reading(context) as archive:
        found = rewards.listing(archive, text=agency, district=district)
    columns = [
        ("date", "日期"),
        ("agency", "机构名称"),
        ("code", "代码"),
        ("kind", "种类"),
        ("note", "说明"),
        ("id", "编号"),
    ]
    show_rows(found, columns, form, words={"kind": INCENTIVE.chinese}, kind=rewards.RewardView)
