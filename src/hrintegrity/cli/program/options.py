"""Options and arguments that several commands share, and how their words are read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrintegrity.cli.program.messages import warn
from hrintegrity.errors import LookupFailedError
from hrintegrity.text import fold

if TYPE_CHECKING:
    from hrintegrity.notice.words import Vocabulary


_today: dt.date | None = None


def judge_days_by(today: dt.date) -> None:
    """Refuse days and years more than two years after today's from now on."""
    global _today  # noqa: PLW0603 — one command a process.
    _today = today


def _latest_year() -> int | None:
    from hrintegrity.days import latest_year

    return None if _today is None else latest_year(_today)


def read_date(text: str) -> dt.date:
    """Read a day as an option value."""
    return _day(text, _latest_year())


def read_any_date(text: str) -> dt.date:
    """Read a day however far ahead: on which a term ends, or one by the real clock."""
    return _day(text, None)


def read_start(text: str) -> dt.date:
    """Read the day on which something began; a month alone is its first day, with a remark."""
    return _start(text, _latest_year())


def read_since(text: str) -> dt.date:
    """Read the day, by the real clock, from which on something is wanted, as `read_start`."""
    return _start(text, None)


def _start(text: str, latest: int | None) -> dt.date:
    from hrintegrity.days import MonthAloneError, parse_date

    try:
        return parse_date(text, latest=latest)
    except MonthAloneError as month:
        warn(f"“{text}”只写到月，按 {month.first} 算。")
        return month.first
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”{error}") from None


def _day(text: str, latest: int | None) -> dt.date:
    from hrintegrity.days import parse_date

    try:
        return parse_date(text, latest=latest)
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


def read_text(text: str) -> str:
    """Return an option's text as a cell's would be taken: what came in can always go out."""
    from hrintegrity.sheets.content import clean

    try:
        return clean(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def read_given(text: str) -> str:
    """Return an option's text, which must not be blank."""
    found = read_text(text)
    if not found:
        raise typer.BadParameter("没有写内容")
    return found


def read_place(text: str) -> str:
    """Return the code of a district that is a place: `municipal` is who is responsible, not one."""
    code = read_district(text)
    if code == "municipal":
        raise typer.BadParameter("市属机构不是一个地方；请写场所所在的区县")
    return code


def read_year(text: str) -> int:
    """Read a year that is recorded: one in which a day may lie."""
    from hrintegrity.days import refuse_year

    year = read_any_year(text)
    try:
        refuse_year(year, _latest_year())
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”{error}") from None
    return year


def read_any_year(text: str) -> int:
    """Read a year of four digits, of which what is on record is looked up."""
    if not re.fullmatch(r"[12]\d{3}", fold(text.strip())):
        raise typer.BadParameter(f"“{text}”不是四位数的年份")
    return int(fold(text))


def word(vocabulary: Vocabulary) -> Callable[[str], str]:
    """Return a reader of option values for a vocabulary: English or Chinese word."""

    def read(text: str) -> str:
        try:
            return vocabulary.parse(text)
        except ValueError as error:
            from hrintegrity.notice.words import abbreviated

            near = abbreviated(fold(text).strip(), map(vocabulary.chinese, vocabulary))
            meant = f"；是否指 {near}？" if near else ""
            raise typer.BadParameter(f"{error}{meant}") from None

    return read


def choice(name: str, vocabulary: Vocabulary, about: str = "", *, metavar: str = "") -> Any:
    """Return an option that takes the words of a vocabulary; its help names them in Chinese.

    `about` is what the help says before them.
    """
    listed = "、".join(map(vocabulary.chinese, vocabulary))
    return typer.Option(
        name,
        parser=word(vocabulary),
        metavar=metavar or vocabulary.name,
        help=f"{about}{listed}。",
    )


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader of option values that takes just these words."""

    def read(text: str) -> str:
        if text not in words:
            raise typer.BadParameter(f"只能是 {'、'.join(words)}")
        return text

    return read


def to_option(said: str, *formats: str) -> Any:
    """Return the option `--to`: the format of what is written into a folder."""
    return typer.Option("--to", parser=one_of(*formats), metavar="|".join(formats), help=said)


_AGENCY = typer.Argument(
    metavar="机构",
    help="信用代码、许可证号、全称（含曾用名）、名称中独有的一部分，或其拼音首字母。",
)
AgencyArgument = Annotated[str, _AGENCY]
AgencyOrAllArgument = Annotated[str | None, _AGENCY]
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
    int | None,
    typer.Option(
        "--year", parser=read_any_year, metavar="年份", help="哪一年的活动；默认为最近一次。"
    ),
]
DateOption = Annotated[
    dt.date | None,
    typer.Option("--date", parser=read_date, metavar="日期", help="哪一天；默认为今天。"),
]
RequiredDateOption = Annotated[
    dt.date, typer.Option("--date", parser=read_date, metavar="日期", help="哪一天。")
]
ReasonOption = Annotated[
    str | None, typer.Option("--reason", parser=read_text, metavar="文字", help="理由。")
]
RequiredReasonOption = Annotated[
    str, typer.Option("--reason", parser=read_given, metavar="文字", help="理由。")
]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")]
AllOption = Annotated[bool, typer.Option("--all", help="全部机构。")]


def output_to(kinds: str) -> Any:
    """Return the option `-o`; its help names what kinds of files it may be."""
    return typer.Option("--output", "-o", metavar="路径", help=f"写到哪里：{kinds}。")


SEVERAL = "一份的 .html、.docx 或 .pdf；几份的目录，或装订成一个 .docx、.pdf"
OutputOption = Annotated[Path, output_to(".html、.docx 或 .pdf")]
