"""`hri reward list`: list rewards."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import DistrictOption, Rows, list_command, reading
from hrintegrity.notice.words import INCENTIVE


@list_command
def run(
    context: typer.Context,
    agency: Annotated[str | None, typer.Argument(metavar="机构", help="只看一家机构的。")] = None,
    district: DistrictOption = None,
) -> Rows:
    """List rewards."""
    from hrintegrity.duties import rewards

    with reading(context) as archive:
        found = rewards.listing(archive, text=agency, district=district)
    columns = [
        ("date", "日期"),
        ("agency", "机构名称"),
        ("code", "代码"),
        ("kind", "种类"),
        ("note", "说明"),
        ("id", "编号"),
    ]
    words, first = {"kind": INCENTIVE.chinese}, ("date", "agency", "kind", "note")
    return Rows(found, columns, words=words, kind=rewards.RewardView, first=first)
