"""`hri recommend list`: list the recommended agencies."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import DistrictOption, Rows, YearOption, list_command, reading
from hrintegrity.cli.recommend._shared import WORDS


@list_command
def run(context: typer.Context, district: DistrictOption = None, year: YearOption = None) -> Rows:
    """List the recommended agencies."""
    from hrintegrity.duties.recommendation import entries
    from hrintegrity.duties.recommendation import listing as duty

    with reading(context) as archive:
        found = duty.listing(archive, district=district, year=year)
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "推荐区县"),
        ("kind", "性质"),
        ("grade", "等级"),
        ("total", "总分"),
        ("missing_sources", "缺少的评价方式"),
        ("priority", "优先"),
        ("eligible", "符合条件"),
        ("despite", "仍予推荐的理由"),
        ("missing", "还缺"),
        ("submitted", "报送"),
    ]
    first = ("name", "total", "eligible", "missing", "submitted")
    return Rows(found, columns, words=WORDS, kind=entries.RecommendedView, first=first)
