"""`hri inspect form`: print the record to be filled in and signed on the spot."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgenciesArgument,
    AllOption,
    DistrictOption,
    Done,
    ForceOption,
    OutputOption,
    YearOption,
    call_of,
    command,
    one_of,
    reading,
)
from hrintegrity.errors import UsageError


@command
def run(
    context: typer.Context,
    output: OutputOption,
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            parser=one_of("html", "docx", "pdf"),
            metavar="html|docx|pdf",
            help="写到目录时用什么格式；默认 docx。",
        ),
    ] = "docx",
    district: DistrictOption = None,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Print the record to be filled in and signed on the spot."""
    from hrintegrity.documents import SUFFIXES, write_paper
    from hrintegrity.duties import papers
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
    as_file = output.suffix.lower() in SUFFIXES and not output.is_dir()
    if as_file and len(found) > 1:
        raise UsageError(
            "not-a-folder", f"几份检查记录表不能写成一个文件：{output}", "请给出目录，如 -o 检查。"
        )
    names = [papers.file_name(one.code, one.name, f".{to}") for one in found]
    targets = [output] if as_file else [output / name for name in names]
    papers.check_targets(targets, output, as_file=as_file, force=force)
    for one, target in zip(found, targets, strict=True):
        write_paper(one.paper, target, force=force)
    record = [
        {"id": one.id, "code": one.code, "name": one.name, "written": str(target)}
        for one, target in zip(found, targets, strict=True)
    ]
    return Done(record[0] if as_file else record, f"已写出检查记录表 {len(found)} 份：{output}")
