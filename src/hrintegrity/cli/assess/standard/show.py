"""`hri assess standard show`: show the standard in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from hrintegrity.cli.assess.standard._shared import whose
from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    YearOption,
    list_command,
    reading_rows,
    source_word,
)

_CONDITIONS = {
    "concluded": "今年的评估已评定",
    "expert_sheet": "有专家评价",
    "active": "没有注销",
    "no_sanction": "今年没有受惩戒",
    "no_open_rectification": "没有未完成的责令整改",
    "no_substantiated_complaint": "今年没有查实的投诉举报",
    "no_lost_title": "今年没有被撤销称号",
}


@list_command
def run(context: typer.Context, district: DistrictOption = None, year: YearOption = None) -> Rows:
    """Show the standard in use."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.assessment import standards

    with reading_rows(context) as archive:
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
        f"推荐条件：{'，'.join(_conditions(found['eligibility']))}",
    ]
    columns = [("id", "序号"), ("category", "类别"), ("name", "指标"), ("points", "分值")]
    return Rows(points, columns, record=found, head=head)


def _conditions(eligibility: dict[str, Any]) -> Iterator[str]:
    """Yield the conditions of recommending an agency, as the standard has them."""
    yield from (words for rule, words in _CONDITIONS.items() if eligibility[rule])
    if eligibility["refused_bands"]:
        yield f"等次不是{'、'.join(eligibility['refused_bands'])}"
    if not any(eligibility.values()):
        yield "不限"
