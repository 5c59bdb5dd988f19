"""`hri inspect order`: print the order to make an agency's open gaps good."""

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
    ready_to_sign,
)


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    output: OutputOption,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Print the order to make an agency's open gaps good."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.inspection import forms

    call = call_of(context)
    papers.check_format(output)
    papers.check_targets([output], output, as_file=True, force=force)
    with reading(context) as archive:
        found = forms.order(archive, agency, today=call.today, year=year, templates=call.templates)
        papers.check_printable(found.paper, output)
    ready_to_sign(context)
    write_paper(found.paper, output, force=force)
    record = {
        "id": found.id,
        "code": found.code,
        "name": found.name,
        "gaps": found.gaps,
        "written": str(output),
    }
    return Done(
        record,
        f"已写出{found.name}的补建通知书（缺项 {len(found.gaps)} 项）：{output}",
        found.warnings,
    )
