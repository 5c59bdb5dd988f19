"""`hri recommend edit`: complete or correct a recommendation."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import AgencyArgument, Done, YearOption, command, read_given, writing
from hrintegrity.cli.recommend._shared import DespiteOption, OpinionOption, SummaryOption


@command
def run(
    context: typer.Context,
    agency: AgencyArgument,
    reason: Annotated[
        str | None,
        typer.Option("--reason", parser=read_given, metavar="文字", help="推荐理由（附件3）。"),
    ] = None,
    opinion: OpinionOption = None,
    self_summary: SummaryOption = None,
    despite: DespiteOption = None,
    year: YearOption = None,
) -> Done:
    """Complete or correct a recommendation."""
    from hrintegrity.duties.recommendation import listing

    with writing(context) as archive:
        changed = listing.edit(
            archive,
            agency,
            year=year,
            reason=reason,
            opinion=opinion,
            self_summary=self_summary,
            despite=despite,
        )
    return Done(
        changed.recommendation, f"已更改{changed.recommendation.name}的推荐。", changed.warnings
    )
