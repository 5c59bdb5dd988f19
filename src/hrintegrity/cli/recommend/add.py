"""`hri recommend add`: recommend an agency."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import (
    AgencyArgument,
    Done,
    YearOption,
    call_of,
    command,
    district_name,
    read_given,
    writing,
)
from hrintegrity.cli.recommend._shared import DespiteOption, OpinionOption, SummaryOption, parts


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    reason: Annotated[
        str,
        typer.Option("--reason", parser=read_given, metavar="文字", help="推荐理由（附件3）。"),
    ],
    opinion: OpinionOption = None,
    self_summary: SummaryOption = None,
    despite: DespiteOption = None,
    year: YearOption = None,
) -> Done:
    """Recommend an agency."""
    from hrintegrity.duties.recommendation import listing

    with writing(context) as archive:
        changed = listing.add(
            archive,
            agency,
            year=year,
            today=call_of(context).today,
            reason=reason,
            opinion=opinion,
            self_summary=self_summary,
            despite=despite,
        )
    found = changed.recommendation
    still = f"；报送前还缺：{parts(list(found.missing))}" if found.missing else ""
    return Done(
        found, f"已推荐{found.name}（{district_name(found.district)}）{still}。", changed.warnings
    )
