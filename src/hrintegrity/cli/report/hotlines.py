"""`hri report hotlines`: show the hotlines, make the poster, or take newer numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    Rows,
    call_of,
    command,
    read_place,
    reading_rows,
    writing,
)
from hrintegrity.cli.base.commands import check_target, saved


@command
def run(
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
            help="写成张贴用的海报：html、docx 或 pdf，A4，每区县一页，印成A3时放大到141%；"
            "或写成表格：xlsx 或 csv。",
        ),
    ] = None,
    force: ForceOption = False,
) -> Rows | Done:
    """Show the hotlines, write the poster, or take newer ones into the archive."""
    from hrintegrity.duties import hotlines

    call = call_of(context)
    if use is not None and output is not None:
        raise typer.BadParameter("与 --use 不能一起用", param_hint="--output")
    if use is not None:
        with writing(context) as archive:
            taken = hotlines.use_hotlines(archive, use, today=call.today)
        return Done(taken, f"已采用 {len(taken.districts)} 个区县的号码。", taken.warnings)
    place = call.location.path
    if place is None or place.is_file():
        with reading_rows(context) as archive:
            found = hotlines.hotlines(archive, district, today=call.today)
    else:
        found = hotlines.hotlines(None, district, today=call.today)
    columns = [
        ("district_name", "区县"),
        ("market", "人力资源市场管理部门"),
        ("labour", "劳动监察部门"),
    ]
    listed = Rows(found, columns, words={"market": _numbers, "labour": _numbers})
    if output is None:
        return listed
    if output.suffix.lower() in (".xlsx", ".csv"):
        check_target(output, force=force)
        return saved(listed, output, title="监督举报电话", force=force)
    from hrintegrity.duties.reporting import poster

    poster.write(found, output, today=call.today, force=force, templates=call.templates)
    return Done(
        {"id": str(output), "file": str(output), "districts": [one.district for one in found]},
        f"已写出监督举报电话海报 {len(found)} 页：{output}",
    )


def _numbers(lines: list[dict[str, str | None]]) -> str:
    return "  ".join(
        f"{line['number']}（{line['trade']}）" if line["trade"] else str(line["number"])
        for line in lines
    )
