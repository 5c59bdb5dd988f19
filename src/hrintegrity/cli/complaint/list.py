"""`hri complaint list`: list complaints."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    call_of,
    list_command,
    reading,
    with_columns,
)
from hrintegrity.cli.complaint._shared import COLUMNS, WORDS


@list_command
def run(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    is_open: Annotated[bool, typer.Option("--open", help="只看没有办结的。")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看过了期限没有办结的。")] = False,
    district: DistrictOption = None,
) -> Rows:
    """List complaints."""
    from hrintegrity.duties.complaints import cases, views

    with reading(context) as archive:
        found = cases.listing(
            archive,
            today=call_of(context).today,
            text=agency,
            district=district,
            is_open=is_open,
            overdue=overdue,
        )
    columns = with_columns(COLUMNS, found, after="channel", by="反映人")
    if any(case.closed is None for case in found):
        columns = with_columns(columns, found, after="subject", due="办理期限", overdue="逾期")
    return Rows(found, columns, words=WORDS, kind=views.CaseView)
