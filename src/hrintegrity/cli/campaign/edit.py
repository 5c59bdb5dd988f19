"""`hri campaign edit`: correct an activity."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import DateOption, Done, ReasonOption, command, day, writing
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
    date: DateOption = None,
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
