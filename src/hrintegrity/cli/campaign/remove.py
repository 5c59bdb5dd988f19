"""`hri campaign remove`: take back a record of the campaign."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, command, writing
from hrintegrity.cli.campaign._shared import IdArgument, bearer


@command
def run(context: typer.Context, record: IdArgument, reason: RequiredReasonOption) -> Done:
    """Take back a record of the campaign."""
    from hrintegrity.duties.campaign import activities, bulletins, distinctions, distribution

    ways: list[tuple[Any, Any]] = [
        (activities.remove, lambda found: f"活动：{found.title}"),
        (bulletins.remove, lambda found: f"活动信息：{found.title}"),
        (distribution.remove, lambda found: f"{found.name}的公约发放。"),
        (distinctions.remove, lambda found: f"{bearer(found)}的登记。"),
    ]
    with writing(context) as archive:
        found, what = _first(archive, ways, record, reason)
    return Done(found, f"已撤去{what}")


def _first(archive: Any, ways: list[tuple[Any, Any]], record: str, reason: str) -> tuple[Any, str]:
    """Take back the record by whichever way knows it; the last one says that there is none."""
    from hrintegrity.errors import LookupFailedError

    for remove, said in ways[:-1]:
        try:
            found = remove(archive, record, reason=reason)
        except LookupFailedError as error:
            if error.code == "id-ambiguous":
                raise
        else:
            return found, said(found)
    remove, said = ways[-1]
    found = remove(archive, record, reason=reason)
    return found, said(found)
