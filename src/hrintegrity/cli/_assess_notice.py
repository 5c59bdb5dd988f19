"""`hri assess notice` and `served`: the written notice of a result, and proof of service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    AgenciesArgument,
    AgencyArgument,
    AllOption,
    DistrictOption,
    ForceOption,
    FormatOption,
    OutputOption,
    RequiredDateOption,
    YearOption,
    one_of,
    word,
)
from hrintegrity.cli._output import done, warn
from hrintegrity.cli._progress import progress
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import SERVICE_METHOD


def register(app: typer.Typer) -> None:
    """Add the two commands to `hri assess`."""
    app.command("notice", cls=ChineseCommand, help="评估结果告知书：编号一次，重印不改字。")(notice)
    app.command("served", cls=ChineseCommand, help="登记告知书的送达。")(served)


def notice(
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
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Number and write the notices of concluded assessments."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.assessment import notices

    if bool(agencies) == every:
        raise UsageError("wrong-usage", "请给出机构，或用 --all（二者取一）。", "用法见 --help。")
    call = call_of(context)
    as_file = not every and len(agencies or []) == 1 and _is_file(output, to)
    suffix = output.suffix.lower() if as_file else f".{to or 'html'}"
    papers.check_format(suffix, output)
    templates = call.templates
    with writing(context) as archive:
        if every:
            issued = notices.issue_all(
                archive,
                district=district,
                year=year,
                today=call.today,
                templates=templates,
                progress=progress("编号"),
            )
        else:
            issued = notices.issue(
                archive, agencies or [], year=year, today=call.today, templates=templates
            )
        targets = (
            [output]
            if as_file
            else [output / papers.file_name(n.number, n.name, suffix) for n in issued.notices]
        )
        papers.check_targets(targets, output, as_file=as_file, force=force)
    with reading(context) as archive:
        written = notices.print_each(
            archive, issued.notices, targets, force=force, progress=progress("写出")
        )
    if issued.not_concluded:
        shown = "、".join(issued.not_concluded[:5]) + (
            " 等" if len(issued.not_concluded) > 5 else ""
        )
        warn(f"{len(issued.not_concluded)} 家尚未评定，没有告知书：{shown}")
    again = sum(1 for n in written if n.again)
    note = f"（其中重印 {again} 份）" if again else ""
    result: Any = written[0] if as_file else written
    done(f"已写出告知书 {len(written)} 份{note}：{output}", result, form)


def _is_file(output: Path, to: str | None) -> bool:
    return not output.is_dir() and output.suffix != "" and to in (None, output.suffix.lower()[1:])


def served(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    method: Annotated[
        str,
        typer.Option(
            "--method",
            parser=word(SERVICE_METHOD),
            metavar="方式",
            help="直接送达、邮寄送达、留置送达或电子送达。",
        ),
    ],
    receiver: Annotated[str, typer.Option("--receiver", metavar="姓名", help="谁签收。")],
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Record proof of service."""
    from hrintegrity.duties.assessment import notices

    with writing(context) as archive:
        found, warnings = notices.served(
            archive, agency, year=year, date=day(context, date), method=method, receiver=receiver
        )
    for warning in warnings:
        warn(warning)
    done(f"已登记 {found.number} 送达{found.name}（{found.date}）。", found, form)
