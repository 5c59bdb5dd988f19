"""`hri agency export` and `template`: the register as a table that imports again unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli._call import reading
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import DistrictOption, ForceOption, FormatOption
from hrintegrity.cli._output import done, warn


def register(app: typer.Typer) -> None:
    """Add the commands to `hri agency`."""
    app.command("export", cls=ChineseCommand, help="导出登记表；原样导入，一格不变。")(export)
    app.command("template", cls=ChineseCommand, help="空白登记表：表头、下拉选项和示例。")(template)


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里：.xlsx 或 .csv。")],
    district: DistrictOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write the register as a table."""
    from hrintegrity.duties import agencies_table

    with reading(context) as archive:
        written = agencies_table.export(archive, file, district=district, force=force)
    if written.marked:
        warn(f"{written.marked} 家机构的代码校验位不对；导入到别的档案库时请加 --lenient-codes。")
    for remark in written.remarks:
        warn(remark)
    done(f"已导出 {written.rows} 家机构（已读回核对）：{file}", written, form)


def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪里。")],
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write an empty register to be filled in."""
    from hrintegrity.duties import agencies_table
    from hrintegrity.sheets.writing import write_template

    write_template(file, agencies_table.table(), force=force)
    done(f"已写出空白登记表：{file}", {"id": str(file), "file": str(file)}, form)
