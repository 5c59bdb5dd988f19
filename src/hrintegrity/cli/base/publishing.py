"""What the public may know: the option and the warning of `report public` and `agency lookup`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

_NAMED = 10
"""So many agencies are named in a warning."""

AllowOption = Annotated[
    Path | None,
    typer.Option(
        "--allow", metavar="文件.yaml", help="办公室自定的公开内容（publish: […]），须有依据。"
    ),
]


def altered_warnings(count: int, whose: list[str]) -> list[str]:
    """Return a warning where grounds had names or numbers that were replaced."""
    if not count:
        return []
    more = f"等 {len(whose)} 家" if len(whose) > _NAMED else ""
    return [
        f"有 {count} 条曝光事由写了人名、电话或证件号码，公开时已换成“某从业人员”“某人”“××”："
        f"{'、'.join(whose[:_NAMED])}{more}。请核对换过的文字；要改写的，撤销后另作一条。"
    ]


def allowed(path: Path | None, today: dt.date) -> tuple[str, ...]:
    """Return what may be published: the office's own list, or the default."""
    from hrintegrity.notice.disclosure import default_list, read_list

    return default_list(today) if path is None else read_list(path, today)
