"""`hri assess standard show`: show the standard in use."""

from __future__ import annotations

import typer

from hrintegrity.cli.assess.standard._shared import whose
from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    YearOption,
    list_command,
    reading,
    source_word,
)


@list_command
def run(context: typer.Context, district: DistrictOption = None, year: YearOption = None) -> Rows:
    """Show the standard in use."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import standards

    with reading(context) as archive:
        known = standards.Standards(archive, offices.campaign(archive, year).year)
        found = known.of(offices.scope(archive, district)).as_mapping()
    points = [
        {
            "id": i.id,
            "name": i.name,
            "category": i.category.name,
            "points": found["points"][str(i.id)],
        }
        for i in known.annex.indicators
    ]
    words = found["ways"]
    weights = "，".join(
        f"{words.get(source) or source_word(source)} {weight}"
        for source, weight in found["weights"].items()
    )
    head = [
        f"{found['name']}（{whose(found['default'], found['district'])}）",
        f"权重：{weights}",
        "等次：" + "，".join(f"{b['name']} ≥ {b['from']}" for b in found["bands"]),
    ]
    columns = [("id", "序号"), ("category", "类别"), ("name", "指标"), ("points", "分值")]
    return Rows(points, columns, record=found, head=head)
