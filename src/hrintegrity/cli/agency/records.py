"""`hri agency records`: list an agency's records with their ids."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import AgencyArgument, Rows, list_command, reading
from hrintegrity.notice import names


@list_command
def run(context: typer.Context, agency: AgencyArgument) -> Rows:
    """List an agency's records with their ids."""
    from hrintegrity.duties import withdrawal

    with reading(context) as archive:
        found = withdrawal.of_agency(archive, agency)
    columns = [("date", "日期"), ("what", "类别"), ("text", "内容"), ("id", "编号")]
    words = {"what": names.table}
    return Rows(
        found,
        columns,
        words=words,
        kind=withdrawal.EntryView,
        first=("date", "what"),
        below="text",
    )
