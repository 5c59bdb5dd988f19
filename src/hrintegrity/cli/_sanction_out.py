"""`hri sanction notice` and `export`: written decisions, and reports to the two systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import ForceOption, FormatOption, OutputOption, word
from hrintegrity.cli._output import done, warn
from hrintegrity.notice.words import REPORT_SYSTEM

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="惩戒的编号（末8位也行），或决定书的文号。")
]


def register(app: typer.Typer) -> None:
    """Add the two commands to `hri sanction`."""
    app.command(
        "notice", cls=ChineseCommand, help="惩戒决定书或责令整改通知书：编号一次，重印不改字。"
    )(notice)
    app.command("export", cls=ChineseCommand, help="报送：还没有记入该系统的惩戒和撤销。")(export)


def notice(
    context: typer.Context,
    sanction: IdArgument,
    output: OutputOption,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Number and write the decision."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.sanctions import notices

    call = call_of(context)
    papers.check_format(output)
    with writing(context) as archive:
        issued, warnings = notices.issue(
            archive, sanction, today=call.today, templates=call.templates
        )
        papers.check_targets([output], output, as_file=True, force=force)
    with reading(context) as archive:
        written = notices.write(archive, issued, output, force=force)
    for warning in warnings:
        warn(warning)
    again = "（重印）" if written.again else ""
    done(f"已写出 {written.number}{again}：{output}", written, form)


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help=".xlsx 或 .csv 文件。")],
    system: Annotated[
        str,
        typer.Option(
            "--system",
            parser=word(REPORT_SYSTEM),
            metavar="market|credit",
            help="人力资源市场管理信息系统，或北京市企业信用信息系统。",
        ),
    ],
    every: Annotated[bool, typer.Option("--all", help="已报送过的也写出，编号不变。")] = False,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
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
    done(f"已写出 {written.records} 条{again}：{file}", written, form)
