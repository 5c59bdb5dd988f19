"""`hri recommend check-quota`: judge the lists against annex 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    Rows,
    YearOption,
    call_of,
    list_command,
    read_district,
    read_given,
    reading,
    writing,
)


@list_command
def run(
    context: typer.Context,
    district: Annotated[
        str | None,
        typer.Argument(parser=read_district, metavar="区县", help="只核对一个区县。"),
    ] = None,
    relax: Annotated[
        str | None,
        typer.Option(
            "--relax",
            parser=read_given,
            metavar="理由",
            help="登记放宽经营性机构比例的理由（附件2备注）；市局须写明区县，不放宽名额。",
        ),
    ] = None,
    year: YearOption = None,
) -> Rows:
    """Judge the lists against annex 2."""
    from hrintegrity.duties.recommendation import check

    found: check.DistrictCheck | check.Check
    if relax is not None:
        today = call_of(context).today
        with writing(context) as archive:
            found = check.relax(archive, district, year=year, reason=relax, today=today)
    else:
        with reading(context) as archive:
            if district is None:
                found = check.check_all(archive, year)
            else:
                found = check.check(archive, district, year)
    rows = found.districts if isinstance(found, check.Check) else [found]
    columns = [
        ("district_name", "区县"),
        ("quota", "名额"),
        ("recommended", "已推荐"),
        ("remaining", "余额"),
        ("commercial", "经营性"),
        ("relaxed", "放宽比例"),
        ("submitted", "已报送"),
        ("ok", "符合规定"),
    ]
    status = 0 if found.ok else 1
    return Rows(rows, columns, record=found, foot=_findings(rows, found), status=status)


def _findings(rows: Sequence[Any], found: Any) -> Iterator[str]:
    """Yield the total, and what there is to say of each district."""
    total = getattr(found, "total", None)
    if total is not None:
        yield (
            f"合计：名额 {total.quota}，已推荐 {total.recommended}，余额 {total.remaining}，"
            f"经营性 {total.commercial}"
        )
    for row in rows:
        for problem in row.problems:
            yield f"问题 [{problem.code}] {problem.message}（{problem.clause}）"
        for one in row.relaxations:
            yield f"放宽 {row.district_name}：{one.reason}（{one.date}，{one.by}）"
        for warning in row.warnings:
            yield f"提示 [{warning.code}] {warning.message}"
