"""`hri report compare`: show the figures of two campaigns side by side."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    YearOption,
    call_of,
    list_command,
    read_any_year,
    reading_rows,
)


@list_command
def run(
    context: typer.Context,
    other: Annotated[
        int,
        typer.Option("--with", parser=read_any_year, metavar="年份", help="与哪一年对比。"),
    ],
    district: DistrictOption = None,
    year: YearOption = None,
) -> Rows:
    """Show the figures of two campaigns side by side."""
    from hrintegrity.duties.reporting import comparing
    from hrintegrity.duties.reporting.figure import shown

    with reading_rows(context) as archive:
        found = comparing.compare(
            archive, district=district, year=year, other=other, today=call_of(context).today
        )
    columns = [
        ("label", "项目"),
        ("unit", "单位"),
        ("other", f"{found.other}年"),
        ("value", f"{found.year}年"),
        ("change", "增减"),
        ("clause", "条款"),
    ]
    warnings = []
    if not found.reported:
        warnings.append(f"{found.other}年没有做过总结，当年的签署、建档等现状无从得知，不列。")
    return Rows(
        found.figures,
        columns,
        record=found.as_mapping(),
        shown=[_beside(one, shown) for one in found.figures if _worth_showing(one)],
        warnings=warnings,
    )


def _worth_showing(one: Any) -> bool:
    return one.value not in (None, 0) or one.other not in (None, 0)


def _beside(one: Any, shown: Any) -> dict[str, Any]:
    change = "" if one.change is None else f"{one.change:+f}" if one.change else "0"
    return {
        "label": one.label,
        "unit": one.unit,
        "other": shown(one.other),
        "value": shown(one.value),
        "change": change.rstrip("0").rstrip(".") if "." in change else change,
        "clause": one.clause,
    }
