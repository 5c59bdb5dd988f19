"""`hri complaint edit`: correct an open complaint."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    RequiredReasonOption,
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
    IdArgument,
    KindOption,
    NameOption,
)


@command
def run(
    context: typer.Context,
    case: IdArgument,
    reason: RequiredReasonOption,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="机构", help="哪家机构。")
    ] = None,
    received: Annotated[
        dt.date | None,
        typer.Option("--received", parser=read_date, metavar="日期", help="受理日期。"),
    ] = None,
    channel: Annotated[
        str | None,
        ChannelOption,
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject", parser=read_given, metavar="文字", help="事由；不要写投诉人的姓名电话。"
        ),
    ] = None,
    kind: Annotated[
        str | None,
        KindOption,
    ] = None,
    by: ByOption = None,
    due: DueOption = None,
    name: NameOption = None,
    contact: ContactOption = None,
) -> Done:
    """Correct an open complaint."""
    from hrintegrity.duties.complaints import cases

    if received is not None:
        day(context, received)
    with writing(context) as archive:
        found, warnings = cases.edit(
            archive,
            case,
            reason=reason,
            agency=agency,
            received=received,
            channel=channel,
            subject=subject,
            kind=kind,
            by=by,
            due=due,
            today=call_of(context).today,
            name=name,
            contact=contact,
        )
    about = f"{found.received} {found.agency or '（无机构）'} {found.subject}"
    return Done(found, f"已更正：{about}。", warnings)
