"""`hri agency review`: record the result of an annual review."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    choice,
    command,
    day,
    read_year,
    writing,
)
from hrintegrity.notice.words import REVIEW_RESULT


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    year: Annotated[
        int, typer.Option("--year", parser=read_year, metavar="年份", help="哪一年度的年审。")
    ],
    result: Annotated[
        str,
        choice("--result", REVIEW_RESULT),
    ],
    date: RequiredDateOption,
) -> Done:
    """Record the result of an annual review."""
    from hrintegrity.duties import compliance

    with writing(context) as archive:
        found, warnings = compliance.review(
            archive, agency, year=year, result=result, date=day(context, date)
        )
    word_of = REVIEW_RESULT.chinese(found.result)
    return Done(
        found, f"已登记{found.name}{found.year}年度年审：{word_of}（{found.date}）。", warnings
    )
