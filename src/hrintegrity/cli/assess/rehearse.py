"""`hri assess rehearse`: this year's scores under a draft standard, nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.assess._shared import WORDS
from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    YearOption,
    call_of,
    list_command,
    reading,
    two_places,
)


@list_command
def run(
    context: typer.Context,
    standard: Annotated[
        Path, typer.Option("--standard", metavar="文件.yaml", help="拟用的评估标准。")
    ],
    district: DistrictOption = None,
    year: YearOption = None,
) -> Rows:
    """Show this year's scores under a draft standard."""
    from hrintegrity.duties.assessment import rehearsing

    with reading(context) as archive:
        found = rehearsing.rehearse(
            archive, standard, district=district, year=year, today=call_of(context).today
        )
    moved = sum(one.band != one.then_band for one in found.rows)
    said = f"按“{found.standard}”试算 {len(found.rows)} 家，{moved} 家等次变化；什么都没有写入。"
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("total", "现在的总分"),
        ("band", "现在的等次"),
        ("then_total", "试算的总分"),
        ("then_band", "试算的等次"),
        ("missing_sources", "缺少的评价方式"),
    ]
    return Rows(
        found.rows,
        columns,
        words={**WORDS, "then_total": two_places},
        kind=rehearsing.Rehearsed,
        first=("name", "total", "band", "then_total", "then_band", "missing_sources"),
        head=[said],
        warnings=found.warnings,
    )
