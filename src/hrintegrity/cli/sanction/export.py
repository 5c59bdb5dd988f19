"""`hri sanction export`: export what was not reported yet to one of the two systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, call_of, choice, command, writing
from hrintegrity.notice.words import REPORT_SYSTEM


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help=".xlsx 或 .csv 文件。")],
    system: Annotated[
        str,
        choice("--system", REPORT_SYSTEM, metavar="market|credit"),
    ],
    every: Annotated[bool, typer.Option("--all", help="已报送过的也写出，编号不变。")] = False,
    force: ForceOption = False,
) -> Done:
    """Export what was not reported yet; mark it once the file is safely on disk."""
    from hrintegrity.duties.sanctions import reports

    call = call_of(context)
    reports.check_target(file, force=force)
    with writing(context) as archive:
        batch = reports.prepare(archive, system, again=every)
    written = reports.write(batch, file, force=force)
    with writing(context) as archive:
        reports.mark(archive, batch, call.today)
    again = f"（其中 {written.repeated} 条以前写出过，编号不变）" if written.repeated else ""
    return Done(written, f"已写出 {written.records} 条{again}：{file}")
