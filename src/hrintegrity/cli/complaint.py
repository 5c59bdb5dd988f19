"""`hri complaint`: complaints, reports and suggestions, from receipt to answer (四(三))."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._importing import import_command
from hrintegrity.cli._options import (
    DistrictOption,
    ForceOption,
    FormatOption,
    RequiredDateOption,
    RequiredReasonOption,
    read_date,
    read_given,
    read_text,
    word,
)
from hrintegrity.cli._output import done, show_record, show_rows, warn
from hrintegrity.cli._template import TemplateArgument, write
from hrintegrity.notice.words import CHANNEL, COMPLAINT_KIND, OUTCOME
from hrintegrity.rules.titles import PLAQUE_TERM

app = typer.Typer(
    cls=ChineseGroup,
    help="投诉、举报、意见建议（三(三) 四、四(三)）：受理、办结、查询。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="编号见 hri complaint list；末8位也行。")
]
ChannelHelp = "market 市场管理、labour 劳动监察或 other 其他。"
KindHelp = "complaint 投诉、report 举报或 suggestion 意见建议。"
NameOption = Annotated[
    str | None,
    typer.Option("--from", parser=read_text, metavar="姓名", help="投诉人；单独存放，可以删除。"),
]
ContactOption = Annotated[
    str | None,
    typer.Option("--contact", parser=read_text, metavar="文字", help="联系方式；单独存放。"),
]
COLUMNS = [
    ("received", "受理日期"),
    ("kind", "类型"),
    ("channel", "渠道"),
    ("agency", "机构名称"),
    ("subject", "事由"),
    ("closed", "办结日期"),
    ("outcome", "结果"),
    ("id", "编号"),
]
WORDS: dict[str, Any] = {
    "channel": CHANNEL.chinese,
    "kind": COMPLAINT_KIND.chinese,
    "outcome": OUTCOME.chinese,
}


@app.command("add", cls=ChineseCommand, help="登记受理的投诉、举报或意见建议。")
def add(
    context: typer.Context,
    received: Annotated[
        dt.date, typer.Option("--received", parser=read_date, metavar="日期", help="受理日期。")
    ],
    channel: Annotated[
        str, typer.Option("--channel", parser=word(CHANNEL), metavar="渠道", help=ChannelHelp)
    ],
    subject: Annotated[
        str,
        typer.Option(
            "--subject", parser=read_given, metavar="文字", help="事由；不要写投诉人的姓名电话。"
        ),
    ],
    agency: Annotated[
        str | None, typer.Argument(metavar="机构", help="哪家机构；意见建议可以不写。")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", parser=word(COMPLAINT_KIND), metavar="类型", help=KindHelp)
    ] = "complaint",
    name: NameOption = None,
    contact: ContactOption = None,
    district: DistrictOption = None,
    form: FormatOption = "table",
) -> None:
    """Enter a complaint."""
    from hrintegrity.duties.complaints import cases

    with writing(context) as archive:
        found, warnings = cases.add(
            archive,
            agency,
            received=day(context, received),
            channel=channel,
            subject=subject,
            kind=kind,
            name=name,
            contact=contact,
            district=district,
        )
    for warning in warnings:
        warn(warning)
    about = f"对{found.agency}的" if found.agency else ""
    done(f"已登记{about}{COMPLAINT_KIND.chinese(found.kind)}，编号 {found.id}。", found, form)


@app.command("close", cls=ChineseCommand, help="办结并答复；查实不诚信的，示范单位称号随即撤销。")
def close(
    context: typer.Context,
    case: IdArgument,
    date: RequiredDateOption,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            parser=word(OUTCOME),
            metavar="结果",
            help="substantiated 查实、unfounded 不属实、withdrawn 撤回、adopted 采纳"
            "或 declined 未采纳。",
        ),
    ],
    answer: Annotated[
        str, typer.Option("--answer", parser=read_given, metavar="文字", help="怎样答复的。")
    ],
    dishonest: Annotated[
        bool, typer.Option("--dishonest", help="查实的是不诚信行为（三(八)2）。")
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Close a complaint with its answer."""
    from hrintegrity.duties.complaints import cases

    with writing(context) as archive:
        found = cases.close(
            archive,
            case,
            date=day(context, date),
            outcome=outcome,
            answer=answer,
            dishonest=dishonest,
        )
    for warning in found.warnings:
        warn(warning)
    for unit in found.lost:
        warn(
            f"{unit.name}的示范单位称号已撤销，标牌 {unit.plaque} 应于 {unit.recover_by} 前收回"
            f"{PLAQUE_TERM}。"
        )
    done(f"已办结：{OUTCOME.chinese(outcome)}（{found.case.closed}）。", found.case, form)


