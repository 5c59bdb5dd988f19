"""What makes a command of a function: the options that all have, and showing what it returns."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base.done import Done, Record, Result, Rows
from hrintegrity.cli.program.options import ForceOption, FormatOption
from hrintegrity.errors import UsageError

Function = Callable[..., Result]

ListOutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="文件", help="写成 .xlsx 或 .csv 表格，给人看的。"),
]
WideOption = Annotated[bool, typer.Option("--wide", help="不管终端多宽，各列都显示。")]


def option(name: str, default: Any, annotation: Any) -> inspect.Parameter:
    """Return a parameter that a decorator adds to a command's own."""
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


FORM = option("form", "table", FormatOption)
_OF_LISTS = [
    option("output", None, ListOutputOption),
    option("wide", False, WideOption),
    option("force", False, ForceOption),
]


def command(function: Function) -> Callable[..., None]:
    """Give a command `--format`, and show what it returns in that format."""

    @functools.wraps(function)
    def called(*args: Any, form: str, **given: Any) -> None:
        from hrintegrity.cli.base.output import show

        leave(show(function(*args, **given), form))

    signed(called, [*parameters(function), FORM])
    return called


def list_command(function: Function) -> Callable[..., None]:
    """Give a command that lists rows the options that all lists have."""

    @functools.wraps(function)
    def called(
        *args: Any, form: str, output: Path | None, wide: bool, force: bool, **given: Any
    ) -> None:
        from hrintegrity.cli.base.output import show

        if output is None:
            leave(show(function(*args, **given), form, wide=wide))
            return
        check_target(output, force=force)
        result = function(*args, **given)
        show(saved(result, output, title=_title(given["context"]), force=force), form)
        leave(0 if isinstance(result, Record) else result.status)

    signed(called, [*parameters(function), *_OF_LISTS, FORM])
    return called


def check_target(output: Path, *, force: bool) -> None:
    """Refuse a file that a list can't be written to, before it is made."""
    from hrintegrity.files import check_suffix, refuse_existing

    check_suffix(output, ".xlsx", ".csv")
    refuse_existing(output, force=force)


def saved(result: Result, output: Path, *, title: str, force: bool) -> Done:
    """Write the rows of a list for people: Chinese headings and words, every column."""
    from hrintegrity.cli.base.output import people
    from hrintegrity.sheets.writing import write_list

    found = result.rows if isinstance(result, Done) else result
    if not isinstance(found, Rows):
        raise UsageError("wrong-usage", "这里没有清单可以写成表格。", "请去掉 -o。")
    columns = [*found.columns, *found.more]
    headings = [heading for _, heading in columns]
    count = write_list(output, title, headings, people(found, columns), force=force)
    record = {"id": str(output), "file": str(output), "rows": count}
    return Done(record, f"已写出 {count} 行：{output}", result.warnings)


def _title(context: typer.Context) -> str:
    """Return what a command's help calls the list."""
    return re.split("[，。；：（]", context.command.help or "", maxsplit=1)[0]


def parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return a function's parameters, with what they are annotated."""
    return list(inspect.signature(function, eval_str=True).parameters.values())


def signed(function: Callable[..., Any], shown: list[inspect.Parameter]) -> None:
    """Let Typer read a function's options from `shown` instead of from its own signature."""
    function.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]  # no function declares it.
    function.__annotations__ = {one.name: one.annotation for one in shown}


def leave(status: int) -> None:
    """End with an exit status."""
    if status:
        raise typer.Exit(status)
