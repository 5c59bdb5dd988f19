"""`hri agency list`: list agencies."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.agency._shared import COLUMNS, WORDS, GradeOption, KindOption
from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    call_of,
    choice,
    columns_of,
    list_command,
    read_text,
    reading_rows,
)
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.notice.words import AGENCY_STATUS

LIST_COLUMNS = columns_of(AGENCY.which("listed"))

MORE = [column for column in COLUMNS if column not in LIST_COLUMNS]


@list_command
def run(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            parser=read_text,
            metavar="文字",
            help="名称（曾用名）或代码的一部分，或名称的拼音首字母。",
        ),
    ] = None,
    district: DistrictOption = None,
    kind: KindOption = None,
    grade: GradeOption = None,
    status: Annotated[
        str | None,
        choice("--status", AGENCY_STATUS),
    ] = None,
    unsigned: Annotated[
        bool,
        typer.Option(
            "--unsigned", help="只看没有签署承诺书的（三(三) 二）；没有 --status 的，只看正常的。"
        ),
    ] = False,
    expiring: Annotated[
        int | None,
        typer.Option(
            "--expiring",
            min=0,
            max=36_500,
            metavar="天数",
            help="只看许可证已过期或在这些天内到期的；没有 --status 的，只看正常的。",
        ),
    ] = None,
) -> Rows:
    """List agencies."""
    from hrintegrity.duties import agency_views
    from hrintegrity.packing import Packed

    with reading_rows(context) as archive:
        found = Packed(
            agency_views.listing(
                archive,
                today=call_of(context).today,
                name=name,
                district=district,
                kind=kind,
                grade=grade,
                status=status,
                unsigned=unsigned,
                expiring=expiring,
            )
        )
    return Rows(found, LIST_COLUMNS, more=MORE, words=WORDS, kind=agency_views.AgencyView)