@app.command("reopen", cls=ChineseCommand, help="误办结的，重新打开；因此撤销的称号随之恢复。")
def reopen(
    context: typer.Context,
    case: IdArgument,
    reason: RequiredReasonOption,
    form: FormatOption = "table",
) -> None:
    """Take back that a complaint was closed."""
    from hrintegrity.duties.complaints import cases

    with writing(context) as archive:
        found = cases.reopen(archive, case, reason=reason)
    for unit in found.lost:
        warn(f"{unit.name}的示范单位称号已恢复（标牌 {unit.plaque}）。")
    done("已重新打开。", found.case, form)


@app.command("edit", cls=ChineseCommand, help="更正还没有办结的登记。")
def edit(
    context: typer.Context,
    case: IdArgument,
    reason: RequiredReasonOption,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="机构", help="哪家机构。")
    ] = None,
    received: Annotated[
        dt.date | None,
        typer.Option("--received", parser=read_date, metavar="日期", help="受理日期。"),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", parser=word(CHANNEL), metavar="渠道", help=ChannelHelp),
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", parser=read_given, metavar="文字", help="事由。")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", parser=word(COMPLAINT_KIND), metavar="类型", help=KindHelp),
    ] = None,
    name: NameOption = None,
    contact: ContactOption = None,
    form: FormatOption = "table",
) -> None:
    """Correct an open complaint."""
    from hrintegrity.duties.complaints import cases

    if received is not None:
        day(context, received)
    with writing(context) as archive:
        found = cases.edit(
            archive,
            case,
            reason=reason,
            agency=agency,
            received=received,
            channel=channel,
            subject=subject,
            kind=kind,
            name=name,
            contact=contact,
        )
    done("已更正。", found, form)


@app.command("show", cls=ChineseCommand, help="一件投诉举报；投诉人只在 --with-contacts 时显示。")
def show(
    context: typer.Context,
    case: IdArgument,
    with_contacts: Annotated[
        bool, typer.Option("--with-contacts", help="显示姓名和联系方式；查看会记入日志。")
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Show one complaint."""
    from hrintegrity.duties.complaints import cases

    columns = [
        *COLUMNS[:-1],
        ("answer", "答复"),
        ("dishonest", "查实不诚信"),
        ("has_contacts", "留有联系人"),
        ("erased", "联系人删除日期"),
    ]
    found: Any
    if with_contacts:
        with writing(context) as archive:
            found = cases.show_with_contacts(archive, case)
        columns += [("complainant", "投诉人"), ("contact", "联系方式")]
    else:
        with reading(context) as archive:
            found = cases.show(archive, case)
    show_record(found, [*columns, ("id", "编号")], form, words=WORDS)


@app.command("list", cls=ChineseCommand, help="投诉举报清单；不含投诉人。")
def listing(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    is_open: Annotated[bool, typer.Option("--open", help="只看没有办结的。")] = False,
    district: DistrictOption = None,
    form: FormatOption = "table",
) -> None:
    """List complaints."""
    from hrintegrity.duties.complaints import cases

    with reading(context) as archive:
        found = cases.listing(archive, text=agency, district=district, is_open=is_open)
    show_rows(found, COLUMNS, form, words=WORDS, kind=cases.CaseView)


@app.command("erase", cls=ChineseCommand, help="删除投诉人的姓名和联系方式，其余保留；不可恢复。")
def erase(
    context: typer.Context,
    case: IdArgument,
    reason: RequiredReasonOption,
    form: FormatOption = "table",
) -> None:
    """Remove name and contact of whoever complained, and their last bytes from the file."""
    from hrintegrity.archive.erasure import overwrite_deleted
    from hrintegrity.duties.complaints import cases, complainants

    call = call_of(context)
    with writing(context) as archive:
        row, _ = cases.find(archive, case)
        erased = complainants.erase(archive, row, reason=reason, today=call.today)
        found = cases.show(archive, case)
    overwrite_deleted(call.location)
    if erased:
        warn("以前的备份和送出的数据包里如有，要另行删除。")
        done("已删除投诉人的姓名和联系方式。", found, form)
    else:
        done("没有留存的姓名和联系方式；档案库文件已重写一遍。", found, form)


@import_command(app, "从表格导入投诉举报。")
def complaint_target(_context: typer.Context, archive: Any, district: DistrictOption = None) -> Any:
    """Return where rows of complaints go."""
    from hrintegrity.duties.complaints import cases_table

    return cases_table.Target(archive, district=district)


@app.command("template", cls=ChineseCommand, help="空白的登记表：表头、下拉选项和示例。")
def template(
    file: TemplateArgument,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write an empty table of complaints to be filled in."""
    from hrintegrity.duties.complaints import cases_table

    write(cases_table.TABLE, file, force=force, form=form)
