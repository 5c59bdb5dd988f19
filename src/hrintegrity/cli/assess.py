"""`hri assess`: assessment on the 22 indicators (三(五)); alone, the work list."""

from __future__ import annotations

import typer

from hrintegrity.cli import (
    _assess_conclude,
    _assess_notice,
    _assess_score,
    _assess_show,
    _assess_standard,
)
from hrintegrity.cli._call import reading
from hrintegrity.cli._help import ChineseGroup
from hrintegrity.cli._options import DistrictOption, FormatOption, YearOption
from hrintegrity.cli._output import show_rows

app = typer.Typer(
    cls=ChineseGroup,
    help="诚信状况评估（三(五)、附件1）；不带命令时列出各机构的进度。",
    rich_markup_mode=None,
    invoke_without_command=True,
)
app.add_typer(_assess_standard.app, name="standard")
for module in (_assess_score, _assess_show, _assess_conclude, _assess_notice):
    module.register(app)


@app.callback()
def work_list(
    context: typer.Context,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show the work list where no command is given."""
    if context.invoked_subcommand is not None:
        return
    from hrintegrity.duties.assessment import roster

    with reading(context) as archive:
        found = roster.work_list(archive, district=district, year=year)
    columns = [
        ("code", "代码"),
        ("name", "机构名称"),
        ("district", "区县"),
        ("sheets", "评分表"),
        ("status", "进度"),
        ("total", "总分"),
        ("band", "等次"),
    ]
    columns = _assess_show.without_one_district(columns, found)
    show_rows(found, columns, form, words=_assess_show.WORDS, kind=roster.WorkItem)
