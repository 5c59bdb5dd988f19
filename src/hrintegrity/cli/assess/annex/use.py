"""`hri assess annex use`: take another year's categories and indicators into use."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.assess.standard._shared import FileArgument
from hrintegrity.cli.base import Done, asking_command, call_of, read_year, writing


@asking_command
def run(
    context: typer.Context,
    file: FileArgument,
    year: Annotated[
        int, typer.Option("--year", parser=read_year, metavar="年份", help="哪一年的指标。")
    ],
) -> Done:
    """Take another year's categories and indicators into use."""
    from hrintegrity.duties.assessment import annexes
    from hrintegrity.duties.assessment.standards import Standards

    with writing(context) as archive:
        found = annexes.adopt(archive, file, year=year, today=call_of(context).today)
        has_standard = Standards(archive, year).find(None) is not None
    needed = f"评分之前还要启用{year}年的评估标准（hri assess standard use）。"
    annex = found.annex
    counted = f"{len(annex.categories)} 类 {len(annex.indicators)} 项"
    return Done(
        found.as_mapping(),
        f"已启用{year}年的评估指标：{counted}。",
        () if has_standard else [needed],
    )
