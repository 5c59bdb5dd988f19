"""`hri assess`: the work list, where no command is given."""

from __future__ import annotations

import typer

from hrintegrity.cli.assess._shared import WORDS, without_one_district
from hrintegrity.cli.base import (
    Columns,
    DistrictOption,
    Rows,
    YearOption,
    call_of,
    list_command,
    reading,
)


@list_command
def run(context: typer.Context, district: DistrictOption = None, year: YearOption = None) -> Rows:
    """Show how far each agency's assessment is."""
    from hrintegrity.duties.assessment import roster

    with reading(context) as archive:
        found = roster.work_list(
            archive, today=call_of(context).today, district=district, year=year
        )
    columns: Columns = [
        ("code", "代码"),
        ("name", "机构名称"),
        ("district", "区县"),
        ("sheets", "评分表"),
        ("status", "进度"),
        ("total", "总分"),
        ("band", "等次"),
    ]
    columns = without_one_district(columns, found)
    first = ("code", "name", "sheets", "status", "total", "band")
    return Rows(found, columns, words=WORDS, kind=roster.WorkItem, first=first)
