"""`hri recommend quotas show`: show the quotas in use."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Rows, YearOption, list_command, reading_rows


@list_command
def run(context: typer.Context, year: YearOption = None) -> Rows:
    """Show the quotas in use."""
    from hrintegrity.duties import offices
    from hrintegrity.duties.recommendation import quotas
    from hrintegrity.notice.districts import BY_CODE

    with reading_rows(context) as archive:
        # Places are set before the campaign of their year is started.
        found = quotas.in_use(archive, year or offices.campaign(archive, None).year)
    rows = [
        {"district": code, "district_name": BY_CODE[code].name, "quota": quota}
        for code, quota in found.quotas.items()
    ]
    whose = "通知附件2" if found.adopted is None else f"{found.adopted} 采用"
    head = [f"{found.year}年推荐名额（{whose}），合计 {found.total}"]
    columns = [("district_name", "推荐范围"), ("quota", "推荐名额")]
    return Rows(rows, columns, record=found, head=head)
