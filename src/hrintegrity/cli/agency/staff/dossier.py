"""`hri agency staff dossier`: show or print a practitioner's dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.agency.dossier import lines_of, rows_of
from hrintegrity.cli.agency.staff._shared import StaffArgument
from hrintegrity.cli.base import Done, ForceOption, call_of, command, reading, ready_to_sign


@command
def run(
    context: typer.Context,
    person: StaffArgument,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="写成 .html、.docx 或 .pdf。"),
    ] = None,
    force: ForceOption = False,
) -> Done:
    """Show or print a practitioner's dossier."""
    from hrintegrity.documents import write_paper
    from hrintegrity.duties import papers
    from hrintegrity.duties.people import dossier

    call = call_of(context)
    if output is None:
        with reading(context) as archive:
            found = dossier.dossier(archive, person)
        parts = dossier.worded(found)
        return Done(found, lines=lines_of(parts), rows=rows_of(parts, found.basic.id))
    papers.check_format(output)
    papers.check_targets([output], output, as_file=True, force=force)
    with reading(context) as archive:
        found = dossier.dossier(archive, person)
        paper = dossier.printed(archive, found, today=call.today, templates=call.templates)
    ready_to_sign(context)
    write_paper(paper, output, force=force)
    return Done(found, f"已写出从业人员诚信档案：{output}")
