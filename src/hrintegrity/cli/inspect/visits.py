"""`hri inspect visits`: list inspections."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import (
    Columns,
    DistrictOption,
    Rows,
    call_of,
    list_command,
    reading,
    with_columns,
)
from hrintegrity.cli.inspect._shared import ListAgencyArgument, ListYearOption
from hrintegrity.cli.inspect.list import GAP_WORDS
from hrintegrity.notice.words import DEPARTMENT, INSPECTOR, SYSTEM, VERDICT


@list_command
def run(
    context: typer.Context,
    agency: ListAgencyArgument = None,
    district: DistrictOption = None,
    year: ListYearOption = None,
) -> Rows:
    """List inspections."""
    from hrintegrity.duties.inspection import visits

    with reading(context) as archive:
        found = visits.listing(
            archive, text=agency, district=district, year=year, today=call_of(context).today
        )
    columns: Columns = [
        ("date", "检查日期"),
        ("agency", "机构名称"),
        ("code", "代码"),
        *((system, SYSTEM.chinese(system)) for system in SYSTEM),
        ("by", "检查方"),
        ("department", "部门"),
        ("note", "备注"),
        ("id", "编号"),
    ]
    columns = with_columns(
        columns, found, after="department", inspectors="检查人员", partners="联合部门"
    )
    columns = with_columns(columns, found, after="convention", lacks="缺少的公示内容")
    words: dict[str, Any] = dict.fromkeys(SYSTEM, VERDICT.chinese)
    words |= {
        "lacks": GAP_WORDS["lacks"],
        "by": INSPECTOR.chinese,
        "department": DEPARTMENT.chinese,
    }
    first = ("date", "agency", *SYSTEM)
    return Rows(found, columns, words=words, kind=visits.VisitView, first=first)
