"""`hri assess annex show`: show a year's categories and indicators."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Rows, YearOption, list_command, reading_rows


@list_command
def run(context: typer.Context, year: YearOption = None) -> Rows:
    """Show a year's categories and indicators."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import annexes

    with reading_rows(context) as archive:
        found = annexes.view(archive, offices.campaign(archive, year).year)
    rows = [
        {"id": one.id, "category": one.category.heading, "name": one.name, "text": one.text}
        for one in found.annex.indicators
    ]
    whose = "通知附件1" if found.adopted is None else f"{found.adopted} 启用"
    columns = [("id", "序号"), ("category", "类别"), ("name", "指标"), ("text", "指标内容")]
    head = [f"{found.year}年　{found.annex.title}（{whose}）　满分 {found.annex.total}"]
    return Rows(rows, columns, record=found.as_mapping(), head=head)
