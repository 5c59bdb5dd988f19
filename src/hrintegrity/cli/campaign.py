"""`hri campaign`: the campaign month 诚信服务月."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._importing import import_command
from hrintegrity.cli._options import (
    AgencyArgument,
    DateOption,
    DistrictOption,
    FormatOption,
    ReasonOption,
    RequiredDateOption,
    RequiredReasonOption,
    YearOption,
    read_date,
    word,
)
from hrintegrity.cli._output import done, show_rows, warn
from hrintegrity.notice.words import ACTIVITY, TITLE
from hrintegrity.text import fold

app = typer.Typer(
    cls=ChineseGroup,
    help="诚信服务月（三(四)）：五项活动、表现突出的机构、创建称号。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

_COLUMNS = [
    ("date", "日期"),
    ("kind", "活动类型"),
    ("title", "活动名称"),
    ("people", "参加人数"),
    ("agencies", "机构数"),
    ("media", "媒体报道数"),
    ("attachments", "附件"),
    ("district_name", "区县"),
    ("id", "编号"),
]


def _count(text: str) -> int:
    number = fold(text).strip()
    if not (number.isascii() and number.isdecimal() and len(number) <= 9):
        raise typer.BadParameter(f"“{text}”应是不小于 0 的整数")
    return int(number)


def _counted(name: str, text: str) -> Any:
    return typer.Option(name, parser=_count, metavar="数", help=text)


def _names(attachments: list[dict[str, Any]]) -> str:
    return "、".join(one["name"] for one in attachments)


ActivityKind = typer.Option("--kind", parser=word(ACTIVITY), metavar="类型", help="五项活动之一。")
PeopleOption = Annotated[int | None, _counted("--people", "参加人数；没有统计的不写。")]
AgenciesOption = Annotated[int | None, _counted("--agencies", "参加或覆盖的机构数。")]
MediaOption = Annotated[int | None, _counted("--media", "媒体报道数。")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="文字", help="备注。")]
AttachOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--attach",
        metavar="文件",
        help="照片、剪报等附件，存在档案库旁边（服务器上的档案库：HRI_FILES 所指的目录）。",
    ),
]
IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="记录的编号，见 hri campaign list；末8位也行。")
]


@app.command("start", cls=ChineseCommand, help="登记另一年的活动，或更改其日期。")
def start(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", metavar="年份", help="活动年份。")],
    first: Annotated[
        dt.date, typer.Option("--from", parser=read_date, metavar="日期", help="活动第一天。")
    ],
    last: Annotated[
        dt.date, typer.Option("--to", parser=read_date, metavar="日期", help="活动最后一天。")
    ],
    deadline: Annotated[
        dt.date,
        typer.Option("--deadline", parser=read_date, metavar="日期", help="报送期限，当日算在内。"),
    ],
    form: FormatOption = "table",
) -> None:
    """Start a campaign."""
    from hrintegrity.duties.campaign import months

    with writing(context) as archive:
        found = months.start(archive, year=year, first=first, last=last, deadline=deadline)
    what = "已更改" if found.changed else "已登记"
    done(
        f"{what}{found.year}年的活动：{found.start} 至 {found.end}，{found.deadline} 前报送。",
        found,
        form,
    )


@app.command("log", cls=ChineseCommand, help="登记一项活动，可带附件。")
def log(
    context: typer.Context,
    kind: Annotated[str, ActivityKind],
    date: RequiredDateOption,
    title: Annotated[str, typer.Option("--title", metavar="名称", help="活动名称。")],
    people: PeopleOption = None,
    agencies: AgenciesOption = None,
    media: MediaOption = None,
    note: NoteOption = None,
    attach: AttachOption = None,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Log an activity."""
    from hrintegrity.duties.campaign import activities

    with writing(context) as archive:
        logged = activities.log(
            archive,
            kind=kind,
            date=day(context, date),
            title=title,
            people=people,
            agencies=agencies,
            media=media,
            note=note,
            attach=attach or [],
            district=district,
            year=year,
        )
    _say(logged, "已登记", form)


@app.command("edit", cls=ChineseCommand, help="更正一项活动，或补附件；空文字清除备注。")
def edit(
    context: typer.Context,
    record: IdArgument,
    kind: Annotated[str | None, ActivityKind] = None,
    date: DateOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="名称", help="活动名称。")] = None,
    people: PeopleOption = None,
    agencies: AgenciesOption = None,
    media: MediaOption = None,
    note: NoteOption = None,
    attach: AttachOption = None,
    reason: ReasonOption = None,
    form: FormatOption = "table",
) -> None:
    """Correct an activity."""
    from hrintegrity.duties.campaign import activities

    with writing(context) as archive:
        edited = activities.edit(
            archive,
            record,
            reason=reason,
            attach=attach or [],
            kind=kind,
            date=None if date is None else day(context, date),
            title=title,
            people=people,
            agencies=agencies,
            media=media,
            note=note,
        )
    _say(edited, "已更正", form)


