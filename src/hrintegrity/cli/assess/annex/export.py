"""`hri assess annex export`: write a year's categories and indicators as YAML."""

from __future__ import annotations

import typer

from hrintegrity.cli.assess.standard._shared import FileArgument
from hrintegrity.cli.base import Done, ForceOption, YearOption, command, reading_rows


@command
def run(
    context: typer.Context,
    file: FileArgument,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Write a year's categories and indicators as YAML."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import annexes
    from hrintegrity.files import check_suffix, whole_file

    check_suffix(file, ".yaml", ".yml")
    with reading_rows(context) as archive:
        chosen = offices.campaign(archive, year).year
        text = annexes.as_yaml(archive, chosen)
    with whole_file(file, force=force) as temporary:
        temporary.write_text(text, encoding="utf-8")
    record = {"id": str(file), "file": str(file), "year": chosen}
    return Done(record, f"已写出{chosen}年的评估指标：{file}")
