"""`hri archive grant`: give a user of the database the rights of a role."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, command, one_of, read_given, writing

UserArgument = Annotated[
    str, typer.Argument(parser=read_given, metavar="用户名", help="服务器上的数据库用户。")
]


@command
def run(
    context: typer.Context,
    user: UserArgument,
    role: Annotated[
        str,
        typer.Option(
            "--role",
            parser=one_of("viewer", "clerk", "inspector", "head"),
            metavar="viewer|clerk|inspector|head",
            help="查看、经办、检查员、负责人；默认经办。",
        ),
    ] = "clerk",
) -> Done:
    """Give a user of the database the rights of a role."""
    from hrintegrity.archive import rights

    with writing(context) as archive:
        rights.grant(archive, user, role)
        where = str(archive.location)
    record = {"id": user, "archive": where, "user": user, "role": role}
    return Done(record, f"数据库用户 {user} {rights.ROLES[role][0]}；日志只能添加，不能改动。")
