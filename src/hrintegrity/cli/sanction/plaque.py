"""`hri sanction plaque`: record that a plaque came back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    ReasonOption,
    command,
    day,
    read_date,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    recovered: Annotated[
        dt.date | None,
        typer.Option("--recovered", parser=read_date, metavar="日期", help="哪一天收回。"),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="撤回登记有误的收回。")] = False,
    reason: ReasonOption = None,
) -> Done:
    """Record that a plaque came back, or take that back."""
    from hrintegrity.duties import units
    from hrintegrity.errors import UsageError

    if undo == (recovered is not None):
        raise UsageError(
            "wrong-usage", "请写明 --recovered 日期，或 --undo。", "两个只能写一个，须写一个。"
        )
    if recovered is None:
        with writing(context) as archive:
            found = units.recall_recovery(archive, agency, reason=reason or "")
        return Done(found, f"已撤回{found.name}的标牌 {found.plaque} 收回的登记。")
    recovered = day(context, recovered)
    with writing(context) as archive:
        found, warnings = units.recover_plaque(archive, agency, recovered=recovered)
    return Done(
        found, f"已登记{found.name}的标牌 {found.plaque} 于 {found.recovered} 收回。", warnings
    )
