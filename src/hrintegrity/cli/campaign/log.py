"""`hri campaign log`: log an activity."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    RequiredDateOption,
    YearOption,
    command,
    day,
    writing,
)
from hrintegrity.cli.campaign._shared import (
    ActivityKind,
    AgenciesOption,
    AttachOption,
    FormOfOption,
    MediaOption,
    NoteOption,
    PeopleOption,
    WithOption,
    written,
)


@command
def run(
    context: typer.Context,
    kind: Annotated[str, ActivityKind],
    date: RequiredDateOption,
    title: Annotated[str, typer.Option("--title", metavar="名称", help="活动名称。")],
    people: PeopleOption = None,
    agencies: AgenciesOption = None,
    media: MediaOption = None,
    form_of: FormOfOption = None,
    partners: WithOption = None,
    note: NoteOption = None,
    attach: AttachOption = None,
    district: DistrictOption = None,
    year: YearOption = None,
) -> Done:
    """Log an activity."""
    from hrintegrity.duties.campaign import activities

    with writing(context) as archive:
        logged = activities.log(
            archive,
            kind=kind,
            date=day(context, date),
            title=title,
            people=people,
            agencies=agencies,
            media=media,
            note=note,
            form=form_of,
            partners=partners,
            attach=attach or [],
            district=district,
            year=year,
        )
    return written(logged, "已登记")
