"""`hri recommend form`: print annex 3."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    ForceOption,
    OutputOption,
    YearOption,
    call_of,
    command,
    reading,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    output: OutputOption,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Print annex 3."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.recommendation import submitted

    papers.check_format(output)
    with reading(context) as archive:
        paper, row = submitted.form(
            archive, agency, year=year, templates=call_of(context).templates
        )
    write_paper(paper, output, force=force)
    record = {"file": str(output), "sha256": paper.sha256, "year": row.year, "id": row.id}
    return Done(record, f"已写出推荐表：{output}")
