"""`hri archive check`: whether a paper that someone holds is one of ours, and unchanged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base import Done, command, reading

if TYPE_CHECKING:
    from hrintegrity.duties.stamping import Checked


@command
def run(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="对方手里的文书：.pdf、.docx 或 .html。")
    ],
    key: Annotated[
        str | None,
        typer.Option(
            "--key", metavar="公钥|文件", help="出具单位的那一行公钥；给了它就不用档案库。"
        ),
    ] = None,
) -> Done:
    """Check a paper; exit 1 where it was changed."""
    from hrintegrity.duties import stamping

    if key is not None:
        found = stamping.check(file, key)
    else:
        with reading(context) as archive:
            found = stamping.check_here(archive, file)
    named = found.number or found.title or "文书"
    about = "，".join(text for text in (found.agency, found.date) if text)
    state = "没有改动过" if found.unchanged else "被改动过，不是出具时的内容"
    lines = [_line_of(one) for one in found.papers]
    if found.served is not None:
        lines.append(f"{found.served} 送达。")
    if found.replaced_by is not None:
        lines.append(f"已由 {found.replaced_by} 代替。")
    if found.withdrawn is not None:
        lines.append(f"所载决定已于 {found.withdrawn} 撤销。")
    return Done(
        found,
        f"{named}（{about}）：{state}。" if about else f"{named}：{state}。",
        lines=lines,
        status=0 if found.unchanged else 1,
    )


def _line_of(one: Checked) -> str:
    """Return what is to be known of one of the papers that a file holds."""
    state = [
        f"{one.served} 送达" if one.served else "",
        f"已由 {one.replaced_by} 代替" if one.replaced_by else "",
        f"所载决定已于 {one.withdrawn} 撤销" if one.withdrawn else "",
    ]
    named = (one.number or one.title, one.agency, one.date, *state)
    return "，".join(text for text in named if text)
