"""Options and arguments that several commands share, and how their words are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.errors import LookupFailedError
from hrintegrity.text import parse_date

if TYPE_CHECKING:
    from hrintegrity.notice.words import Vocabulary


def read_date(text: str) -> dt.date:
    """Read a day as an option value."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”{error}") from None


def read_district(text: str) -> str:
    """Return the code of the district that `text` names. Raises LookupFailedError."""
    from hrintegrity.notice.districts import find_district

    try:
        return find_district(text).code
    except ValueError as error:
        raise LookupFailedError(
            "district-unknown", str(error), "区县名称见《推荐名额分配表》（附件2），如 朝阳区。"
        ) from None


def word(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Return a reader of option values for a vocabulary: English or Chinese word."""

    def read(text: str) -> str:
        try:
            return vocabulary.parse(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader of option values that takes just these words."""

    def read(text: str) -> str:
        if text not in words:
            raise typer.BadParameter(f"只能是 {'、'.join(words)}")
        return text

    return read


AgencyArgument = Annotated[
    str,
    typer.Argument(
        metavar="机构", help="信用代码、许可证号、全称（含曾用名）或名称中独有的一部分。"
    ),
]
AgenciesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="机构", help="一家或几家机构。")
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        parser=one_of("table", "json", "csv"),
        metavar="table|json|csv",
        help="输出格式。",
    ),
]
DistrictOption = Annotated[
    str | None,
    typer.Option("--district", parser=read_district, metavar="区县", help="区县名称或代码。"),
]
YearOption = Annotated[
    int | None, typer.Option("--year", metavar="年份", help="哪一年的活动；默认为最近一次。")
]
DateOption = Annotated[
    dt.date | None,
    typer.Option("--date", parser=read_date, metavar="日期", help="哪一天；默认为今天。"),
]
RequiredDateOption = Annotated[
    dt.date, typer.Option("--date", parser=read_date, metavar="日期", help="哪一天。")
]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="文字", help="理由。")]
RequiredReasonOption = Annotated[str, typer.Option("--reason", metavar="文字", help="理由。")]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")]
AllOption = Annotated[bool, typer.Option("--all", help="全部机构。")]
OutputOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="路径", help="写到哪里；后缀决定格式。")
]
