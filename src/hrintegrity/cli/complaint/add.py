"""`hri complaint add`: enter a complaint."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    call_of,
    command,
    day,
    read_date,
    read_given,
    writing,
)
from hrintegrity.cli.complaint._shared import (
    ByOption,
    ChannelOption,
    ContactOption,
    DueOption,
    KindOption,
    NameOption,
)
from hrintegrity.notice.words import COMPLAINT_KIND


@command
def run(
    context: typer.Context,
    received: Annotated[
        dt.date, typer.Option("--received", parser=read_date, metavar="日期", help="受理日期。")
    ],
    channel: Annotated[str, ChannelOption],
    subject: Annotated[
        str,
        typer.Option(
            "--subject", parser=read_given, metavar="文字", help="事由；不要写投诉人的姓名电话。"
        ),
    ],
    agency: Annotated[
        str | None, typer.Argument(metavar="机构", help="哪家机构；意见建议可以不写。")
    ] = None,
    kind: Annotated[str, KindOption] = "complaint",
    by: ByOption = None,
    due: DueOption = None,
    name: NameOption = None,
    contact: ContactOption = None,
    district: DistrictOption = None,
) -> Done:
    """Enter a complaint."""
    from hrintegrity.duties.complaints import cases

    with writing(context) as archive:
        found, warnings = cases.add(
            archive,
            agency,
            received=day(context, received),
            channel=channel,
            subject=subject,
            kind=kind,
            by=by,
            due=due,
            today=call_of(context).today,
            name=name,
            contact=contact,
            district=district,
        )
    about = f"对{found.agency}的" if found.agency else ""
    what = f"{about}{COMPLAINT_KIND.chinese(found.kind)}"
    message = f"已登记{what}，编号 {found.id}，限 {found.due} 前办结。"
    return Done(found, message, warnings)
