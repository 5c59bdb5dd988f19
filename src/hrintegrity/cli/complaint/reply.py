"""`hri complaint reply`: print the answer to whoever complained."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    OutputOption,
    call_of,
    command,
    ready_to_sign,
    writing,
)
from hrintegrity.cli.complaint._shared import IdArgument


@command
def run(
    context: typer.Context, case: IdArgument, output: OutputOption, force: ForceOption = False
) -> Done:
    """Print the answer to whoever complained."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.complaints import replies

    call = call_of(context)
    papers.check_format(output)
    papers.check_targets([output], output, as_file=True, force=force)
    with writing(context) as archive:
        found = replies.reply(archive, case, templates=call.templates)
        papers.check_printable(found.paper, output)
    ready_to_sign(context)
    write_paper(found.paper, output, force=force)
    record = {"id": found.id, "addressed": found.addressed, "written": str(output)}
    named = "，写有投诉人姓名，请只交给本人" if found.addressed else ""
    return Done(record, f"已写出答复书{named}：{output}")
