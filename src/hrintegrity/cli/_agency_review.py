"""`hri agency review`, `penalty` and `records`: abiding by the law (三(六)1)."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli._call import day, reading, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    AgencyArgument,
    FormatOption,
    RequiredDateOption,
    read_given,
    read_year,
    word,
)
from hrintegrity.cli._output import done, show_rows, warn
from hrintegrity.notice.words import REVIEW_RESULT


def register(app: typer.Typer) -> None:
    """Add the commands to `hri agency`."""
    app.command("review", cls=ChineseCommand, help="登记年审结果。")(review)
    app.command("penalty", cls=ChineseCommand, help="登记任何机关作出的行政处罚。")(penalty)
    app.command(
        "records", cls=ChineseCommand, help="一家机构的各项登记及其编号，供更正、撤去时用。"
    )(records)


def review(
    context: typer.Context,
    agency: AgencyArgument,
    year: Annotated[
        int, typer.Option("--year", parser=read_year, metavar="年份", help="哪一年度的年审。")
    ],
    result: Annotated[
        str,
        typer.Option(
            "--result",
            parser=word(REVIEW_RESULT),
            metavar="结果",
            help="passed 通过、deferred 暂缓通过或 failed 未通过。",
        ),
    ],
    date: RequiredDateOption,
    form: FormatOption = "table",
) -> None:
    """Record the result of an annual review."""
    from hrintegrity.duties import compliance

    with writing(context) as archive:
        found, warnings = compliance.review(
            archive, agency, year=year, result=result, date=day(context, date)
        )
    for warning in warnings:
        warn(warning)
    word_of = REVIEW_RESULT.chinese(found.result)
    done(f"已登记{found.name}{found.year}年度年审：{word_of}（{found.date}）。", found, form)


def penalty(
    context: typer.Context,
    agency: AgencyArgument,
    authority: Annotated[
        str,
        typer.Option("--authority", parser=read_given, metavar="机关", help="处罚机关。"),
    ],
    basis: Annotated[
        str,
        typer.Option("--basis", parser=read_given, metavar="文字", help="处罚的依据和事由。"),
    ],
    date: RequiredDateOption,
    form: FormatOption = "table",
) -> None:
    """Record an administrative penalty."""
    from hrintegrity.duties import compliance

    with writing(context) as archive:
        found, warnings = compliance.penalise(
            archive, agency, authority=authority, basis=basis, date=day(context, date)
        )
    for warning in warnings:
        warn(warning)
    done(f"已登记{found.name}受{found.authority}行政处罚（{found.date}）。", found, form)


def records(context: typer.Context, agency: AgencyArgument, form: FormatOption = "table") -> None:
    """List an agency's records with their ids."""
    from hrintegrity.duties import withdrawal

    with reading(context) as archive:
        found = withdrawal.of_agency(archive, agency)
    columns = [("date", "日期"), ("what", "类别"), ("text", "内容"), ("id", "编号")]
    words = {"what": lambda what: withdrawal.WHAT[what][1]}
    show_rows(found, columns, form, words=words, kind=withdrawal.EntryView)
