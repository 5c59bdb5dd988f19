"""Commands whose work can't be undone: they show it first, and ask at a terminal."""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from hrintegrity.cli.base.commands import FORM, Function, leave, option, parameters, signed
from hrintegrity.cli.base.done import Done, Result, intended
from hrintegrity.cli.program.call import call_of
from hrintegrity.cli.program.messages import ask, muted
from hrintegrity.errors import RuleError

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="只看会做什么，不写入。")]
YesOption = Annotated[bool, typer.Option("--yes", help="不再询问，直接去做。")]

_ASKING = [option("dry_run", False, DryRunOption), option("yes", False, YesOption)]


def asking_command(function: Function) -> Callable[..., None]:
    """Give a command `--dry-run` and `--yes`: it shows what it will do, and asks at a terminal.

    The command runs in a transaction that is taken back, so that its answer is the one it will
    give; whatever else it writes asks `Call.rehearsing` whether it is to stay. Where that answer
    is that all of it can be taken back (`Done.reversible`), it does not ask.
    """

    @functools.wraps(function)
    def called(*args: Any, form: str, dry_run: bool, yes: bool, **given: Any) -> None:
        from hrintegrity.cli.base.output import preview, show

        context = given["context"]
        if dry_run:
            leave(show(_as_rehearsal(_rehearsed(function, context, args, given)), form))
            return
        if yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
            leave(show(function(*args, **given), form))
            return
        intention = _rehearsed(function, context, args, given)
        reversible = isinstance(intention, Done) and intention.reversible
        if not reversible:
            preview(intention)
            if ask("继续吗？输入 y 确认，其他取消 > ").lower() not in ("y", "yes", "是"):
                raise RuleError(
                    "cancelled", "已取消，没有写入。", "确定要做的，加 --yes 不再询问。"
                )
        with muted():
            result = function(*args, **given)
        leave(show(result if reversible else dataclasses.replace(result, warnings=()), form))

    signed(called, [*parameters(function), *_ASKING, FORM])
    return called


def _rehearsed(
    function: Function, context: typer.Context, args: tuple[Any, ...], given: dict[str, Any]
) -> Result:
    root, call = context.find_root(), call_of(context)
    root.obj = dataclasses.replace(call, rehearsing=True)
    try:
        return function(*args, **given)
    finally:
        root.obj = call


def _as_rehearsal(result: Result) -> Result:
    if not isinstance(result, Done):
        return result
    return dataclasses.replace(result, message=f"试运行，没有写入：{intended(result.message)}")
