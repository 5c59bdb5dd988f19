"""`hri sanction alike`: what this office decided in the nearest earlier cases."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Rows, call_of, list_command, read_text, reading
from hrintegrity.cli.sanction._kinds import KindOption
from hrintegrity.cli.sanction._shared import COLUMNS, WORDS

ALIKE = ("agency", "date", "kind", "grounds", "violated", "basis", "deadline", "serious", "state",
         "number")  # fmt: skip


@list_command
def run(
    context: typer.Context,
    kind: KindOption,
    violated: Annotated[
        str | None,
        typer.Option("--violated", parser=read_text, metavar="文字", help="违反了哪些规定。"),
    ] = None,
    facts: Annotated[
        str | None, typer.Option("--facts", parser=read_text, metavar="文字", help="事实。")
    ] = None,
) -> Rows:
    """List what this office decided in the nearest earlier cases."""
    from hrintegrity.duties.sanctions import alike as duty

    with reading(context) as archive:
        found = duty.alike(
            archive, kind=kind, violated=violated, facts=facts, today=call_of(context).today
        )
    columns = [column for column in COLUMNS if column[0] in ALIKE]
    first = ("agency", "kind", "date", "grounds", "state")
    return Rows(found, columns, words=WORDS, first=first, below="number")
