"""`hri recommend award` and `units`: titles and plaques."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    AgencyArgument,
    DistrictOption,
    FormatOption,
    RequiredDateOption,
    YearOption,
    read_given,
    read_year,
)
from hrintegrity.cli._output import done, show_rows, warn


def register(app: typer.Typer) -> None:
    """Add the two commands to `hri recommend`."""
    app.command("award", cls=ChineseCommand, help="登记称号的授予和标牌编号（市局）。")(award)
    app.command(
        "units", cls=ChineseCommand, help="示范单位、标牌，已撤销的和标牌收回情况；默认各年都列。"
    )(units)


def award(
    context: typer.Context,
    agency: AgencyArgument,
    plaque: Annotated[
        str,
        typer.Option("--plaque", parser=read_given, metavar="编号", help="标牌编号，不能重复。"),
    ],
    date: RequiredDateOption,
    despite: Annotated[
        str | None,
        typer.Option(
            "--despite",
            parser=read_given,
            metavar="理由",
            help="报送后不再符合推荐条件、仍要授予的理由。",
        ),
    ] = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Record a title and its plaque."""
    from hrintegrity.duties.recommendation import award as duty

    with writing(context) as archive:
        found, warnings = duty.award(
            archive,
            agency,
            year=year,
            plaque=plaque,
            date=day(context, date),
            despite=despite,
        )
    for warning in warnings:
        warn(warning)
    done(f"已授予{found.name}{found.year}年示范单位，标牌 {found.plaque}。", found, form)


def units(
    context: typer.Context,
    district: DistrictOption = None,
    year: Annotated[
        int | None,
        typer.Option("--year", parser=read_year, metavar="年份", help="只看一年授予的。"),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看标牌逾期未收回的。")] = False,
    form: FormatOption = "table",
) -> None:
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
    show_rows(rows, columns, form, words=words)
