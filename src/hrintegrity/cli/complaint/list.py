"""`hri complaint list`: list complaints."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Rows, list_command, reading
from hrintegrity.cli.complaint._shared import COLUMNS, WORDS


@list_command
def run(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    is_open: Annotated[bool, typer.Option("--open", help="只看没有办结的。")] = False,
    district: DistrictOption = None,
) -> Rows:
    """List complaints."""
    from hrintegrity.duties.complaints import cases

    with reading(context) as archive:
        found = cases.listing(archive, text=agency, district=district, is_open=is_open)
    return Rows(found, COLUMNS, words=WORDS, kind=cases.CaseView)
