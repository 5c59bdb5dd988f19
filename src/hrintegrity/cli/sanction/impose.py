"""`hri sanction impose`: impose a sanction."""

from __future__ import annotations

import datetime as dt
import re
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
    read_given,
    read_text,
    writing,
)
from hrintegrity.cli.sanction._kinds import (
    DeadlineOption,
    NotifiedKindOption,
    ReviewYearOption,
    StaffOption,
)
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules.titles import LOST, PLAQUE_TERM

_MOMENT = re.compile(r"(.+?)[ T]?\s*(\d{1,2})(?:[:：](\d{2})|[时点](?:(\d{1,2})分)?)")


def read_moment(text: str) -> dt.datetime:
    """Read a day and a time, `2013-10-25 09:30`."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"“{text}”不是日期和时间，例如 2013-10-25 09:30")
    on, hour, minute, said = found.groups()
    date = read_date(on.strip())
    try:
        return dt.datetime.combine(date, dt.time(int(hour), int(minute or said or 0)))
    except ValueError:
        raise typer.BadParameter(f"“{text}”没有这个时间") from None


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    kind: NotifiedKindOption = None,
    grounds: Annotated[
        str | None,
        typer.Option(
            "--grounds", parser=read_text, metavar="文字", help="查实的事实；已事先告知的可不写。"
        ),
    ] = None,
    evidence: Annotated[
        str | None,
        typer.Option("--evidence", parser=read_text, metavar="文字", help="证明事实的证据。"),
    ] = None,
    violated: Annotated[
        str | None,
        typer.Option("--violated", parser=read_text, metavar="文字", help="违反了哪些规定。"),
    ] = None,
    basis: Annotated[
        str | None,
        typer.Option(
            "--basis",
            parser=read_text,
            metavar="文字",
            help="所依据的法律、法规及条款；年审中的须有。",
        ),
    ] = None,
    deadline: DeadlineOption = None,
    review_year: ReviewYearOption = None,
    serious: Annotated[
        bool,
        typer.Option(
            "--serious",
            help="问题严重、违反法律法规：不经整改也可在年审中作出，公布的期限也较长。",
        ),
    ] = False,
    staff: StaffOption = None,
    attributed: Annotated[
        bool,
        typer.Option("--attributed", help="从业人员的行为归责于机构，示范单位的称号也失去。"),
    ] = False,
    place: Annotated[
        str | None,
        typer.Option("--place", parser=read_given, metavar="文字", help="约谈的地点。"),
    ] = None,
    at: Annotated[
        dt.datetime | None,
        typer.Option("--at", parser=read_moment, metavar="日期 时间", help="约谈的时间。"),
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope",
            parser=read_given,
            metavar="文字",
            help="曝光、通报的范围和方式，例如 本区各人力资源服务机构。",
        ),
    ] = None,
    notified: Annotated[
        str | None,
        typer.Option("--notified", metavar="编号", help="先前的事先告知：编号或文号。"),
    ] = None,
) -> Done:
    """Impose a sanction."""
    from hrintegrity.duties.sanctions import imposing

    order = imposing.SanctionRequest(
        date=day(context, date),
        kind=kind,
        grounds=grounds,
        evidence=evidence,
        violated=violated,
        basis=basis,
        deadline=deadline,
        review_year=review_year,
        serious=serious,
        staff=staff,
        attributed=attributed,
        place=place,
        appointed=at,
        notified=notified,
        scope=scope,
    )
    with writing(context) as archive:
        imposed = imposing.impose(archive, agency, order, today=call_of(context).today)
    found = imposed.sanction
    lost = [
        f"示范单位{LOST[title.state]}；标牌 {title.plaque} 应于 {title.recover_by} 前收回"
        f"{PLAQUE_TERM}。"
        for title in imposed.titles
    ]
    whom = f"{found.agency}的{found.staff_name}" if found.staff_name else found.agency
    term = f"，期限 {found.deadline}" if found.deadline else ""
    return Done(
        found,
        f"已对{whom}作出{MEASURE.chinese(found.kind)}（{found.date}{term}）：{found.id}",
        [*lost, *imposed.warnings],
    )
