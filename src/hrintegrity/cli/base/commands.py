"""What makes a command of a function: the options that all have, and showing what it returns."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import typer

from hrintegrity.cli.base.done import Result
from hrintegrity.cli.base.options import FormatOption
from hrintegrity.cli.base.output import show

Function = Callable[..., Result]

_FORM = inspect.Parameter(
    "form", inspect.Parameter.KEYWORD_ONLY, default="table", annotation=FormatOption
)


def command(function: Function) -> Callable[..., None]:
    """Give a command `--format`, and show what it returns in that format."""

    @functools.wraps(function)
    def called(*args: Any, form: str, **given: Any) -> None:
        result = function(*args, **given)
        status = show(result, form)
        if status:
            raise typer.Exit(status)

    own = inspect.signature(function, eval_str=True)
    signed(called, [*own.parameters.values(), _FORM])
    return called


def list_command(function: Function) -> Callable[..., None]:
    """Give a command that lists rows the options that all lists have."""
    return command(function)


def signed(function: Callable[..., Any], shown: list[inspect.Parameter]) -> None:
    """Let Typer read a function's options from `shown` instead of from its own signature."""
    function.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]  # no function declares it.
    function.__annotations__ = {one.name: one.annotation for one in shown}
