"""`hri complaint list`: list complaints."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    Columns,
    DistrictOption,
    Rows,
    call_of,
    list_command,
    reading_rows,
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
    from hrintegrity.duties.complaints import views

    with reading_rows(context) as archive:
        found = views.listing(
            archive,
            today=call_of(context).today,
            text=agency,
            district=district,
            is_open=is_open,
            overdue=overdue,
        )
    columns = with_columns(COLUMNS, found, after="channel", by="反映人")
    more: Columns = _MORE
    if any(case.closed is None for case in found):
        columns, more = [*columns, *_TERM], _MORE[len(_TERM) :]
    first = ("kind", "agency", "subject", "due", "overdue", "outcome")
    return Rows(found, columns, words=WORDS, kind=views.CaseView, more=more, first=first)


_TERM = [("due", "办理期限"), ("overdue", "逾期")]
_MORE = [*_TERM, ("answer", "答复"), ("dishonest", "不诚信"), ("code", "代码")]
