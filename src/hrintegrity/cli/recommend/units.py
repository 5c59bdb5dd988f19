"""`hri recommend units`: list the titles."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import DistrictOption, Rows, call_of, list_command, read_any_year, reading


@list_command
def run(
    context: typer.Context,
    district: DistrictOption = None,
    year: Annotated[
        int | None,
        typer.Option("--year", parser=read_any_year, metavar="年份", help="只看一年授予的。"),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看标牌逾期未收回的。")] = False,
) -> Rows:
    """List the titles."""
    from hrintegrity.duties.recommendation import award as duty
    from hrintegrity.notice.districts import BY_CODE
    from hrintegrity.notice.words import UNIT_STATE

    today = call_of(context).today
    with reading(context) as archive:
        found = duty.listing(
            archive, district=district, year=year, overdue_by=today if overdue else None
        )
    rows: list[dict[str, Any]] = [
        asdict(unit) | {"overdue": duty.is_overdue(unit, today)} for unit in found
    ]
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "区县"),
        ("year", "年度"),
        ("plaque", "标牌编号"),
        ("awarded", "授予日期"),
        ("state", "状态"),
        ("revoked", "撤销日期"),
        ("reason", "撤销原因"),
        ("recover_by", "标牌应收回"),
        ("recovered", "标牌收回"),
        ("overdue", "逾期未收回"),
    ]
    words = {"district": lambda code: BY_CODE[code].name, "state": UNIT_STATE.chinese}
    is_any_out = any(unit.recover_by and not unit.recovered for unit in found)
    foot = ["标牌收回了的：hri sanction plaque 代码 --recovered 收回日期"] if is_any_out else []
    first = ("name", "plaque", "state", "recover_by", "overdue")
    return Rows(rows, columns, words=words, first=first, foot=foot)
