"""`hri agency pledge`: record an agency's pledge, or print a form to be signed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    call_of,
    command,
    day,
    one_of,
    read_date,
    reading,
    writing,
)
from hrintegrity.errors import UsageError


@command
def run(
    context: typer.Context,
    agency: Annotated[
        str | None,
        typer.Argument(metavar="机构", help="哪家机构；打印空白承诺书时可以不写。"),
    ] = None,
    date: Annotated[
        dt.date | None,
        typer.Option(
            "--date",
            parser=read_date,
            metavar="日期",
            help="签署日期；登记时要写。",
        ),
    ] = None,
    displayed: Annotated[
        bool | None,
        typer.Option("--displayed/--not-displayed", help="是否已在服务场所公开。"),
    ] = None,
    blank: Annotated[
        str | None,
        typer.Option(
            "--blank",
            parser=one_of("agency", "staff"),
            metavar="agency|staff",
            help="打印空白承诺书：机构的，或从业人员的。",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="写到哪里：.html、.docx 或 .pdf。"),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Record an agency's pledge, or print a form to be signed."""
    if blank is not None:
        return _print_blank(context, blank, agency, output, force=force)
    if output is not None:
        raise UsageError(
            "wrong-usage", "-o 要和 --blank 一起用。", "如 --blank agency -o 承诺书.docx。"
        )
    if agency is None:
        raise UsageError("missing-option", "没有说是哪家机构。", "请给出机构，或用 --blank。")
    if date is None:
        raise UsageError("missing-option", "缺少 --date", "请用 --date 给出签署日期。")
    from hrintegrity.duties.people import pledges

    with writing(context) as archive:
        found, warnings = pledges.sign(
            archive, agency, date=day(context, date), displayed=displayed
        )
    shown = {None: "", True: "，已公开", False: "，未公开"}[found.displayed]
    return Done(found, f"已登记{found.name}于 {found.date} 签署承诺书{shown}。", warnings)


def _print_blank(
    context: typer.Context, blank: str, agency: str | None, output: Path | None, *, force: bool
) -> Done:
    from hrintegrity.documents import write_paper
    from hrintegrity.duties.papers import check_format
    from hrintegrity.duties.people import pledges

    if output is None:
        raise UsageError("missing-option", "缺少 -o", "请用 -o 给出文件名，如 承诺书.docx。")
    check_format(output)
    named = None
    if agency is not None:
        from hrintegrity.duties import agency_views

        with reading(context) as archive:
            named = agency_views.show(archive, agency, today=call_of(context).today)
    paper = pledges.blank_form(blank, agency=named, templates=call_of(context).templates)
    write_paper(paper, output, force=force)
    record = {"form": blank, "title": paper.title, "written": str(output)}
    return Done(record, f"已写出空白的《{paper.title}》：{output}")
