"""`hri recommend revocation`: the decision that takes a title back, by those who conferred it."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    ForceOption,
    OutputOption,
    call_of,
    command,
    reading,
    writing,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    output: OutputOption,
    force: ForceOption = False,
) -> Done:
    """Number and write the decision that takes a title back."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.recommendation import conferring
    from hrintegrity.duties.sanctions import issuing

    call = call_of(context)
    papers.check_format(output)
    with writing(context) as archive:
        found = conferring.revoke(archive, agency, today=call.today, templates=call.templates)
        papers.check_targets([output], output, as_file=True, force=force)
        issuing.check_printable(archive, found, output)
    with reading(context) as archive:
        written = issuing.write(archive, found, output, force=force)
    again = "（重印）" if written.again else ""
    return Done(
        written,
        f"已写出 {written.number}{again}：{output}"
        f"；送达以后用 hri sanction served {written.number} 登记。",
    )
