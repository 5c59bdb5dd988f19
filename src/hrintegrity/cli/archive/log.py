"""`hri archive log`: show the journal."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import Rows, list_command, read_since, reading
from hrintegrity.cli.base.changes import changes
from hrintegrity.days import moment
from hrintegrity.notice import names
from hrintegrity.packing import Packed


@list_command
def run(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    since: Annotated[
        dt.date | None,
        typer.Option("--since", parser=read_since, metavar="日期", help="只看这天以后的。"),
    ] = None,
) -> Rows:
    """Show the journal."""
    from hrintegrity.duties import upkeep

    columns = [
        ("id", "序号"),
        ("at", "时间"),
        ("operator", "经办人"),
        ("action", "动作"),
        ("table", "表"),
        ("record", "记录"),
        ("changes", "内容"),
        ("reason", "理由"),
    ]
    more = [("sender_name", "来自"), ("login", "登录用户")]
    with reading(context) as archive:
        # Taken whole before it is shown: a reader that waits at a pager would keep writers out.
        entries = Packed(upkeep.log(archive, agency, since))
    shown = (
        {**vars(e), "changes": changes(e.table, e.changes, new=e.action == "insert")}
        for e in entries
    )
    words: dict[str, Any] = {
        "at": partial(moment, seconds=True),
        "action": names.ACTIONS.__getitem__,
        "table": names.table,
    }
    return Rows(
        entries,
        columns,
        words=words,
        kind=upkeep.LogEntry,
        shown=shown,
        more=more,
        first=("id", "at", "action", "table", "record"),
        below="changes",
    )
