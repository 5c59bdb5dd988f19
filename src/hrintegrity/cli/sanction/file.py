"""`hri sanction file`: the case file of a sanction, or of all about an agency."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, call_of, command, reading


@command
def run(
    context: typer.Context,
    sanction: Annotated[
        str, typer.Argument(metavar="编号", help="惩戒的编号或文号；或机构，写出它的全部案卷。")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="文件.zip", help="写到哪里。")],
    force: ForceOption = False,
) -> Done:
    """Write the case file of a sanction, or of all about an agency."""
    from hrintegrity.duties.sanctions import case_file

    call = call_of(context)
    case_file.check_target(output, force=force)
    with reading(context) as archive:
        found = case_file.write(
            archive, sanction, output, today=call.today, force=force, templates=call.templates
        )
    lacking = [f"缺少：{what}。" for what in found.missing]
    return Done(found, f"已写出案卷 {len(found.papers)} 份材料：{output}", lacking)
