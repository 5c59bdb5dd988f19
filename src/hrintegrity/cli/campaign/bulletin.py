"""`hri campaign bulletin`: write an activity as a report to the city."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    DateOption,
    Done,
    ForceOption,
    OutputOption,
    call_of,
    command,
    day,
    ready_to_sign,
    writing,
)
from hrintegrity.cli.campaign._shared import IdArgument


@command
def run(
    context: typer.Context,
    record: IdArgument,
    output: OutputOption,
    date: DateOption = None,
    force: ForceOption = False,
) -> Done:
    """Write an activity as a report to the city."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.campaign import bulletins

    papers.check_format(output)
    papers.check_targets([output], output, as_file=True, force=force)
    with writing(context) as archive:
        found, paper, warnings = bulletins.report(
            archive, record, date=day(context, date), templates=call_of(context).templates
        )
        papers.check_printable(paper, output)
    ready_to_sign(context)
    write_paper(paper, output, force=force)
    message = f"已写出活动信息（活动后 {found.delay} 日上报）：{output}"
    return Done(found, message, warnings)
