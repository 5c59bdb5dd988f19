"""`hri campaign remove`: take back a record of the campaign."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import Done, RequiredReasonOption, command, writing
from hrintegrity.cli.campaign._shared import IdArgument, bearer


@command
def run(context: typer.Context, record: IdArgument, reason: RequiredReasonOption) -> Done:
    """Take back a record of the campaign."""
    from hrintegrity.duties.campaign import activities, distinctions
    from hrintegrity.errors import LookupFailedError

    with writing(context) as archive:
        found: Any
        try:
            found = activities.remove(archive, record, reason=reason)
            what = f"活动：{found.title}"
        except LookupFailedError:
            found = distinctions.remove(archive, record, reason=reason)
            what = f"{bearer(found)}的登记。"
    return Done(found, f"已撤去{what}")
