"""`hri archive seals`: the seals that were given and received."""

from __future__ import annotations

from typing import Any

import typer

from hrintegrity.cli.base import Rows, list_command, reading_rows
from hrintegrity.days import moment
from hrintegrity.notice import names

_COLUMNS = [
    ("id", "标识"),
    ("district_name", "单位"),
    ("entries", "日志条数"),
    ("head", "末条哈希"),
    ("at", "封存时间"),
    ("given", "本库"),
    ("holds", "相符"),
    ("cosigner", "连署"),
    ("received", "收到"),
    ("superseded", "失效"),
    ("reason", "理由"),
]


@list_command
def run(context: typer.Context) -> Rows:
    """List the seals."""
    from hrintegrity.duties.exchange import seals

    words: dict[str, Any] = {"at": moment, "cosigner": names.office}
    with reading_rows(context) as archive:
        found = seals.listing(archive)
    return Rows(
        found,
        _COLUMNS,
        words=words,
        kind=seals.SealView,
        first=("id", "district_name", "entries", "at", "holds", "cosigner", "superseded"),
        below="head",
    )
