"""What several commands of `hri agency` share."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import choice, columns_of, day, word, words_of
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.notice.words import GRADE, KIND

KindOption = Annotated[
    str | None,
    choice("--kind", KIND),
]

GradeOption = Annotated[
    str | None,
    typer.Option(
        "--grade", parser=word(GRADE), metavar="A…AAAAA", help="按地方标准评定的等级（三(二)）。"
    ),
]

LenientOption = Annotated[
    bool, typer.Option("--lenient-codes", help="校验位不对的代码也登记，并作标记。")
]

COLUMNS = columns_of(field for field in AGENCY.shown if field.name != "district")
WORDS = words_of(AGENCY)


def check_days(context: typer.Context, details: dict[str, Any]) -> None:
    """Warn of days after today; a term may end later."""
    for name, value in details.items():
        if value is not None and AGENCY[name].is_date and not AGENCY[name].is_term:
            day(context, value)
