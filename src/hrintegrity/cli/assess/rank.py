"""`hri assess rank`: show the ranking."""

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
    """Show the ranking."""
    from hrintegrity.duties.assessment import ranking

    with reading(context) as archive:
        found = ranking.ranking(archive, today=call_of(context).today, district=district, year=year)
    warnings = []
    if len(found.standards) > 1:
        warnings.append(f"总分出自不同的评估标准，不宜直接相比：{'、'.join(found.standards)}")
    columns: Columns = [
        ("rank", "名次"),
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "区县"),
        ("total", "总分"),
        ("band", "等次"),
        ("status", "进度"),
        ("missing_sources", "缺少的评价方式"),
    ]
    if len(found.standards) > 1:
        columns = [*columns, ("standard", "评估标准")]
    columns = without_one_district(columns, found.rows)
    return Rows(
        found.rows,
        columns,
        words=WORDS,
        kind=ranking.Ranked,
        first=("rank", "name", "total", "band", "status", "missing_sources"),
        warnings=warnings,
    )
