"""What several commands of `hri complaint` share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import choice, read_any_date, read_text
from hrintegrity.notice.words import CHANNEL, COMPLAINANT, COMPLAINT_KIND, OUTCOME

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="编号见 hri complaint list；末8位也行。")
]

ChannelOption = choice("--channel", CHANNEL)

KindOption = choice("--kind", COMPLAINT_KIND)

NameOption = Annotated[
    str | None,
    typer.Option("--from", parser=read_text, metavar="姓名", help="投诉人；单独存放，可以删除。"),
]

ContactOption = Annotated[
    str | None,
    typer.Option("--contact", parser=read_text, metavar="文字", help="联系方式；单独存放。"),
]

ByOption = Annotated[
    str | None,
    choice("--by", COMPLAINANT),
]

DueOption = Annotated[
    dt.date | None,
    typer.Option(
        "--due", parser=read_any_date, metavar="日期", help="办理期限；默认按评估标准的办理天数。"
    ),
]

COLUMNS = [
    ("received", "受理日期"),
    ("kind", "类型"),
    ("channel", "渠道"),
    ("agency", "机构名称"),
    ("subject", "事由"),
    ("closed", "办结日期"),
    ("outcome", "结果"),
    ("id", "编号"),
]

WORDS: dict[str, Any] = {
    "channel": CHANNEL.chinese,
    "kind": COMPLAINT_KIND.chinese,
    "by": COMPLAINANT.chinese,
    "outcome": OUTCOME.chinese,
}
