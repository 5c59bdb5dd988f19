"""`hri archive settle`: settle a conflict."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command, one_of, writing
from hrintegrity.errors import UsageError


@command
def run(
    context: typer.Context,
    keep: Annotated[
        str,
        typer.Option(
            "--keep", parser=one_of("ours", "theirs"), metavar="ours|theirs", help="留哪一边的。"
        ),
    ],
    conflict: Annotated[
        list[str] | None, typer.Argument(metavar="标识", help="冲突的标识，可写几个；末8位也行。")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部冲突。")] = False,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            parser=one_of("changed", "twin", "waiting", "in-use"),
            metavar="changed|twin|waiting|in-use",
            help="与 --all 同用：只处理这一种。",
        ),
    ] = None,
) -> Done:
    """Settle conflicts."""
    from hrintegrity.duties.exchange import conflicts as found

    if bool(conflict) == everything or (kind is not None and not everything):
        raise UsageError(
            "conflicts-missing",
            "没有说处理哪些冲突，或说了两遍。",
            "写标识，或用 --all（可加 --kind）。",
        )
    with writing(context) as archive:
        today = call_of(context).today
        if everything:
            settled = found.settle_all(archive, keep=keep, kind=kind, today=today)
        else:
            settled = [found.settle(archive, one, keep=keep, today=today) for one in conflict or ()]
    side = "本库的" if keep == "ours" else "对方的"
    left = settled[-1].open if settled else 0
    counted = f" {len(settled)} 个" if len(settled) != 1 else ""
    record = settled[0] if conflict and len(conflict) == 1 else settled
    return Done(record, f"已处理{counted}：保留{side}；还有 {left} 个冲突。")
