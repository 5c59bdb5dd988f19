"""Columns, words and options of a kind of record, from its declaration."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrintegrity.cli.base.commands import signed
from hrintegrity.cli.base.done import Columns, Result, Words
from hrintegrity.cli.program.options import (
    read_any_date,
    read_date,
    read_place,
    read_start,
    read_text,
    word,
)

if TYPE_CHECKING:
    from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.words import Vocabulary


def columns_of(fields: Iterable[Field]) -> Columns:
    """Return the columns of a table that shows these fields."""
    return [(field.name, field.short) for field in fields]


def words_of(kind: Kind) -> Words:
    """Return how the values of a kind's fields are shown to people."""
    return {field.name: field.chinese for field in kind if field.words is not None}


def field_options(kind: Kind, place: str = "details") -> Callable[..., Any]:
    """Give a command the options of a kind's fields in the place of one parameter.

    The command is called with what was given, by the names of the fields; None for what was not.
    """
    fields = kind.which("option")
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_option(field)
        )
        for field in fields
    ]

    def with_options(function: Callable[..., Result]) -> Callable[..., Result]:
        @functools.wraps(function)
        def called(*args: Any, **given: Any) -> Result:
            details = {field.name: given.pop(field.name) for field in fields}
            return function(*args, **given, **{place: details})

        shown: list[inspect.Parameter] = []
        for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
            named = parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            shown += options if name == place else [named if shown else parameter]
        signed(called, shown)
        return called

    return with_options


def _option(field: Field) -> Any:
    read, what = _reader(field)
    option = typer.Option(
        f"--{field.name.replace('_', '-')}",
        parser=read,
        metavar=what,
        help=field.help or f"{field.heading}。",
    )
    return Annotated[object, option]


def _reader(field: Field) -> tuple[Callable[[str], Any], str]:
    """Return how the text of an option becomes a value, and what the help calls it."""
    if field.is_date:
        if field.is_term:
            return read_any_date, "日期"
        return read_start if field.name == "since" else read_date, "日期"
    if isinstance(field.words, Vocabulary):
        return word(field.words), field.heading
    from hrintegrity.notice.records import PLACES

    if field.words is PLACES:
        return read_place, "区县"
    return read_text, "号码" if field.is_code else "文字"
