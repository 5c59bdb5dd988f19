"""`hri sanction list`: list sanctions."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Rows, call_of, list_command, reading
from hrintegrity.cli.sanction._shared import COLUMNS, WORDS

LIST_COLUMNS = [
    column
    for column in COLUMNS
    if column[0]
    in ("id", "agency", "staff_name", "kind", "grounds", "date", "deadline", "state", "overdue",
        "number")
]  # fmt: skip

MORE = [column for column in COLUMNS if column not in LIST_COLUMNS]


@list_command
def run(
    context: typer.Context,
    only_open: Annotated[bool, typer.Option("--open", help="只列还没有了结的责令整改。")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="只列其中已过期限的。")] = False,
    district: DistrictOption = None,
) -> Rows:
    """List sanctions."""
    from hrintegrity.duties.sanctions import records

    with reading(context) as archive:
        found = records.listing(
            archive,
            today=call_of(context).today,
            open_only=only_open,
            overdue_only=overdue,
            district=district,
        )
    first = ("id", "agency", "kind", "state", "deadline", "overdue")
    return Rows(found, LIST_COLUMNS, more=MORE, words=WORDS, first=first, below="number")
