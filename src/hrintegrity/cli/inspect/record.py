"""`hri inspect record`: record an inspection."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    RequiredDateOption,
    YearOption,
    call_of,
    choice,
    command,
    day,
    read_any_date,
    read_text,
    writing,
)
from hrintegrity.notice.words import DEPARTMENT, INSPECTOR, PUBLICITY_ITEM, SYSTEM, VERDICT


def _verdict(system: str, clause: str) -> Any:
    return choice(f"--{system}", VERDICT, f"{SYSTEM.chinese(system)}（{clause}）：")


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    publicity: Annotated[str, _verdict("publicity", "三(三) 一")],
    pledge: Annotated[str, _verdict("pledge", "三(三) 二")],
    ledger: Annotated[str, _verdict("ledger", "三(三) 三")],
    feedback: Annotated[str, _verdict("feedback", "三(三) 四")],
    convention: Annotated[
        str | None,
        choice("--convention", VERDICT, "行业公约的张贴（三(四) 一）："),
    ] = None,
    by: Annotated[
        str | None,
        choice("--by", INSPECTOR, "默认为负责这家机构的人力社保部门："),
    ] = None,
    department: Annotated[
        str | None,
        choice("--department", DEPARTMENT, "哪个部门检查的（三(一)3）："),
    ] = None,
    inspectors: Annotated[
        str | None,
        typer.Option("--inspectors", parser=read_text, metavar="姓名", help="检查人员。"),
    ] = None,
    partners: Annotated[
        str | None,
        typer.Option(
            "--with",
            parser=read_text,
            metavar="部门",
            help="一同检查的其他部门，如 公安、工商、城管（三(一)3）。",
        ),
    ] = None,
    lacks: Annotated[
        list[Any] | None,
        choice("--lacks", PUBLICITY_ITEM, "公示不合格的，缺哪样，可写几次："),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", parser=read_text, metavar="文字", help="备注。")
    ] = None,
    deadline: Annotated[
        dt.date | None,
        typer.Option(
            "--deadline",
            parser=read_any_date,
            metavar="日期",
            help="补建期限；默认为活动月的最后一天，活动月以后检查的要写明。",
        ),
    ] = None,
    year: YearOption = None,
) -> Done:
    """Record an inspection."""
    from hrintegrity.duties.inspection import visits

    with writing(context) as archive:
        found, warnings = visits.record(
            archive,
            agency,
            date=day(context, date),
            verdicts={
                "publicity": publicity,
                "pledge": pledge,
                "ledger": ledger,
                "feedback": feedback,
                "convention": convention,
            },
            by=by,
            department=department,
            inspectors=inspectors,
            partners=partners,
            lacks=lacks or (),
            note=note,
            deadline=deadline,
            year=year,
            today=call_of(context).today,
        )
    gaps = "、".join(SYSTEM.chinese(gap.system) for gap in found.gaps)
    result = f"缺项 {gaps}，限 {found.gaps[0].deadline} 前补建" if gaps else "全部合格"
    return Done(found, f"已登记对{found.agency}的检查（{found.date}）：{result}。", warnings)
