"""`hri inspect`: the general inspection and its gaps (三(四) 二)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli import _inspect_draw
from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._importing import import_command
from hrintegrity.cli._options import (
    AgencyArgument,
    DistrictOption,
    ForceOption,
    FormatOption,
    ReasonOption,
    RequiredDateOption,
    RequiredReasonOption,
    YearOption,
    read_date,
    read_text,
    read_year,
    word,
)
from hrintegrity.cli._output import done, show_rows, warn
from hrintegrity.cli._template import TemplateArgument, write
from hrintegrity.notice.words import DEPARTMENT, INSPECTOR, SYSTEM, VERDICT

app = typer.Typer(
    cls=ChineseGroup,
    help="诚信服务大检查（三(四) 二）：抽签、登记、整改。",
    rich_markup_mode=None,
    no_args_is_help=True,
)
_inspect_draw.register(app)

ListAgencyArgument = Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")]
ListYearOption = Annotated[
    int | None,
    typer.Option("--year", parser=read_year, metavar="年份", help="只看这一年的；默认各年都看。"),
]
GapArgument = Annotated[
    str, typer.Argument(metavar="编号", help="不合格项的编号，见 hri inspect list；末8位也行。")
]
GAP_COLUMNS = [
    ("agency", "机构名称"),
    ("code", "代码"),
    ("system", "不合格项"),
    ("found", "发现日期"),
    ("deadline", "整改期限"),
    ("mended", "整改日期"),
    ("overdue", "逾期"),
    ("id", "编号"),
]
GAP_WORDS: dict[str, Any] = {"system": SYSTEM.chinese}


def _verdict(system: str, clause: str) -> Any:
    return typer.Option(
        f"--{system}",
        parser=word(VERDICT),
        metavar="pass|fail",
        help=f"{SYSTEM.chinese(system)}是否合格（{clause}）。",
    )


@app.command("record", cls=ChineseCommand, help="登记一次检查；不合格的每项成为一个待整改项。")
def record(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    publicity: Annotated[str, _verdict("publicity", "三(三) 一")],
    pledge: Annotated[str, _verdict("pledge", "三(三) 二")],
    ledger: Annotated[str, _verdict("ledger", "三(三) 三")],
    feedback: Annotated[str, _verdict("feedback", "三(三) 四")],
    convention: Annotated[
        str | None,
        typer.Option(
            "--convention",
            parser=word(VERDICT),
            metavar="pass|fail",
            help="行业公约是否张贴（三(四) 一）。",
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            parser=word(INSPECTOR),
            metavar="检查方",
            help="city 市级、district 区县、association 行业协会、peer 互查或 self 自查；"
            "默认为负责这家机构的人力社保部门。",
        ),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option(
            "--department",
            parser=word(DEPARTMENT),
            metavar="部门",
            help="market 市场管理或 labour 劳动监察（三(一)3）。",
        ),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", parser=read_text, metavar="文字", help="备注。")
    ] = None,
    deadline: Annotated[
        dt.date | None,
        typer.Option(
            "--deadline",
            parser=read_date,
            metavar="日期",
            help="整改期限；默认为活动月的最后一天，活动月以后检查的要写明。",
        ),
    ] = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
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
            note=note,
            deadline=deadline,
            year=year,
            today=call_of(context).today,
        )
    for warning in warnings:
        warn(warning)
    gaps = "、".join(SYSTEM.chinese(gap.system) for gap in found.gaps)
    result = f"不合格 {gaps}，限 {found.gaps[0].deadline} 前整改" if gaps else "全部合格"
    done(f"已登记对{found.agency}的检查（{found.date}）：{result}。", found, form)


@app.command("list", cls=ChineseCommand, help="检查发现的不合格项。")
def listing(
    context: typer.Context,
    agency: ListAgencyArgument = None,
    is_open: Annotated[bool, typer.Option("--open", help="只看没有整改的。")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看逾期没有整改的。")] = False,
    district: DistrictOption = None,
    year: ListYearOption = None,
    form: FormatOption = "table",
) -> None:
    """List gaps."""
    from hrintegrity.duties.inspection import gaps

    with reading(context) as archive:
        found = gaps.listing(
            archive,
            today=call_of(context).today,
            text=agency,
            district=district,
            year=year,
            is_open=is_open,
            overdue=overdue,
        )
    show_rows(found, GAP_COLUMNS, form, words=GAP_WORDS, kind=gaps.GapView)


@app.command("visits", cls=ChineseCommand, help="各次检查，连同全部合格的。")
def visit_list(
    context: typer.Context,
    agency: ListAgencyArgument = None,
    district: DistrictOption = None,
    year: ListYearOption = None,
    form: FormatOption = "table",
) -> None:
    """List inspections."""
    from hrintegrity.duties.inspection import visits

    with reading(context) as archive:
        found = visits.listing(
            archive, text=agency, district=district, year=year, today=call_of(context).today
        )
    columns = [
        ("date", "检查日期"),
        ("agency", "机构名称"),
        ("code", "代码"),
        *((system, SYSTEM.chinese(system)) for system in SYSTEM),
        ("by", "检查方"),
        ("department", "部门"),
        ("note", "备注"),
        ("id", "编号"),
    ]
    words: dict[str, Any] = dict.fromkeys(SYSTEM, VERDICT.chinese)
    words |= {"by": INSPECTOR.chinese, "department": DEPARTMENT.chinese}
    show_rows(found, columns, form, words=words, kind=visits.VisitView)


@app.command("mend", cls=ChineseCommand, help="登记一项已经整改；日期登错的，加 --reason 更正。")
def mend(
    context: typer.Context,
    gap: GapArgument,
    date: RequiredDateOption,
    reason: ReasonOption = None,
    form: FormatOption = "table",
) -> None:
    """Record that a gap was made good."""
    from hrintegrity.duties.inspection import gaps

    with writing(context) as archive:
        found, warnings = gaps.mend(
            archive, gap, date=day(context, date), reason=reason, today=call_of(context).today
        )
    for warning in warnings:
        warn(warning)
    done(
        f"已登记{found.agency}的{SYSTEM.chinese(found.system)}于 {found.mended} 整改。", found, form
    )


@app.command("reopen", cls=ChineseCommand, help="误登整改的，改回没有整改。")
def reopen(
    context: typer.Context,
    gap: GapArgument,
    reason: RequiredReasonOption,
    form: FormatOption = "table",
) -> None:
    """Take back that a gap was made good."""
    from hrintegrity.duties.inspection import gaps

    with writing(context) as archive:
        found = gaps.reopen(archive, gap, reason=reason, today=call_of(context).today)
    done(f"{found.agency}的{SYSTEM.chinese(found.system)}改回没有整改。", found, form)


@import_command(app, "从表格导入检查结果，一行一次检查。")
def visit_target(_context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where rows of inspections go."""
    from hrintegrity.duties.inspection import visits_table

    return visits_table.Target(archive, year=year)


@app.command("template", cls=ChineseCommand, help="空白的登记表：表头、下拉选项和示例。")
def template(
    file: TemplateArgument,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write an empty table of inspections to be filled in."""
    from hrintegrity.duties.inspection import visits_table

    write(visits_table.TABLE, file, force=force, form=form)
