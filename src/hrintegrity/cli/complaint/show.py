"""`hri complaint show`: show one complaint."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import Record, call_of, command, reading, writing
from hrintegrity.cli.complaint._shared import COLUMNS, WORDS, IdArgument


@command
def run(
    context: typer.Context,
    case: IdArgument,
    with_contacts: Annotated[
        bool, typer.Option("--with-contacts", help="显示姓名和联系方式；查看会记入日志。")
    ] = False,
) -> Record:
    """Show one complaint."""
    from hrintegrity.duties.complaints import cases

    columns = [
        *COLUMNS[:-1],
        ("by", "反映人"),
        ("due", "办理期限"),
        ("answer", "答复内容"),
        ("dishonest", "查实不诚信"),
        ("has_contacts", "留有联系人"),
        ("erased", "联系人删除日期"),
    ]
    today = call_of(context).today
    found: Any
    if with_contacts:
        with writing(context) as archive:
            found = cases.show_with_contacts(archive, case, today=today)
        columns += [("complainant", "投诉人"), ("contact", "联系方式")]
    else:
        with reading(context) as archive:
            found = cases.show(archive, case, today=today)
    return Record(found, [*columns, ("id", "编号")], words=WORDS)
