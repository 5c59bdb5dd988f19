"""`hri recommend conferral`: the decision by bureau and association that confers titles."""

from __future__ import annotations

from dataclasses import replace

import typer

from hrintegrity.cli.base import (
    Done,
    ForceOption,
    OutputOption,
    YearOption,
    call_of,
    command,
    writing,
)


@command
def run(
    context: typer.Context,
    output: OutputOption,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Number and write the decision that confers titles."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.recommendation import conferring

    call = call_of(context)
    papers.check_format(output)
    with writing(context) as archive:
        found = conferring.confer(archive, year=year, templates=call.templates)
        papers.check_targets([output], output, as_file=True, force=force)
        paper = conferring.conferral(archive, found)
        papers.check_printable(paper, output)
    write_paper(paper, output, force=force)
    again = "（重印）" if found.again else ""
    return Done(
        replace(found, written=str(output)),
        f"已写出 {found.number}{again}，{len(found.units)} 家：{output}",
    )
