"""`hri archive info`: show whose archive it is and how much it holds."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Record, command, reading


@command
def run(context: typer.Context) -> Record:
    """Show whose archive it is and how much it holds."""
    from hrintegrity.duties import upkeep

    with reading(context) as archive:
        found = upkeep.info(archive)
    columns = [
        ("archive", "档案库"),
        ("district_name", "所属"),
        ("schema", "结构版本"),
        ("campaigns", "活动年份"),
        ("agencies", "机构数"),
        ("score_sheets", "评分表数"),
        ("conclusions", "评定结论数"),
        ("papers", "已编号文书数"),
        ("entries", "日志条数"),
        ("head", "日志末条哈希"),
        ("size", "字节数"),
    ]
    return Record(found, columns)
