"""`hri assess notice`: number and write the notices of concluded assessments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.assess._shared import named_or_all, passed_over
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
    progress,
    reading,
    writing,
)
from hrintegrity.errors import UsageError


@command
def run(
    context: typer.Context,
    output: OutputOption,
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            parser=one_of("html", "docx", "pdf"),
            metavar="html|docx|pdf",
            help="写到目录时用什么格式；默认 html。",
        ),
    ] = None,
    district: DistrictOption = None,
    year: YearOption = None,
    slip: Annotated[
        bool, typer.Option("--slip", help="同时写出送达回证，与告知书放在一起。")
    ] = False,
    force: ForceOption = False,
) -> Done:
    """Number and write the notices of concluded assessments."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.assessment import notices, service

    named_or_all(agencies, every)
    call = call_of(context)
    as_file = _is_file(output, to, alone=not every and len(agencies or []) == 1)
    suffix = output.suffix.lower() if as_file else f".{to or 'html'}"
    if as_file:
        papers.check_format(output)
    with writing(context) as archive:
        if every:
            issued = notices.issue_all(
                archive,
                district=district,
                year=year,
                today=call.today,
                templates=call.templates,
                suffix=suffix,
                progress=progress("编号"),
            )
        else:
            issued = notices.issue(
                archive,
                agencies or [],
                year=year,
                today=call.today,
                templates=call.templates,
                suffix=suffix,
            )
        files = [papers.file_name(n.number, n.name, suffix) for n in issued.notices]
        targets = [output] if as_file else [output / name for name in files]
        slips = [_slip_beside(target) for target in targets] if slip else []
        papers.check_targets([*targets, *slips], output, as_file=as_file, force=force)
        if slip:
            service.check_slip(call.templates)
    with reading(context) as archive:
        written, left_out = notices.print_each(
            archive, issued.notices, targets, force=force, progress=progress("写出")
        )
        if slip:
            printed = [(n, path) for n, path in zip(issued.notices, slips, strict=True)
                       if n.code not in left_out]  # fmt: skip
            service.print_slips(archive, printed, force=force, templates=call.templates)
    names = issued.names | {n.code: n.name for n in issued.notices}
    warnings = [
        *passed_over(issued.not_concluded, names, "尚未评定，没有告知书"),
        *passed_over(issued.not_register, names, "的区县不在本档案库编号，没有告知书"),
        *passed_over(issued.unprintable + left_out, names, "的告知书里有字体没有的字，没有印出"),
        *issued.warnings,
    ]
    again = sum(1 for n in written if n.again)
    note = f"（其中重印 {again} 份）" if again else ""
    result: Any = written[0] if as_file else written
    return Done(result, f"已写出告知书 {len(written)} 份{note}：{output}", warnings)


def _is_file(output: Path, to: str | None, *, alone: bool) -> bool:
    """Say whether `output` is the one file to be written, or the folder for several."""
    from hrintegrity.documents import SUFFIXES

    suffix = output.suffix.lower()
    if output.is_dir() or suffix == "":
        return False
    if suffix in SUFFIXES and not alone:
        raise UsageError(
            "not-a-folder", f"几份告知书不能写成一个文件：{output}", "请给出目录，如 -o 告知书。"
        )
    if to not in (None, suffix[1:]):
        if suffix not in SUFFIXES:
            return False
        raise UsageError(
            "format-differs", f"文件名 {output.name} 与 --to {to} 不一致。", "二者只写一个即可。"
        )
    return alone


def _slip_beside(target: Path) -> Path:
    return target.with_name(f"{target.stem} 送达回证{target.suffix}")
