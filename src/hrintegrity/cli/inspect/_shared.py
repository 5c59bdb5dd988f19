"""What several commands of `hri inspect` share."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import read_any_year

ListAgencyArgument = Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")]

ListYearOption = Annotated[
    int | None,
    typer.Option(
        "--year", parser=read_any_year, metavar="年份", help="只看有活动的这一年；默认都看。"
    ),
]

GapArgument = Annotated[
    str, typer.Argument(metavar="编号", help="缺项的编号，见 hri inspect list；末8位也行。")
]
