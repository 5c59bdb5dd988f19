"""`hri assess sheets`: list the score sheets."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    YearOption,
    list_command,
    reading,
    source_word,
)
from hrintegrity.notice.records import kind


@list_command
def run(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    district: DistrictOption = None,
    year: YearOption = None,
) -> Rows:
    """List the score sheets."""
    from hrintegrity.duties.assessment import discarding

    with reading(context) as archive:
        found = discarding.listing(archive, agency, year=year, district=district)
    sheet = kind("score_sheet")
    columns = [
        ("agency", "机构名称"),
        ("code", "代码"),
        *((name, sheet[name].heading) for name in ("source", "rater", "date")),
        ("total", "合计"),
        ("id", "编号"),
    ]
    words = {"source": source_word}
    return Rows(
        found,
        columns,
        words=words,
        kind=discarding.SheetLine,
        first=("agency", "source", "rater", "total"),
    )
