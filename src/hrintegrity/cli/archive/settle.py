"""`hri archive settle`: settle a conflict."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command, one_of, writing


@command
def run(
    context: typer.Context,
    conflict: Annotated[str, typer.Argument(metavar="标识", help="冲突的标识；末8位也行。")],
    keep: Annotated[
        str,
        typer.Option(
            "--keep", parser=one_of("ours", "theirs"), metavar="ours|theirs", help="留哪一边的。"
        ),
    ],
) -> Done:
    """Settle a conflict."""
    from hrintegrity.duties.exchange import conflicts as found

    with writing(context) as archive:
        settled = found.settle(archive, conflict, keep=keep, today=call_of(context).today)
    side = "本库的" if keep == "ours" else "对方的"
    return Done(settled, f"已处理：保留{side}；还有 {settled.open} 个冲突。")
