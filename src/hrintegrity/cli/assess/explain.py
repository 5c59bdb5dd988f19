"""`hri assess explain`: show how a total came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from hrintegrity.cli.assess._shared import each, head
from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    Rows,
    YearOption,
    call_of,
    command,
    reading,
    source_word,
)

DISAGREEMENTS_SHOWN = 5


@command
def run(context: typer.Context, agency: AgencyArgument, year: YearOption = None) -> Done:
    """Show how a total came about."""
    from hrintegrity.duties.assessment import results

    with reading(context) as archive:
        found = results.explanation(archive, agency, year, today=call_of(context).today)
    record = found.as_mapping()
    return Done(record, lines=_lines(found), rows=Rows(record["steps"], [("kind", "kind")]))


def _lines(found: Any) -> Iterator[str]:
    from hrintegrity.rules.exact import exact_text

    yield from head(found.result)
    for step in found.steps:
        value = "" if step.value is None or step.kind == "rounding" else exact_text(step.value)
        equal = value.replace("≈", "≈ ") if value.startswith("≈") else f"= {value}"
        yield f"{step.label}：{step.reckoning} {equal if value else ''}".rstrip()
    if found.disagreements:
        yield "分歧最大的指标："
    for part in found.disagreements[:DISAGREEMENTS_SHOWN]:
        yield f"  {part['id']}.{part['name']}　相差 {part['spread']:.2f}　{each(part)}"
    if found.contradictions:
        yield "与记录不符的评分（供核对）："
    for one in found.contradictions:
        given = f"{source_word(one['source'])} {one['score']:g} / {one['max']:g} 分"
        yield f"  {one['id']}.{one['name']}　{given}　{one['fact']}"
