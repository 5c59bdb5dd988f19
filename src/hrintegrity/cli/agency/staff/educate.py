"""`hri agency staff educate`: record integrity education of practitioners."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, RequiredDateOption, command, day, read_text, writing


@command
def run(
    context: typer.Context,
    date: RequiredDateOption,
    people: Annotated[
        list[str] | None,
        typer.Argument(metavar="人员编号", help="编号见 hri agency staff list；末8位也行。"),
    ] = None,
    everyone_at: Annotated[
        str | None, typer.Option("--all", metavar="机构", help="这家机构在岗的全部人员。")
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", parser=read_text, metavar="名称", help="培训的名称。"),
    ] = None,
) -> Done:
    """Record integrity education of practitioners."""
    from hrintegrity.duties.people import education

    with writing(context) as archive:
        found, warnings = education.educate(
            archive, people or [], date=day(context, date), everyone_at=everyone_at, title=title
        )
    return Done(found, f"已登记 {len(found)} 人于 {found[0].date} 接受诚信教育。", warnings)
