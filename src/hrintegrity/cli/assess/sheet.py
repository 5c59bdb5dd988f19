"""`hri assess sheet`: write score forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.assess._shared import SOURCE_OPTION
from hrintegrity.cli.base import (
    AgenciesArgument,
    AllOption,
    DistrictOption,
    Done,
    ForceOption,
    YearOption,
    call_of,
    command,
    progress,
    read_given,
    reading,
    to_option,
)
from hrintegrity.cli.base.which import named_or_all

RequiredSourceOption = Annotated[
    str,
    typer.Option(
        "--source", help="自我评价、专家评价、群众评价，或评估标准里另有的方式。", **SOURCE_OPTION
    ),
]


@command
def run(
    context: typer.Context,
    source: RequiredSourceOption,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="路径",
            help="写到哪个目录；一家机构的，或者装订成 .docx、.pdf 的，也可以是文件。",
        ),
    ],
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    rater: Annotated[
        str | None,
        typer.Option(
            "--rater", parser=read_given, metavar="姓名", help="评价人；不给的由评价人自己填。"
        ),
    ] = None,
    to: Annotated[
        str | None,
        to_option(
            "写到目录时用什么格式：电子表格（默认），或印出来填写的纸质评分表、问卷。",
            "xlsx",
            "html",
            "docx",
            "pdf",
        ),
    ] = None,
    district: DistrictOption = None,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Write score forms."""
    from hrintegrity.duties import printing
    from hrintegrity.duties.assessment import forms

    named_or_all(agencies, every)
    alone = not every and len(agencies or []) == 1
    where = printing.place(output, to, alone=alone, default=".xlsx")
    with reading(context) as archive:
        made = forms.write_forms(
            archive,
            agencies or [],
            where,
            every=every,
            source=source,
            rater=rater or "",
            district=district,
            year=year,
            today=call_of(context).today,
            force=force,
            progress=progress("评分表"),
            templates=call_of(context).templates,
        )
    warnings = [f"{made.concluded} 家已评定，没有评分表。"] if made.concluded else []
    return Done(made.forms, f"已写出评分表 {len(made.forms)} 份：{output}", warnings)
