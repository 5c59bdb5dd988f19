"""The root of the command line: the options before every command, and the folder of all others."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Annotated, Any

import typer
from typer.main import get_command

from hrintegrity import __version__
from hrintegrity.archive import passphrases
from hrintegrity.cli.program.call import Call, ask_passphrase
from hrintegrity.cli.program.groups import RootGroup
from hrintegrity.cli.program.options import judge_days_by, read_any_date, read_text
from hrintegrity.protection import guard

_LAST_YEAR = 2999

app = typer.Typer(
    cls=RootGroup,
    help="人力资源服务机构诚信建设：登记、检查、评估、推荐、奖惩、报告"
    "（京人社市场发〔2013〕220号）。",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)


@cache
def program() -> Any:
    """Return the command line as Typer runs it."""
    return get_command(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hri {__version__}")
        raise typer.Exit


def _read_today(text: str) -> dt.date:
    """Read the day that counts as today; from one at the end of all days no term can be counted."""
    today = read_any_date(text)
    if today.year > _LAST_YEAR:
        raise typer.BadParameter(f"“{text}”太远，应不晚于 {_LAST_YEAR} 年")
    return today


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
            parser=_read_today,
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
    judge_days_by(today or clock)
    call = Call(archive_location, operator, today or clock)
    context.obj = call
    # Also a command that does not open the archive must not write over it.
    guard(lambda: call.location.own_files())  # noqa: PLW0108 — the place is looked up when asked.
    passphrases.begin_command(ask_passphrase)
    if context.invoked_subcommand is None:
        from hrintegrity.cli.program.first import first_steps
        from hrintegrity.cli.program.messages import say

        for line in first_steps(context.obj):
            say(line)
