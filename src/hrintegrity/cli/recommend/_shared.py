"""What several commands of `hri recommend` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import district_name, read_given, sources, two_places
from hrintegrity.notice.words import KIND

OpinionOption = Annotated[
    str | None,
    typer.Option(
        "--opinion",
        parser=read_given,
        metavar="文字",
        help="区县人力资源和社会保障局意见（附件3）。",
    ),
]

SummaryOption = Annotated[
    Path | None,
    typer.Option("--self-summary", metavar="文件", help="机构自评总结，原样存入、原样报送。"),
]

DespiteOption = Annotated[
    str | None,
    typer.Option(
        "--despite", parser=read_given, metavar="理由", help="不符合推荐条件仍要推荐的理由。"
    ),
]


def parts(missing: list[str]) -> str:
    """Return what parts of a recommendation are missing."""
    from hrintegrity.rules.recommendation import PARTS

    return "、".join(PARTS[part] for part in missing)


def _package(number: int) -> str:
    return f"第{number}次"


WORDS: dict[str, Any] = {
    "district": district_name,
    "kind": KIND.chinese,
    "total": two_places,
    "missing": parts,
    "missing_sources": sources,
    "submitted": _package,
}
