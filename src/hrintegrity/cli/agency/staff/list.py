"""`hri agency staff list`: list practitioners, of one agency or of all."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Rows, list_command, read_given, reading

STAFF_COLUMNS = [
    ("name", "姓名"),
    ("certificate", "资格证号"),
    ("pledged", "承诺日期"),
    ("since", "到岗日期"),
    ("left", "离开日期"),
    ("id", "人员编号"),
]


@list_command
def run(
    context: typer.Context,
    agency: Annotated[
        str | None, typer.Argument(metavar="机构", help="只看一家机构的；默认各机构都看。")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", parser=read_given, metavar="文字", help="姓名里有这些字的。"),
    ] = None,
    certificate: Annotated[
        str | None,
        typer.Option("--certificate", parser=read_given, metavar="证号", help="这个资格证号的。"),
    ] = None,
    unsigned: Annotated[bool, typer.Option("--unsigned", help="只看没有签署承诺书的。")] = False,
    left: Annotated[bool, typer.Option("--left", "--all", help="连同已离开的。")] = False,
    district: DistrictOption = None,
) -> Rows:
    """List practitioners, of one agency or of all."""
    from hrintegrity.duties.people import register

    with reading(context) as archive:
        found = register.listing(
            archive,
            agency,
            name=name,
            certificate=certificate,
            district=district,
            unsigned=unsigned,
            left=left,
        )
    columns = STAFF_COLUMNS if agency else [("agency", "机构名称"), *STAFF_COLUMNS]
    return Rows(
        found, columns, kind=register.StaffView, first=("agency", "name", "certificate", "pledged")
    )
