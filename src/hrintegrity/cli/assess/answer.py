"""`hri assess answer`: answer an objection, and print the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    ReasonOption,
    RequiredDateOption,
    call_of,
    choice,
    command,
    day,
    read_given,
    writing,
)
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import OBJECTION_RESULT


@command
def run(
    context: typer.Context,
    objection: Annotated[
        str, typer.Argument(metavar="编号", help="异议的编号，见 hri assess result；末8位也行。")
    ],
    date: RequiredDateOption,
    result: Annotated[
        str,
        choice("--result", OBJECTION_RESULT),
    ],
    text: Annotated[
        str, typer.Option("--text", parser=read_given, metavar="文字", help="复核意见。")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="写成 .html、.docx 或 .pdf。"),
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="更正已登记的答复；要写 --reason。")
    ] = False,
    reason: ReasonOption = None,
    force: ForceOption = False,
) -> Done:
    """Answer an objection, and print the answer."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.assessment import answering

    if correct and not reason:
        raise UsageError("missing-option", "更正答复要写明理由。", "请加 --reason。")
    call = call_of(context)
    if output is not None:
        papers.check_format(output)
        papers.check_targets([output], output, as_file=True, force=force)
    with writing(context) as archive:
        found = answering.answer(
            archive,
            objection,
            date=day(context, date),
            result=result,
            text=text,
            correction=reason if correct else None,
            templates=call.templates,
        )
        if output is not None:
            write_paper(found.paper, output, force=force)
    view = found.view
    written = "" if output is None else f"，已写出复核结果告知书：{output}"
    objection_of = f"{view.name} {view.objected} 的异议"
    what = f"已更正对{objection_of}的答复" if correct else f"已答复{objection_of}"
    said = f"{what}：{OBJECTION_RESULT.chinese(view.result)}"
    return Done(view, f"{said}{written or '。'}", found.warnings)
