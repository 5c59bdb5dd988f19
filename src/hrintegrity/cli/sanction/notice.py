"""`hri sanction notice`: number and write the decision."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Done, ForceOption, OutputOption, call_of, command, reading, writing
from hrintegrity.cli.sanction._shared import IdArgument


@command
def run(
    context: typer.Context, sanction: IdArgument, output: OutputOption, force: ForceOption = False
) -> Done:
    """Number and write the decision."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.sanctions import notices

    call = call_of(context)
    papers.check_format(output)
    with writing(context) as archive:
        issued, warnings = notices.issue(
            archive, sanction, today=call.today, templates=call.templates
        )
        papers.check_targets([output], output, as_file=True, force=force)
    with reading(context) as archive:
        written = notices.write(archive, issued, output, force=force)
    again = "（重印）" if written.again else ""
    return Done(written, f"已写出 {written.number}{again}：{output}", warnings)