def _say(logged: Any, what: str, form: str) -> None:
    for warning in logged.warnings:
        warn(warning)
    found = logged.activity
    files = f"，附件 {len(found.attachments)} 个" if found.attachments else ""
    done(f"{what}：{found.date} {ACTIVITY.chinese(found.kind)} {found.title}{files}。", found, form)


@app.command(
    "outstanding", cls=ChineseCommand, help="登记活动中表现突出的机构：优先推荐（三(七)）。"
)
def outstanding(
    context: typer.Context,
    agency: AgencyArgument,
    reason: RequiredReasonOption,
    date: DateOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Record an outstanding agency."""
    from hrintegrity.duties.campaign import distinctions

    with writing(context) as archive:
        found = distinctions.outstanding(
            archive, agency, year=year, date=day(context, date), reason=reason
        )
    done(f"已登记{found.name}在{found.year}年活动中表现突出。", found, form)


@app.command("title", cls=ChineseCommand, help="登记诚信服务窗口、诚信服务标兵（三(四) 三）。")
def title(
    context: typer.Context,
    agency: AgencyArgument,
    title: Annotated[
        str,
        typer.Option(
            "--title", parser=word(TITLE), metavar="称号", help="诚信服务窗口或诚信服务标兵。"
        ),
    ],
    staff: Annotated[
        str | None,
        typer.Option("--staff", metavar="编号", help="标兵是哪位从业人员（其 id）。"),
    ] = None,
    date: DateOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Record a title of the creation."""
    from hrintegrity.duties.campaign import distinctions

    with writing(context) as archive:
        found = distinctions.title(
            archive, agency, title=title, staff=staff, year=year, date=day(context, date)
        )
    done(f"已登记{_bearer(found)}为{TITLE.chinese(found.title)}。", found, form)


@app.command("remove", cls=ChineseCommand, help="撤去误登的活动、表现突出或称号；日志里留有原样。")
def remove(
    context: typer.Context,
    record: IdArgument,
    reason: RequiredReasonOption,
    form: FormatOption = "table",
) -> None:
    """Take back a record of the campaign."""
    from hrintegrity.duties.campaign import activities, distinctions
    from hrintegrity.errors import LookupFailedError

    with writing(context) as archive:
        found: Any
        try:
            found = activities.remove(archive, record, reason=reason)
            what = f"活动：{found.title}"
        except LookupFailedError:
            found = distinctions.remove(archive, record, reason=reason)
            what = f"{_bearer(found)}的登记。"
    done(f"已撤去{what}", found, form)


def _bearer(found: Any) -> str:
    staff = getattr(found, "staff", None)
    return f"{found.name}的{staff}" if staff else str(found.name)


@app.command("list", cls=ChineseCommand, help="活动一览；也可列出表现突出的机构、创建称号。")
def listing(
    context: typer.Context,
    kind: Annotated[str | None, ActivityKind] = None,
    outstanding: Annotated[
        bool, typer.Option("--outstanding", help="改列表现突出的机构。")
    ] = False,
    titles: Annotated[bool, typer.Option("--titles", help="改列创建称号。")] = False,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """List what the campaign has."""
    from hrintegrity.duties.campaign import activities, distinctions

    if outstanding and titles:
        raise typer.BadParameter("与 --titles 只能用一个", param_hint="--outstanding")
    with reading(context) as archive:
        if outstanding:
            rows: Any = distinctions.outstanding_list(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("code", "代码"), ("date", "日期"), ("reason", "理由")]
            columns.append(("id", "编号"))
            words: Any = {}
        elif titles:
            rows = distinctions.title_list(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("title", "称号"), ("staff", "标兵"), ("date", "日期")]
            columns.append(("id", "编号"))
            words = {"title": TITLE.chinese}
        else:
            rows = activities.listing(archive, district=district, year=year, kind=kind)
            columns, words = _COLUMNS, {"kind": ACTIVITY.chinese, "attachments": _names}
    show_rows(rows, columns, form, words=words)


@import_command(app, "从表格导入活动（csv、xlsx、xls、ods、et）。")
def activity_target(_context: typer.Context, archive: Any, year: YearOption = None) -> Any:
    """Return where rows of activities go."""
    from hrintegrity.duties.campaign import activities_table

    return activities_table.Target(archive, year=year)
