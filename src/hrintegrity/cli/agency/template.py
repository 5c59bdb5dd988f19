"""`hri agency template`: write an empty table to be filled in and imported."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, TemplateArgument, blank_table, command, one_of

_KINDS = ("agencies", "pledges", "reviews", "penalties")


@command
def run(
    file: TemplateArgument,
    kind: Annotated[
        str,
        typer.Option(
            "--for",
            parser=one_of(*_KINDS),
            metavar="种类",
            help="agencies 机构（默认）、pledges 承诺书、reviews 年审、penalties 行政处罚。",
        ),
    ] = "agencies",
    force: ForceOption = False,
) -> Done:
    """Write an empty table to be filled in and imported."""
    from hrintegrity.duties import agency_columns, compliance_tables
    from hrintegrity.duties.people import pledges_table

    table = {
        "agencies": agency_columns.table(),
        "pledges": pledges_table.TABLE,
        "reviews": compliance_tables.REVIEWS,
        "penalties": compliance_tables.PENALTIES,
    }[kind]
    return blank_table(table, file, force=force)
