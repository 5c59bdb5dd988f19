"""Options about the kind of a sanction; their help names the kinds of `data/sanctions.yaml`.

Only the commands that read a kind import this, as it reads that file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

import typer

from hrintegrity.cli.base import read_any_date, read_year, word
from hrintegrity.notice.measures import SanctionKind, every_sanction
from hrintegrity.notice.words import MEASURE


def _words(kinds: Iterable[SanctionKind]) -> str:
    return "、".join(kind.word for kind in kinds)


_KINDS = every_sanction().values()
_AT_REVIEW = _words(kind for kind in _KINDS if kind.at_review)
_KINDS_HELP = (
    f"{_words(kind for kind in _KINDS if not kind.at_review)}（视情采取，没有先后）；"
    f"{_AT_REVIEW}（年审中依法作出）。"
)

KindOption = Annotated[
    str, typer.Option("--kind", parser=word(MEASURE), metavar="措施", help=_KINDS_HELP)
]

NotifiedKindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        parser=word(MEASURE),
        metavar="措施",
        help=f"{_KINDS_HELP}已事先告知的可不写。",
    ),
]

DeadlineOption = Annotated[
    dt.date | None,
    typer.Option(
        "--deadline",
        parser=read_any_date,
        metavar="日期",
        help=f"整改期限；{_words(kind for kind in _KINDS if kind.needs_deadline)}须有。",
    ),
]

ReviewYearOption = Annotated[
    int | None,
    typer.Option(
        "--review-year", parser=read_year, metavar="年份", help=f"哪一年的年审；{_AT_REVIEW}须有。"
    ),
]

StaffOption = Annotated[
    str | None,
    typer.Option(
        "--staff",
        metavar="编号",
        help=f"对这名从业人员（{_words(kind for kind in _KINDS if 'staff' in kind.subjects)}）；"
        "编号见 staff list。",
    ),
]
