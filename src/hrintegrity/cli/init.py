"""`hri init`: make an archive."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Done, call_of, command, read_text, read_year


@command
def run(
    context: typer.Context,
    district: DistrictOption = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", parser=read_year, metavar="年份", help="活动年份；默认为通知的那一年。"
        ),
    ] = None,
    leader: Annotated[
        str | None,
        typer.Option("--leader", parser=read_text, metavar="姓名", help="主管领导（四(一)）。"),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option("--department", parser=read_text, metavar="名称", help="责任部门（四(一)）。"),
    ] = None,
) -> Done:
    """Make an archive."""
    from hrintegrity.duties import offices
    from hrintegrity.notice import names

    call = call_of(context)
    made = offices.initialise(
        call.location,
        operator=call.who,
        district=district or offices.CITY,
        year=year,
        leader=leader,
        department=department,
    )
    warnings = []
    if made.default_dates:
        warnings.append(
            f"通知没有定{made.year}年的时间，暂按通知的月日；可用 hri campaign start 更改。"
        )
    return Done(
        made,
        f"已建立{names.office(made.district)}的档案库：{made.archive}，{made.year}年活动"
        f" {made.start} 至 {made.end}，{made.deadline} 前报送。",
        warnings,
    )
