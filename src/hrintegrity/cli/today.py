"""`hri today`: what is due, and what to type next."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Rows, call_of, list_command, reading_rows


@list_command
def run(
    context: typer.Context,
    days: Annotated[
        int,
        typer.Option("--days", min=0, max=36_500, metavar="天数", help="连同今后这些天内到期的。"),
    ] = 30,
) -> Rows:
    """List what is due."""
    from hrintegrity.duties import today

    with reading_rows(context) as archive:
        found = today.listing(archive, today=call_of(context).today, days=days)
    columns = [
        ("due", "期限"),
        ("days_left", "还剩"),
        ("what", "事项"),
        ("agency", "机构名称"),
        ("code", "代码"),
        ("command", "接着输入"),
    ]
    return Rows(
        [one.due for one in found],
        columns,
        words={"days_left": _left},
        shown=[{**vars(one.due), "what": one.title} for one in found],
        empty=f"今后 {days} 天内没有要办的事，也没有逾期的。",
        kind=today.Due,
        first=("due", "days_left", "what", "agency"),
        below="command",
    )


def _left(days: int) -> str:
    return f"已过 {-days} 天" if days < 0 else f"还有 {days} 天" if days else "今天"
