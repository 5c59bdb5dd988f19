"""`hri assess notice`: number and write the notices of concluded assessments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.assess._shared import passed_over
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
    progress,
    reading,
    to_option,
    writing,
)
from hrintegrity.cli.base.which import named_or_all


@command
def run(
    context: typer.Context,
    output: Annotated[Path, output_to(SEVERAL)],
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    to: Annotated[
        str | None,
        to_option("写到目录时用什么格式；默认 html。", "html", "docx", "pdf"),
    ] = None,
    district: DistrictOption = None,
    year: YearOption = None,
    slip: Annotated[
        bool, typer.Option("--slip", help="同时写出送达回证，与告知书放在一起。")
    ] = False,
    force: ForceOption = False,
) -> Done:
    """Number and write the notices of concluded assessments."""
    from hrintegrity.duties import papers, printing
    from hrintegrity.duties.assessment import notices, service
    from hrintegrity.duties.assessment.printing import print_bound, print_each

    named_or_all(agencies, every)
    call = call_of(context)
    where = printing.place(output, to, alone=not every and len(agencies or []) == 1)
    if not where.folder:
        papers.check_format(output)
    with writing(context) as archive:
        if every:
            issued = notices.issue_all(
                archive,
                district=district,
                year=year,
                today=call.today,
                templates=call.templates,
                suffix=where.suffix,
                progress=progress("编号"),
            )
        else:
            issued = notices.issue(
                archive,
                agencies or [],
                year=year,
                today=call.today,
                templates=call.templates,
                suffix=where.suffix,
            )
        files = [papers.file_name(n.number, n.name, where.suffix) for n in issued.notices]
        targets = where.targets(files)
        beside = [_slip_beside(target) for target in targets] if slip else []
        where.check([*targets, *beside], force=force)
        if slip:
            service.check_slip(call.templates)
    with reading(context) as archive:
        bar = progress("写出")
        if where.bound:
            written, left_out = print_bound(
                archive, issued.notices, output, force=force, progress=bar
            )
        else:
            written, left_out = print_each(
                archive, issued.notices, targets, force=force, progress=bar
            )
        if slip:
            pairs = zip(issued.notices, beside, strict=True)
            printed = [(n, path) for n, path in pairs if n.code not in left_out]
            made = service.slips(archive, [n for n, _ in printed], templates=call.templates)
            slips = list(zip(made, [path for _, path in printed], strict=True))
            printing.write_each(slips, where, force=force)
    names = issued.names | {n.code: n.name for n in issued.notices}
    warnings = [
        *passed_over(issued.not_concluded, names, "尚未评定，没有告知书"),
        *passed_over(issued.not_register, names, "的区县不在本档案库编号，没有告知书"),
        *passed_over(issued.unprintable + left_out, names, "的告知书里有字体没有的字，没有印出"),
        *passed_over(
            issued.without_hotline,
            names,
            "没有登记所在区县，告知书上没有监督举报电话"
            "（可用 hri agency edit --location 登记后重新评定）",
        ),
        *passed_over(issued.early, names, "的告知书日期早于评定日期，请核对"),
    ]
    again = sum(1 for n in written if n.again)
    note = f"（其中重印 {again} 份）" if again else ""
    result: Any = written if where.folder or where.bound else written[0]
    return Done(result, f"已写出告知书 {len(written)} 份{note}：{output}", warnings)


def _slip_beside(target: Path) -> Path:
    return target.with_name(f"{target.stem} 送达回证{target.suffix}")
