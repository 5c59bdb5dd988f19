"""`hri archive office`: show the office, or record who is in charge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    Record,
    command,
    read_text,
    reading_rows,
    writing,
)

_OFFICE = [
    ("district_name", "区县"),
    ("name", "机关名称"),
    ("prefix", "发文字号前缀"),
    ("leader", "主管领导"),
    ("department", "责任部门"),
    ("plan", "工作方案"),
    ("address", "通信地址"),
]


@command
def run(
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
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            parser=read_text,
            metavar="地址",
            help="通信地址和邮编：文书请当事人来信、交回标牌的，写到这里。",
        ),
    ] = None,
    district: DistrictOption = None,
) -> Done | Record:
    """Show the office, or record who is in charge."""
    from hrintegrity.duties import offices

    values: dict[str, Any] = {
        "name": name,
        "prefix": prefix,
        "leader": leader,
        "department": department,
        "plan": plan,
        "address": address,
    }
    given = {key: value for key, value in values.items() if value is not None}
    if not given:
        with reading_rows(context) as archive:
            own = offices.scope(archive, district) or offices.CITY
            found = offices.office_of(archive, own)
        return Record(found, _OFFICE)
    from hrintegrity.duties import setting_up

    with writing(context) as archive:
        own = offices.scope(archive, district) or offices.CITY
        found = setting_up.set_office(archive, own, **given)
    said = "，".join(
        f"{heading} {given[key] or '（空）'}" for key, heading in _OFFICE if key in given
    )
    return Done(found, f"已登记{found.name}：{said}。")
