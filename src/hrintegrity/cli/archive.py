"""`hri archive`: the archive itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli import (
    _archive_copy,
    _archive_exchange,
    _archive_keep,
    _archive_key,
    _archive_register,
    _archive_withdraw,
)
from hrintegrity.cli._call import call_of, reading, writing
from hrintegrity.cli._changes import changes
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._options import DistrictOption, FormatOption, read_date, read_text
from hrintegrity.cli._output import done, say, show_json, show_record, show_rows
from hrintegrity.errors import UnusableError
from hrintegrity.notice import names

app = typer.Typer(
    cls=ChineseGroup,
    help="档案库本身：信息、校验、日志。",
    rich_markup_mode=None,
    no_args_is_help=True,
)

_OFFICE = [
    ("district_name", "区县"),
    ("name", "机关名称"),
    ("prefix", "发文字号前缀"),
    ("leader", "主管领导"),
    ("department", "责任部门"),
    ("plan", "工作方案"),
]


@app.command("info", cls=ChineseCommand, help="档案库里有什么。")
def info(context: typer.Context, form: FormatOption = "table") -> None:
    """Show whose archive it is and how much it holds."""
    from hrintegrity.duties import upkeep

    with reading(context) as archive:
        found = upkeep.info(archive)
    columns = [
        ("archive", "档案库"),
        ("district_name", "所属"),
        ("schema", "结构版本"),
        ("campaigns", "活动年份"),
        ("agencies", "机构数"),
        ("score_sheets", "评分表数"),
        ("conclusions", "评定结论数"),
        ("papers", "已编号文书数"),
        ("entries", "日志条数"),
        ("head", "日志末条哈希"),
        ("size", "字节数"),
    ]
    show_record(found, columns, form)


@app.command(
    "office", cls=ChineseCommand, help="主管领导、责任部门、工作方案和文书上的名称（四(一)）。"
)
def office(
    context: typer.Context,
    leader: Annotated[
        str | None, typer.Option("--leader", parser=read_text, metavar="姓名", help="主管领导。")
    ] = None,
    department: Annotated[
        str | None,
        typer.Option("--department", parser=read_text, metavar="名称", help="责任部门。"),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", parser=read_text, metavar="名称", help="文书上的机关名称。"),
    ] = None,
    prefix: Annotated[
        str | None,
        typer.Option(
            "--prefix", parser=read_text, metavar="文字", help="发文字号前缀，如 海人社诚评。"
        ),
    ] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="文件", help="工作方案（UTF-8 文本）。")
    ] = None,
    district: DistrictOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the office, or record who is in charge."""
    from hrintegrity.duties import offices

    given = (leader, department, name, prefix, plan)
    if all(value is None for value in given):
        with reading(context) as archive:
            own = offices.scope(archive, district) or offices.CITY
            found = offices.office_of(archive, own)
        show_record(found, _OFFICE, form)
        return
    with writing(context) as archive:
        own = offices.scope(archive, district) or offices.CITY
        found = offices.set_office(
            archive,
            own,
            leader=leader,
            department=department,
            name=name,
            prefix=prefix,
            plan=plan,
        )
    done(f"已登记{found.name}：主管领导 {found.leader or '—'}。", found, form)


@app.command(
    "verify",
    cls=ChineseCommand,
    help="校验：文件完整、关联完整、日志环环相扣；有损坏的逐处列出，退出码 1。",
)
def verify(context: typer.Context, form: FormatOption = "table") -> None:
    """Check the archive; exit 1 where something is damaged."""
    from hrintegrity.duties import upkeep

    try:
        with reading(context) as archive:
            report = upkeep.verify(archive)
    except UnusableError as error:
        report = upkeep.unreadable(call_of(context).location, error)
    if form == "json":
        show_json(report)
    elif form == "csv":
        show_rows(report.problems, [("where", "位置"), ("reason", "问题")], form)
    else:
        for problem in report.problems:
            say(f"{problem.where}：{problem.reason}")
        state = "完好" if report.ok else f"有 {len(report.problems)} 处问题"
        say(f"档案库{state}；日志 {report.entries} 条，末条哈希 {report.head}。")
    if not report.ok:
        raise typer.Exit(1)


@app.command("log", cls=ChineseCommand, help="日志：谁在何时改了什么。")
def log(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_date, metavar="日期", help="只看这天以后的。"),
    ] = None,
    form: FormatOption = "table",
) -> None:
    """Show the journal."""
    from hrintegrity.duties import upkeep

    columns = [
        ("id", "序号"),
        ("at", "时间"),
        ("operator", "经办人"),
        ("action", "动作"),
        ("table", "表"),
        ("record", "记录"),
        ("changes", "内容"),
        ("reason", "理由"),
        ("sender_name", "来自"),
    ]
    with reading(context) as archive:
        # Taken whole before it is shown: a reader that waits at a pager would keep writers out.
        entries = list(upkeep.log(archive, agency, since))
    rows: list[Any] = entries
    if form == "table":
        rows = [
            {**vars(e), "changes": changes(e.table, e.changes, new=e.action == "insert")}
            for e in entries
        ]
    words = {
        "at": _moment,
        "action": names.ACTIONS.__getitem__,
        "table": names.table,
    }
    show_rows(rows, columns, form, words=words, kind=upkeep.LogEntry)


def _moment(at: str) -> str:
    """Return a moment of the journal by the clock of this place."""
    return f"{dt.datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"


_archive_withdraw.register(app)
_archive_keep.register(app)
_archive_copy.register(app)
_archive_exchange.register(app)
app.add_typer(_archive_key.app, name="key")
app.add_typer(_archive_register.app, name="register")
