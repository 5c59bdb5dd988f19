"""`hri archive imports`: list the imports."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import Rows, list_command, reading


def _names(files: list[dict[str, Any]]) -> str:
    return "、".join(dict.fromkeys(file["file"] for file in files))


def _moment(at: str) -> str:
    return at[:19].replace("T", " ")


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
        words={"files": _names, "at": _moment, "undone": _moment},
        kind=history.ImportView,
    )
