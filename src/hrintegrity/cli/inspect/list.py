"""`hri inspect list`: list gaps."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    call_of,
    list_command,
    reading_rows,
    with_columns,
)
from hrintegrity.cli.inspect._shared import ListAgencyArgument, ListYearOption
from hrintegrity.notice.words import PUBLICITY_ITEM, SYSTEM

GAP_COLUMNS = [
    ("agency", "机构名称"),
    ("code", "代码"),
    ("system", "制度缺项"),
    ("found", "发现日期"),
    ("deadline", "补建期限"),
    ("mended", "补建日期"),
    ("overdue", "逾期"),
    ("id", "编号"),
]

GAP_WORDS: dict[str, Any] = {
    "system": SYSTEM.chinese,
    "lacks": lambda items: [PUBLICITY_ITEM.chinese(item) for item in items],
}


@list_command
def run(
    context: typer.Context,
    agency: ListAgencyArgument = None,
    is_open: Annotated[bool, typer.Option("--open", help="只看没有补建的。")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看逾期没有补建的。")] = False,
    district: DistrictOption = None,
    year: ListYearOption = None,
) -> Rows:
    """List gaps."""
    from hrintegrity.duties.inspection import gap_views

    with reading_rows(context) as archive:
        found = gap_views.listing(
            archive,
            today=call_of(context).today,
            text=agency,
            district=district,
            year=year,
            is_open=is_open,
            overdue=overdue,
        )
    columns = with_columns(GAP_COLUMNS, found, after="system", lacks="缺少的公示内容")
    is_any_open = any(gap.mended is None for gap in found)
    foot = ["补建了的：hri inspect mend 编号 --date 补建日期"] if is_any_open else []
    first = ("agency", "system", "lacks", "deadline", "mended", "overdue")
    return Rows(found, columns, words=GAP_WORDS, kind=gap_views.GapView, first=first, foot=foot)
