"""`hri sanction procedure show`: what this office asks for before a sanction."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Rows, call_of, list_command, reading_rows
from hrintegrity.notice.words import MEASURE

COLUMNS = [
    ("kind", "措施"),
    ("notice", "事先告知"),
    ("hearing", "可以听证"),
    ("statement_days", "陈述申辩日数"),
    ("working", "按工作日"),
    ("clause", "依据"),
]
NEEDS = {"none": "不要求", "warned": "没有告知的提示", "required": "没有告知的不得作出"}


@list_command
def run(context: typer.Context) -> Rows:
    """Show what this office asks for before a sanction."""
    from hrintegrity.duties.sanctions import procedures

    with reading_rows(context) as archive:
        found = procedures.show(archive, today=call_of(context).today)
    words = {"kind": MEASURE.chinese, "notice": lambda need: NEEDS[need]}
    return Rows(found, COLUMNS, words=words)
