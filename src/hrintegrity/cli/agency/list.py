"""`hri agency list`: list agencies."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.agency._shared import COLUMNS, WORDS, GradeOption, KindOption
from hrintegrity.cli.base import DistrictOption, Rows, list_command, reading, word
from hrintegrity.notice.words import AGENCY_STATUS

LIST_COLUMNS = [
    column
    for column in COLUMNS
    if column[0] in ("name", "code", "district_name", "kind", "license", "grade", "status")
]


@list_command
def run(
    context: typer.Context,
    district: DistrictOption = None,
    kind: KindOption = None,
    grade: GradeOption = None,
    status: Annotated[
        str | None,
        typer.Option("--status", parser=word(AGENCY_STATUS), metavar="状态", help="正常或已终止。"),
    ] = None,
    unsigned: Annotated[
        bool,
        typer.Option(
            "--unsigned", help="只看没有签署承诺书的（三(三) 二）；没有 --status 的，只看正常的。"
        ),
    ] = False,
) -> Rows:
    """List agencies."""
    from hrintegrity.duties import agencies

    with reading(context) as archive:
        found = agencies.listing(
            archive, district=district, kind=kind, grade=grade, status=status, unsigned=unsigned
        )
    return Rows(found, LIST_COLUMNS, words=WORDS, kind=agencies.AgencyView)
