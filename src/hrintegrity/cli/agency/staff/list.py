"""`hri agency staff list`: list an agency's practitioners."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import AgencyArgument, Rows, list_command, reading

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
    agency: AgencyArgument,
    everyone: Annotated[bool, typer.Option("--all", help="连同已离开的。")] = False,
) -> Rows:
    """List an agency's practitioners."""
    from hrintegrity.duties.people import staff

    with reading(context) as archive:
        found = staff.listing(archive, agency, everyone=everyone)
    return Rows(found, STAFF_COLUMNS, kind=staff.StaffView)
