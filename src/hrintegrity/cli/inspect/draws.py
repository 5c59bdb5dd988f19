"""`hri inspect draws`: list sealed seeds and the draws that were kept."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import DistrictOption, Rows, district_name, list_command, reading


@list_command
def run(context: typer.Context, district: DistrictOption = None) -> Rows:
    """List sealed seeds and the draws that were kept."""
    from hrintegrity.duties.inspection import lots

    with reading(context) as archive:
        found = lots.listing(archive, district=district)
    columns = [
        ("committed", "封存日期"),
        ("date", "抽签日期"),
        ("district", "区县"),
        ("population", "范围家数"),
        ("count", "抽取数"),
        ("drawn", "抽中的机构"),
        ("seed", "种子"),
        ("seed_sha256", "种子的 SHA-256"),
        ("id", "编号"),
    ]
    words, first = {"district": district_name}, ("committed", "date", "count", "drawn", "seed")
    return Rows(found, columns, words=words, kind=lots.Kept, first=first)
