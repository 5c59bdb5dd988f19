"""The root of the command line: the options before every command, and `hri init`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity import __version__
from hrintegrity.cli._call import Call, call_of
from hrintegrity.cli._groups import RootGroup
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import DistrictOption, FormatOption, read_date, read_text, read_year
from hrintegrity.cli._output import done, warn

app = typer.Typer(
    cls=RootGroup,
    help="人力资源服务机构诚信建设：登记、检查、评估、推荐、奖惩、报告"
    "（京人社市场发〔2013〕220号）。",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hri {__version__}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    archive_location: Annotated[
        str | None,
        typer.Option(
            "--archive",
            envvar="HRI_ARCHIVE",
            metavar="路径|地址",
            help="档案库：SQLite 文件，或 postgresql+psycopg:// 地址；默认在用户数据目录。",
        ),
    ] = None,
    operator: Annotated[
        str | None,
        typer.Option(
            "--as",
            envvar="HRI_OPERATOR",
            parser=read_text,
            metavar="姓名",
            help="经办人，记入日志；默认为登录名。",
        ),
    ] = None,
    today: Annotated[
        dt.date | None,
        typer.Option(
            "--today",
            envvar="HRI_TODAY",
            parser=read_date,
            metavar="日期",
            help="当作今天的日期；默认为电脑上的日期。",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本。")
    ] = False,
) -> None:
    """Keep what every command is called with."""
    clock = dt.datetime.now().astimezone().date()
    context.obj = Call(archive_location, operator, today or clock)


@app.command("init", cls=ChineseCommand, help="建立档案库和第一年的活动。")
def init(
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
    form: FormatOption = "table",
) -> None:
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
    if made.default_dates:
        warn(f"通知没有定{made.year}年的时间，暂按通知的月日；可用 hri campaign start 更改。")
    done(
        f"已建立{names.office(made.district)}的档案库：{made.archive}，{made.year}年活动"
        f" {made.start} 至 {made.end}，{made.deadline} 前报送。",
        made,
        form,
    )
