"""`hri assess served`: record proof of service."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    ReasonOption,
    RequiredDateOption,
    YearOption,
    choice,
    command,
    day,
    read_given,
    writing,
)
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import SERVICE_METHOD


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    method: Annotated[
        str,
        choice("--method", SERVICE_METHOD),
    ],
    receiver: Annotated[
        str, typer.Option("--receiver", parser=read_given, metavar="姓名", help="谁签收。")
    ],
    number: Annotated[
        str | None,
        typer.Option(
            "--number",
            parser=read_given,
            metavar="文号",
            help="哪一份告知书；默认为现行的。重新开启后才收到旧告知书的送达回证时用。",
        ),
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="更正已登记的送达；要写 --reason。")
    ] = False,
    reason: ReasonOption = None,
    year: YearOption = None,
) -> Done:
    """Record proof of service."""
    from hrintegrity.duties.assessment import service

    if correct and not reason:
        raise UsageError("missing-option", "更正送达要写明理由。", "请加 --reason。")
    with writing(context) as archive:
        found, warnings = service.served(
            archive,
            agency,
            year=year,
            date=day(context, date),
            method=method,
            receiver=receiver,
            number=number,
            correction=reason if correct else None,
        )
    what = "已更正" if correct else "已登记"
    return Done(found, f"{what} {found.number} 送达{found.name}（{found.date}）。", warnings)
