"""`hri recommend candidates`: list the candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Rows, YearOption, list_command, reading
from hrintegrity.cli.recommend._shared import WORDS

if TYPE_CHECKING:
    from hrintegrity.duties.recommendation.candidates import CandidateView


@list_command
def run(
    context: typer.Context,
    district: DistrictOption = None,
    eligible: Annotated[bool, typer.Option("--eligible", help="只看符合推荐条件的。")] = False,
    year: YearOption = None,
) -> Rows:
    """List the candidates."""
    from hrintegrity.duties.recommendation import candidates as duty

    with reading(context) as archive:
        found = duty.listing(archive, district=district, year=year, eligible=eligible)
    head = []
    if any(row.default for row in found):
        head = ["推荐条件是本程序的默认条件，通知没有规定；区县可在评估标准的 eligibility 里另定。"]
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("district", "区县"),
        ("kind", "性质"),
        ("grade", "等级"),
        ("total", "总分"),
        ("missing_sources", "缺少的评价方式"),
        ("priority", "优先"),
        ("eligible", "符合条件"),
        ("recommended", "已推荐"),
        ("reasons", "不符合的原因"),
    ]
    return Rows(
        found,
        columns,
        words=WORDS,
        shown=({**vars(row), "priority": _priority(row)} for row in found),
        kind=duty.CandidateView,
        first=("name", "total", "priority", "eligible", "recommended", "grade"),
        below="reasons",
        head=head,
    )


def _priority(row: CandidateView) -> bool | None:
    """Return whether an agency goes first; one that may not be recommended goes nowhere."""
    return row.priority if row.eligible else None
