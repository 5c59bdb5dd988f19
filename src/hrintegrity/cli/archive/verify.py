"""`hri archive verify`: check the archive; exit 1 where something is damaged."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, Rows, call_of, command, reading
from hrintegrity.errors import UnusableError


@command
def run(context: typer.Context) -> Done:
    """Check the archive; exit 1 where something is damaged."""
    from hrintegrity.duties import upkeep

    try:
        with reading(context) as archive:
            report = upkeep.verify(archive)
    except UnusableError as error:
        report = upkeep.unreadable(call_of(context).location, error)
    state = "完好" if report.ok else f"有 {len(report.problems)} 处问题"
    return Done(
        report,
        f"档案库{state}；日志 {report.entries} 条，末条哈希 {report.head}。",
        lines=[f"{problem.where}：{problem.reason}" for problem in report.problems],
        rows=Rows(report.problems, [("where", "位置"), ("reason", "问题")]),
        status=0 if report.ok else 1,
    )
