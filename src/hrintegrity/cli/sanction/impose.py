"""`hri sanction impose`: impose a sanction."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    call_of,
    command,
    day,
    read_date,
    read_text,
    word,
    writing,
)
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules.titles import PLAQUE_TERM


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            parser=word(MEASURE),
            metavar="措施",
            help="约谈、曝光、通报、载入诚信档案、责令整改（视情采取，没有先后）；"
            "暂缓通过年审、注销许可证（年审中依法作出）。",
        ),
    ],
    grounds: Annotated[
        str, typer.Option("--grounds", parser=read_text, metavar="文字", help="事由：查实的行为。")
    ],
    date: RequiredDateOption,
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            parser=read_text,
            metavar="文字",
            help="所据的法律、法规及条款；年审中的须有。",
        ),
    ] = None,
    deadline: Annotated[
        dt.date | None,
        typer.Option(
            "--deadline", parser=read_date, metavar="日期", help="整改期限；责令整改须有。"
        ),
    ] = None,
    review_year: Annotated[
        int | None,
        typer.Option("--review-year", metavar="年份", help="哪一年的年审；年审中的两种须有。"),
    ] = None,
    serious: Annotated[
        bool,
        typer.Option("--serious", help="问题严重、违反法律法规，不经整改也可在年审中作出。"),
    ] = False,
    staff: Annotated[
        str | None,
        typer.Option(
            "--staff",
            metavar="编号",
            help="惩戒的是这名从业人员（前四种措施）；编号见 staff list。",
        ),
    ] = None,
    attributed: Annotated[
        bool,
        typer.Option("--attributed", help="从业人员的行为归责于机构，示范单位的称号也撤销。"),
    ] = False,
) -> Done:
    """Impose a sanction."""
    from hrintegrity.duties.sanctions import imposing

    date = day(context, date)
    with writing(context) as archive:
        imposed = imposing.impose(
            archive,
            agency,
            kind=kind,
            grounds=grounds,
            date=date,
            today=call_of(context).today,
            basis=basis,
            deadline=deadline,
            review_year=review_year,
            serious=serious,
            staff=staff,
            attributed=attributed,
        )
    found = imposed.sanction
    lost = [
        f"已撤销示范单位称号；标牌 {title.plaque} 应于 {title.recover_by} 前收回{PLAQUE_TERM}。"
        for title in imposed.titles
    ]
    whom = f"{found.agency}的{found.staff_name}" if found.staff_name else found.agency
    term = f"，期限 {found.deadline}" if found.deadline else ""
    return Done(
        found,
        f"已对{whom}作出{MEASURE.chinese(found.kind)}（{found.date}{term}）：{found.id}",
        [*lost, *imposed.warnings],
    )
