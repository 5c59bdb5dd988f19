"""`hri inspect form`: print the record to be filled in and signed on the spot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    SEVERAL,
    AgenciesArgument,
    AllOption,
    DistrictOption,
    Done,
    ForceOption,
    YearOption,
    call_of,
    command,
    output_to,
    reading,
    ready_to_sign,
    to_option,
)


@command
def run(
    context: typer.Context,
    output: Annotated[Path, output_to(SEVERAL)],
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    to: Annotated[
        str | None,
        to_option("写到目录时用什么格式；默认 docx。", "html", "docx", "pdf"),
    ] = None,
    district: DistrictOption = None,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Print the record to be filled in and signed on the spot."""
    from hrintegrity.duties import papers, printing
    from hrintegrity.duties.inspection import forms

    with reading(context) as archive:
        found = forms.blank_forms(
            archive,
            agencies or [],
            everyone=every,
            district=district,
            year=year,
            templates=call_of(context).templates,
        )
    where = printing.place(output, to, alone=len(found) == 1, default=".docx")
    names = [papers.file_name(one.code, one.name, where.suffix) for one in found]
    targets = where.targets(names)
    where.check(targets, force=force)
    pairs = [(one.paper, target) for one, target in zip(found, targets, strict=True)]
    ready_to_sign(context)
    printing.write_each(pairs, where, force=force)
    record = [
        {"id": one.id, "code": one.code, "name": one.name, "written": str(target)}
        for one, target in zip(found, targets, strict=True)
    ]
    message = f"已写出检查记录表 {len(found)} 份：{output}"
    return Done(record if where.folder or where.bound else record[0], message)
