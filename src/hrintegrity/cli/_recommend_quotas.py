"""`hri recommend quotas`: the places of a year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import FormatOption, YearOption
from hrintegrity.cli._output import done, say, show_json, show_rows

app = typer.Typer(
    cls=ChineseGroup,
    help="推荐名额：2013年的见附件2，其他年度的用文件采用。",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command("show", cls=ChineseCommand, help="一年的推荐名额。")
def show(context: typer.Context, year: YearOption = None, form: FormatOption = "table") -> None:
    """Show the quotas in use."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.recommendation import quotas
    from hrintegrity.notice.districts import BY_CODE

    with reading(context) as archive:
        # Places are set before the campaign of their year is started.
        found = quotas.in_use(archive, year or offices.campaign(archive, None).year)
    if form == "json":
        show_json(found)
        return
    rows = [
        {"district": code, "district_name": BY_CODE[code].name, "quota": quota}
        for code, quota in found.quotas.items()
    ]
    if form == "table":
        whose = "通知附件2" if found.adopted is None else f"{found.adopted} 采用"
        say(f"{found.year}年推荐名额（{whose}），合计 {found.total}")
    show_rows(rows, [("district_name", "推荐范围"), ("quota", "推荐名额")], form)


@app.command("use", cls=ChineseCommand, help="采用另一年的名额；十八个单位缺一或合计不符的不收。")
def use(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件.yaml", help="YAML 文件。")],
    form: FormatOption = "table",
) -> None:
    """Take another year's quotas."""
    from hrintegrity.duties.recommendation import quotas

    with writing(context) as archive:
        found = quotas.adopt(archive, file, today=call_of(context).today)
    done(f"{found.year}年的推荐名额合计 {found.total}，已采用。", found, form)
