"""`hri agency export`: write the register as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Done, ForceOption, call_of, command, reading_rows


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里：.xlsx 或 .csv。")],
    district: DistrictOption = None,
    force: ForceOption = False,
) -> Done:
    """Write the register as a table."""
    from hrintegrity.duties import agencies_export

    with reading_rows(context) as archive:
        written = agencies_export.export(
            archive, file, today=call_of(context).today, district=district, force=force
        )
    warnings = list(written.remarks)
    if written.marked:
        warnings.insert(
            0, f"{written.marked} 家机构的代码校验位不对；导入到别的档案库时请加 --lenient-codes。"
        )
    return Done(written, f"已导出 {written.rows} 家机构（已读回核对）：{file}", warnings)
