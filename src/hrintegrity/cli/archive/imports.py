"""`hri archive imports`: list the imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from hrintegrity.cli.base import Rows, list_command, reading
from hrintegrity.days import moment

_NAMED = 3


def _names(files: list[dict[str, Any]]) -> str:
    """Name the files, each with the sheets that were read."""
    sheets: dict[str, list[str]] = {}
    for file in files:
        sheets.setdefault(Path(file["file"]).name, []).extend(filter(None, [file["sheet"]]))
    named = [f"{name}{''.join(f'“{s}”' for s in read)}" for name, read in sheets.items()]
    more = f"等 {len(named)} 个文件" if len(named) > _NAMED else ""
    return "、".join(named[:_NAMED]) + more


_TABLES = {
    "agency": "机构",
    "staff": "从业人员",
    "inspect": "检查",
    "complaint": "投诉举报",
    "assess": "评分表",
    "pledges": "承诺书",
    "reviews": "年审",
    "penalties": "行政处罚",
    "served": "送达",
    "reward": "激励",
    "campaign": "活动",
    "outstanding": "表现突出",
}


def _table(name: str) -> str:
    return _TABLES.get(name, name)


@list_command
def run(context: typer.Context) -> Rows:
    """List the imports."""
    from hrintegrity.duties.importing import history

    with reading(context) as archive:
        found = history.listing(archive)
    return Rows(
        found,
        (
            ("id", "编号"),
            ("at", "时间"),
            ("operator", "经办人"),
            ("what", "表"),
            ("files", "文件"),
            ("added", "新增"),
            ("updated", "更新"),
            ("undone", "撤销"),
        ),
        words={"files": _names, "at": moment, "undone": moment, "what": _table},
        first=("id", "what", "files", "added", "updated", "undone"),
        kind=history.ImportView,
    )
