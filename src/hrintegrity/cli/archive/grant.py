"""`hri archive grant`: give a user of the database a clerk's rights."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, command, read_given, writing

UserArgument = Annotated[
    str, typer.Argument(parser=read_given, metavar="用户名", help="服务器上的数据库用户。")
]


@command
def run(context: typer.Context, user: UserArgument) -> Done:
    """Give a user of the database a clerk's rights."""
    from hrintegrity.archive import rights

    with writing(context) as archive:
        rights.grant(archive, user)
        where = str(archive.location)
    record = {"id": user, "archive": where, "user": user}
    return Done(record, f"数据库用户 {user} 可以办理业务了；日志只能添加，不能改动。")
