"""`hri archive verify`: check the archive; exit 1 where something is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, Rows, call_of, command, reading_rows
from hrintegrity.errors import UnusableError

_COLUMNS = [("where", "位置"), ("reason", "问题"), ("remedy", "怎么办")]


@command
def run(
    context: typer.Context,
    seal: Annotated[
        list[Path] | None,
        typer.Option("--seal", metavar="文件", help="再与这份封印核对；可以写几次。"),
    ] = None,
) -> Done:
    """Check the archive; exit 1 where something is damaged."""
    from hrintegrity.duties import verifying
    from hrintegrity.duties.exchange.seals import read_file

    given = [(str(path), read_file(path)) for path in seal or ()]
    try:
        with reading_rows(context) as archive:
            report = verifying.verify(archive, given)
    except UnusableError as error:
        report = verifying.unreadable(call_of(context).location, error)
    state = "完好" if report.ok else f"有 {len(report.problems)} 处问题"
    lines = [f"{problem.where}：{problem.reason}" for problem in report.problems]
    remedies = dict.fromkeys(problem.remedy for problem in report.problems if problem.remedy)
    return Done(
        report,
        f"档案库{state}；日志 {report.entries} 条，末条哈希 {report.head}。",
        lines=[*lines, *remedies],
        rows=Rows(report.problems, _COLUMNS),
        status=0 if report.ok else 1,
    )
