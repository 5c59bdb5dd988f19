"""`hri report`: what an office tells others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli import _report_month, _report_public, _report_rates
from hrintegrity.cli._call import call_of, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import ForceOption, FormatOption, read_place
from hrintegrity.cli._output import done, show_json, show_rows, warn

app = typer.Typer(
    cls=ChineseGroup, help="报告与公开。", rich_markup_mode=None, no_args_is_help=True
)


def _numbers(lines: list[dict[str, str | None]]) -> str:
    return "  ".join(
        f"{line['number']}（{line['trade']}）" if line["trade"] else str(line["number"])
        for line in lines
    )


@app.command("hotlines", cls=ChineseCommand, help="监督举报电话（附件4）；没有档案库也能查。")
def hotlines(
    context: typer.Context,
    district: Annotated[
        str | None,
        typer.Argument(parser=read_place, metavar="区县", help="只看一个区县。"),
    ] = None,
    use: Annotated[
        Path | None,
        typer.Option("--use", metavar="文件.yaml", help="采用更新的号码，存入档案库。"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="路径",
            help="写成张贴用的海报：html、docx 或 pdf，A4，每区县一页；印成A3时放大到141%。",
        ),
    ] = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Show the hotlines, write the poster, or take newer ones into the archive."""
    from hrintegrity.duties import reporting

    call = call_of(context)
    if use is not None and output is not None:
        raise typer.BadParameter("与 --use 不能一起用", param_hint="--output")
    if use is not None:
        with writing(context) as archive:
            taken = reporting.use_hotlines(archive, use, today=call.today)
        for warning in taken.warnings:
            warn(warning)
        done(f"已采用 {len(taken.districts)} 个区县的号码。", taken, form)
        return
    found = reporting.hotlines(call.location, district)
    if output is not None:
        from hrintegrity.duties.reporting import poster

        poster.write(found, output, force=force, templates=call.templates)
        done(
            f"已写出监督举报电话海报 {len(found)} 页：{output}",
            {"id": str(output), "file": str(output), "districts": [one.district for one in found]},
            form,
        )
        return
    if form == "json":
        show_json(found)
        return
    show_rows(
        found,
        [("district_name", "区县"), ("market", "人力资源市场管理部门"), ("labour", "劳动监察部门")],
        form,
        words={"market": _numbers, "labour": _numbers},
    )


_report_month.register(app)
_report_rates.register(app)
_report_public.register_public(app)
