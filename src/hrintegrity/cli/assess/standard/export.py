"""`hri assess standard export`: write the standard in use as YAML."""

from __future__ import annotations

import typer

from hrintegrity.cli.assess.standard._shared import FileArgument
from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    ForceOption,
    YearOption,
    command,
    reading_rows,
)


@command
def run(
    context: typer.Context,
    file: FileArgument,
    district: DistrictOption = None,
    year: YearOption = None,
    force: ForceOption = False,
) -> Done:
    """Write the standard in use as YAML."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import standards
    from hrintegrity.files import check_suffix, whole_file

    check_suffix(file, ".yaml", ".yml")
    with reading_rows(context) as archive:
        chosen = offices.campaign(archive, year).year
        text = standards.as_yaml(archive, district, chosen)
    with whole_file(file, force=force) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return Done({"id": str(file), "file": str(file), "year": chosen}, f"已写出评估标准：{file}")
