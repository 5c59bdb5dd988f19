"""`hri assess result`: show one agency's result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from hrintegrity.cli.assess._shared import each, head
from hrintegrity.cli.base import AgencyArgument, Done, Rows, YearOption, call_of, command, reading
from hrintegrity.text import width


@command
def run(context: typer.Context, agency: AgencyArgument, year: YearOption = None) -> Done:
    """Show one agency's result."""
    from hrintegrity.duties.assessment import results

    with reading(context) as archive:
        found = results.result(archive, agency, year, today=call_of(context).today)
    return Done(found, lines=_lines(found), rows=Rows(found["indicators"], [("id", "id")]))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield from head(found)
    members = {one["id"]: one["indicators"] for one in found["annex"]["categories"]}
    for category in found["categories"]:
        yield f"{category['name']}　{_of(category)}"
        for indicator in found["indicators"]:
            if indicator["id"] in members[category["id"]]:
                name = f"{indicator['id']:>2}.{indicator['name']}"
                yield f"  {_pad(name, 12)} {_of(indicator):>11}　{each(indicator)}".rstrip("　")


def _pad(text: str, columns: int) -> str:
    return text + " " * max(columns - width(text), 0)


def _of(part: dict[str, Any]) -> str:
    score = "--" if part["score"] is None else f"{part['score']:.2f}"
    return f"{score} / {part['max']:g}"
