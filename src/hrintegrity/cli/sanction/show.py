"""`hri sanction show`: show one sanction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from hrintegrity.cli.base import Record, call_of, command, reading
from hrintegrity.cli.sanction._shared import COLUMNS, WORDS, IdArgument
from hrintegrity.text import ID_SHOWN

if TYPE_CHECKING:
    from hrintegrity.duties.sanctions.records import SanctionView


@command
def run(context: typer.Context, sanction: IdArgument) -> Record:
    """Show one sanction."""
    from hrintegrity.duties.sanctions import records

    with reading(context) as archive:
        found = records.show(archive, sanction, today=call_of(context).today)
    return Record(found, COLUMNS, words=WORDS, foot=_next(found))


def _next(found: SanctionView) -> Iterator[str]:
    """Yield what to type next on an open order, and on a paper that was not served yet."""
    end = found.id[-ID_SHOWN:]
    if found.state == "open":
        yield f"整改好了的：hri sanction mend {end} --date 日期"
        yield f"没有整改好的：hri sanction fail {end} --date 日期 --note 核查的情况"
    if found.number and not found.served and not found.withdrawn:
        yield f"送达以后：hri sanction served {end} --date 日期 --method 方式 --receiver 签收人"
