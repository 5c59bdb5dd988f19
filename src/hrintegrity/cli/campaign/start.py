"""`hri campaign start`: start a campaign."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, command, read_any_date, read_date, read_year, writing


@command
def run(
    context: typer.Context,
    year: Annotated[
        int, typer.Option("--year", parser=read_year, metavar="年份", help="活动年份。")
    ],
    first: Annotated[
        dt.date, typer.Option("--from", parser=read_date, metavar="日期", help="活动第一天。")
    ],
    last: Annotated[
        dt.date, typer.Option("--to", parser=read_date, metavar="日期", help="活动最后一天。")
    ],
    deadline: Annotated[
        dt.date,
        typer.Option(
            "--deadline", parser=read_any_date, metavar="日期", help="报送期限，当日算在内。"
        ),
    ],
) -> Done:
    """Start a campaign."""
    from hrintegrity.duties.campaign import months

    with writing(context) as archive:
        found = months.start(archive, year=year, first=first, last=last, deadline=deadline)
    what = "已更改" if found.changed else "已登记"
    return Done(
        found,
        f"{what}{found.year}年的活动：{found.start} 至 {found.end}，{found.deadline} 前报送。",
    )
