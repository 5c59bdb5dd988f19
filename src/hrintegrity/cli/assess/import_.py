"""`hri assess import`: return where rows of score sheets go."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import YearOption, call_of, import_command


@import_command(on_duplicate="update", held="同一评价人已有评分表的：报错、跳过或更新（默认）。")
def run(context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where rows of score sheets go."""
    from hrintegrity.duties.assessment import scores_table

    return scores_table.ScoreRows(archive, year=year, today=call_of(context).today)
