"""`hri agency merge`: merge two agencies."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    DateOption,
    Done,
    RequiredReasonOption,
    asking_command,
    day,
    writing,
)
from hrintegrity.cli.program.plain import plain
from hrintegrity.notice.records.agencies import AGENCY


@asking_command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    into: Annotated[
        str,
        typer.Argument(metavar="并入", help="保留下来的那家；两家代码相同的，用标识（id）指明。"),
    ],
    reason: RequiredReasonOption,
    date: DateOption = None,
) -> Done:
    """Merge two agencies."""
    from hrintegrity.duties.exchange import merging

    today = day(context, date)
    with writing(context) as archive:
        found = merging.merge(archive, agency, into, reason=reason, today=today)
    warnings = []
    if found.filled:
        filled = "、".join(AGENCY[column].heading for column in found.filled)
        warnings.append(f"保留的一家原来没有、取自被并入一家的项目：{filled}，请核对。")
    if found.conflicts:
        warnings.append(
            f"有 {found.conflicts} 件记录两家都有、只能留一件，请处理：hri archive conflicts。"
        )
    record = plain(found.agency) | {
        "merged": {"id": found.merged_id, "code": found.merged_code, "name": found.merged_name},
        "filled": list(found.filled),
        "conflicts": found.conflicts,
    }
    return Done(
        record,
        f"已把{found.merged_name}（{found.merged_code}）并入{found.agency.name}"
        f"（{found.agency.code}）。",
        warnings,
    )
