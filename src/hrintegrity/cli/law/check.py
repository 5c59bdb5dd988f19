"""`hri law check`: name the statutory facts that nobody has compared with their source lately."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Rows, call_of, list_command


@list_command
def run(context: typer.Context) -> Rows:
    """List facts compared with their source more than a year ago; exit 1 where there are any."""
    from hrintegrity.duties import law

    call = call_of(context)
    found = law.check(call.location, operator=call.who, today=call.today)
    columns = [
        ("file", "文件"),
        ("start", "自何日起"),
        ("clause", "依据"),
        ("checked", "核对日期"),
        ("days", "距今天数"),
        ("papers", "据此发出的文书"),
    ]
    foot = (
        [f"有 {len(found)} 条请与出处核对；改动办法见手册“规定和数据”。"]
        if found
        else ["各条规定一年内都核对过。"]
    )
    return Rows(found, columns, kind=law.Stale, foot=foot, status=1 if found else 0)
