"""`hri campaign remove`: take back a record of the campaign."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, command, writing
from hrintegrity.cli.campaign._shared import bearer
from hrintegrity.text import fold

_YEAR = re.compile(r"\d{4}年?")


@command
def run(
    context: typer.Context,
    record: Annotated[
        str,
        typer.Argument(
            metavar="编号",
            help="记录的编号，见 hri campaign list，末8位也行；或登错的活动年份，如 2031。",
        ),
    ],
    reason: RequiredReasonOption,
) -> Done:
    """Take back a record of the campaign, or a campaign whose year was mistyped."""
    from hrintegrity.duties.campaign import (
        activities,
        bulletins,
        distinctions,
        distribution,
        months,
    )

    if _YEAR.fullmatch(fold(record.strip())):
        with writing(context) as archive:
            month = months.remove(archive, int(fold(record.strip())[:4]), reason=reason)
        return Done(month, f"已撤去{month.year}年的活动（{month.start} 至 {month.end}）。")

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
