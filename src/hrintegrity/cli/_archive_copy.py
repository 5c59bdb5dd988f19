"""`hri archive copy` and `grant`: to a server and back, and who may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli._call import call_of, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import FormatOption, read_given
from hrintegrity.cli._output import done, warn

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location

FromArgument = Annotated[
    str, typer.Argument(metavar="来源", help="SQLite 文件，或 postgresql+psycopg://… 地址。")
]
ToArgument = Annotated[str, typer.Argument(metavar="去处", help="同上；那里还不能有档案库。")]
UserArgument = Annotated[
    str, typer.Argument(parser=read_given, metavar="用户名", help="服务器上的数据库用户。")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `hri archive`."""
    app.command(
        "copy", cls=ChineseCommand, help="整个复制：从文件到服务器，或从服务器到文件；逐条核对。"
    )(copy)
    app.command(
        "grant", cls=ChineseCommand, help="让一个数据库用户能办理业务，但改不了日志（限服务器）。"
    )(grant)


def copy(
    context: typer.Context,
    source: FromArgument,
    target: ToArgument,
    form: FormatOption = "table",
) -> None:
    """Copy an archive whole."""
    from hrintegrity.archive.copying import JOURNAL, copy_archive
    from hrintegrity.archive.location import parse_location
    from hrintegrity.duties.campaign.attachments import place

    here, there = parse_location(source), parse_location(target)
    found = copy_archive(here, there, operator=call_of(context).who, place=place)
    for sha256 in found.missing:
        warn(f"附件 {sha256} 在来源处就找不到，没有复制。")
    _tell_of_key(here, there)
    entries = found.rows[JOURNAL]
    records = sum(found.rows.values()) - entries
    record = {
        "id": str(there),
        "source": str(here),
        "target": str(there),
        "records": records,
        "entries": entries,
        "head": found.head,
        "attachments": found.attachments,
        "missing": list(found.missing),
    }
    counts = f"记录 {records} 条、日志 {entries} 条、附件 {found.attachments} 个"
    done(
        f"已复制到 {there}：{counts}，逐条核对一致。",
        record,
        form,
    )


def _tell_of_key(here: Location, there: Location) -> None:
    """Say that the office's key is not part of an archive, where there is one."""
    from hrintegrity.duties.exchange import keys
    from hrintegrity.errors import UnusableError

    try:
        key, wanted = keys.place(here), keys.place(there)
    except UnusableError:
        return
    if key.is_file() and key != wanted:
        warn(f"本单位的密钥不随档案库复制；要在新的档案库用，请把 {key} 放到 {wanted}。")


def grant(context: typer.Context, user: UserArgument, form: FormatOption = "table") -> None:
    """Give a user of the database a clerk's rights."""
    from hrintegrity.archive import rights

    with writing(context) as archive:
        rights.grant(archive, user)
        where = str(archive.location)
    record = {"id": user, "archive": where, "user": user}
    done(f"数据库用户 {user} 可以办理业务了；日志只能添加，不能改动。", record, form)
