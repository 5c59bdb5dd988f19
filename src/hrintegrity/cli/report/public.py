"""`hri report public`: write the disclosure page, the table and the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AllowOption,
    Done,
    ForceOption,
    allowed,
    altered_warnings,
    call_of,
    command,
    reading,
)
from hrintegrity.cli.base.progress_bar import counting


@command
def run(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="目录", help="写到哪个目录。")],
    allow: AllowOption = None,
    force: ForceOption = False,
) -> Done:
    """Write the disclosure page, the table and the database."""
    from hrintegrity.duties.disclosure import publishing

    today = call_of(context).today
    with reading(context) as archive, counting("公开") as progress:
        found = publishing.publish(
            archive,
            output,
            allowed(allow, today),
            today=today,
            force=force,
            progress=progress,
        )
    return Done(
        found,
        f"已公开 {found.agencies} 家机构、{found.events} 条记录：{output / 'index.html'}",
        altered_warnings(found.altered, found.altered_agencies),
    )
