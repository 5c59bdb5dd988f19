"""`hri agency staff`: practitioners and their pledges (三(三) 二)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, day, reading, writing
from hrintegrity.cli._help import ChineseCommand, ChineseGroup
from hrintegrity.cli._importing import import_command
from hrintegrity.cli._options import (
    AgencyArgument,
    ForceOption,
    FormatOption,
    ReasonOption,
    RequiredDateOption,
    read_date,
    read_given,
    read_text,
)
from hrintegrity.cli._output import done, show_rows, warn
from hrintegrity.cli._template import TemplateArgument, write

app = typer.Typer(
    cls=ChineseGroup,
    help="从业人员和他们的诚信服务承诺书（三(三) 二）。",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def _day_or_none(text: str) -> dt.date | str:
    """Read a day; an empty text clears one."""
    return read_date(text) if text.strip() else ""


StaffArgument = Annotated[
    str, typer.Argument(metavar="人员编号", help="编号见 hri agency staff list；末8位也行。")
]
PledgedOption = Annotated[
    dt.date | None,
    typer.Option("--pledged", parser=read_date, metavar="日期", help="签署承诺书的日期。"),
]
STAFF_COLUMNS = [
    ("name", "姓名"),
    ("certificate", "资格证号"),
    ("pledged", "承诺日期"),
    ("since", "到岗日期"),
    ("left", "离开日期"),
    ("id", "人员编号"),
]


@app.command("add", cls=ChineseCommand, help="登记一位从业人员；凭资格证号调来的，承诺随人走。")
def add(
    context: typer.Context,
    agency: AgencyArgument,
    name: Annotated[str, typer.Option("--name", parser=read_given, metavar="姓名", help="姓名。")],
    certificate: Annotated[
        str | None,
        typer.Option("--certificate", parser=read_text, metavar="证号", help="资格证号。"),
    ] = None,
    pledged: PledgedOption = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_date, metavar="日期", help="到岗日期；默认为今天。"),
    ] = None,
    namesake: Annotated[bool, typer.Option("--namesake", help="是同机构里同名的另一人。")] = False,
    form: FormatOption = "table",
) -> None:
    """Enter a practitioner."""
    from hrintegrity.duties.people import staff

    if pledged is not None:
        day(context, pledged)
    with writing(context) as archive:
        found = staff.add(
            archive,
            agency,
            name=name,
            certificate=certificate,
            pledged=pledged,
            since=day(context, since),
            namesake=namesake,
        )
    _done(f"已登记{found.staff.agency}的{found.staff.name}。", found, form)


@import_command(app, "从表格导入从业人员。")
def staff_target(context: typer.Context, archive: Any) -> Any:
    """Return where rows of practitioners go."""
    from hrintegrity.duties.people import staff_table

    return staff_table.Target(archive, today=call_of(context).today)


@app.command("template", cls=ChineseCommand, help="空白的登记表：表头和示例。")
def template(
    file: TemplateArgument,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write an empty table of practitioners to be filled in."""
    from hrintegrity.duties.people import staff_table

    write(staff_table.TABLE, file, force=force, form=form)


@app.command("list", cls=ChineseCommand, help="一家机构的从业人员。")
def listing(
    context: typer.Context,
    agency: AgencyArgument,
    everyone: Annotated[bool, typer.Option("--all", help="连同已离开的。")] = False,
    form: FormatOption = "table",
) -> None:
    """List an agency's practitioners."""
    from hrintegrity.duties.people import staff

    with reading(context) as archive:
        found = staff.listing(archive, agency, everyone=everyone)
    show_rows(found, STAFF_COLUMNS, form, kind=staff.StaffView)


@app.command("edit", cls=ChineseCommand, help="更正一位从业人员；空文字清除一项。")
def edit(
    context: typer.Context,
    person: StaffArgument,
    name: Annotated[
        str | None, typer.Option("--name", parser=read_given, metavar="姓名", help="姓名。")
    ] = None,
    certificate: Annotated[
        str | None,
        typer.Option("--certificate", parser=read_text, metavar="证号", help="资格证号。"),
    ] = None,
    pledged: Annotated[
        Any,
        typer.Option("--pledged", parser=_day_or_none, metavar="日期", help="签署承诺书的日期。"),
    ] = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_date, metavar="日期", help="到岗日期。"),
    ] = None,
    left: Annotated[
        Any, typer.Option("--left", parser=_day_or_none, metavar="日期", help="离开日期。")
    ] = None,
    reason: ReasonOption = None,
    form: FormatOption = "table",
) -> None:
    """Correct a practitioner's entry."""
    from hrintegrity.duties.people import staff

    for given in (pledged, since, left):
        if isinstance(given, dt.date):
            day(context, given)
    with writing(context) as archive:
        found = staff.edit(
            archive,
            person,
            name=name,
            certificate=certificate,
            pledged=pledged,
            since=since,
            left=left,
            reason=reason,
        )
    _done(f"已更正{found.staff.name}。", found, form)


@app.command("leave", cls=ChineseCommand, help="登记一位从业人员离开机构。")
def leave(
    context: typer.Context,
    person: StaffArgument,
    date: RequiredDateOption,
    form: FormatOption = "table",
) -> None:
    """Record that a practitioner left."""
    from hrintegrity.duties.people import staff

    with writing(context) as archive:
        found = staff.leave(archive, person, date=day(context, date))
    _done(f"已登记{found.staff.name}于 {found.staff.left} 离开{found.staff.agency}。", found, form)


@app.command("move", cls=ChineseCommand, help="登记一位从业人员调到另一家机构，承诺随人走。")
def move(
    context: typer.Context,
    person: StaffArgument,
    agency: AgencyArgument,
    date: RequiredDateOption,
    form: FormatOption = "table",
) -> None:
    """Move a practitioner to another agency."""
    from hrintegrity.duties.people import staff

    with writing(context) as archive:
        found = staff.move(archive, person, agency, date=day(context, date))
    _done(f"已登记{found.staff.name}于 {found.staff.since} 到{found.staff.agency}。", found, form)


def _done(message: str, found: Any, form: str) -> None:
    for warning in found.warnings:
        warn(warning)
    done(message, found.staff, form)
