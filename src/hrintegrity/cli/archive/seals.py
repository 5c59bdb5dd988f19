"""`hri archive seals`: the seals that were given and received."""

from __future__ import annotations

import typer

from hrintegrity.cli.base import Rows, list_command, reading

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

    with reading(context) as archive:
        return Rows(seals.listing(archive), _COLUMNS, kind=seals.SealView)
