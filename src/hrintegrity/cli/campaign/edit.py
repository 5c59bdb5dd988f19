"""`hri campaign edit`: correct an activity."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ReasonOption, command, day, read_date, writing
from hrintegrity.cli.campaign._shared import (
    ActivityKind,
    AgenciesOption,
    AttachOption,
    FormOfOption,
    IdArgument,
    MediaOption,
    NoteOption,
    PeopleOption,
    WithOption,
    written,
)


@command
def run(
    context: typer.Context,
    record: IdArgument,
    kind: Annotated[str | None, ActivityKind] = None,
    date: Annotated[
        dt.date | None,
        typer.Option("--date", parser=read_date, metavar="日期", help="活动日期；不写的不改。"),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="名称", help="活动名称。")] = None,
    people: PeopleOption = None,
    agencies: AgenciesOption = None,
    media: MediaOption = None,
    form_of: FormOfOption = None,
    partners: WithOption = None,
    note: NoteOption = None,
    attach: AttachOption = None,
    reason: ReasonOption = None,
) -> Done:
    """Correct an activity."""
    from hrintegrity.duties.campaign import activities

    with writing(context) as archive:
        edited = activities.edit(
            archive,
            record,
            reason=reason,
            attach=attach or [],
            kind=kind,
            date=None if date is None else day(context, date),
            title=title,
            people=people,
            agencies=agencies,
            media=media,
            note=note,
            form=form_of,
            partners=partners,
        )
    return written(edited, "已更正")
