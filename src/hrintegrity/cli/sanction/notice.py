"""`hri sanction notice`: number and write the decision."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, ForceOption, OutputOption, call_of, command, reading, writing
from hrintegrity.cli.sanction._shared import IdArgument


@command
def run(
    context: typer.Context,
    sanction: IdArgument,
    output: OutputOption,
    original: Annotated[
        bool, typer.Option("--original", help="已撤销的，仍印原来的决定，上面注明已撤销。")
    ] = False,
    force: ForceOption = False,
) -> Done:
    """Number and write the decision."""
    from hrintegrity.duties import papers
    from hrintegrity.duties.sanctions import issuing

    call = call_of(context)
    papers.check_format(output)
    with writing(context) as archive:
        issued, warnings = issuing.issue(
            archive, sanction, today=call.today, original=original, templates=call.templates
        )
        papers.check_targets([output], output, as_file=True, force=force)
        issuing.check_printable(archive, issued, output)
    with reading(context) as archive:
        written = issuing.write(archive, issued, output, force=force)
    again = "（重印）" if written.again else ""
    return Done(written, f"已写出 {written.number}{again}：{output}", warnings)
