"""`hri recommend quotas use`: take another year's quotas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command, writing


@command
def run(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件.yaml", help="YAML 文件。")],
) -> Done:
    """Take another year's quotas."""
    from hrintegrity.duties.recommendation import quotas

    with writing(context) as archive:
        found = quotas.adopt(archive, file, today=call_of(context).today)
    return Done(found, f"{found.year}年的推荐名额合计 {found.total}，已采用。")
