"""`hri inspect draw`: whom to inspect, by lot; see docs/draw.md."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli._call import reading
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import DistrictOption, FormatOption
from hrintegrity.cli._output import say, show_json, show_rows, warn


def register(app: typer.Typer) -> None:
    """Add the command to `hri inspect`."""
    app.command(
        "draw",
        cls=ChineseCommand,
        help="从正常的机构里随机抽签；谁都能重抽核对，见 docs/draw.md。",
    )(draw)


def _count(text: str) -> Any:
    from hrintegrity.rules.draw import parse_count

    try:
        return parse_count(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”{error}") from None


def draw(
    context: typer.Context,
    count: Annotated[
        Any,
        typer.Option(
            "--count", parser=_count, metavar="家数|百分比", help="抽几家，如 20 或 10%。"
        ),
    ],
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="文字", help="种子；不给的，现做一个并显示出来。"),
    ] = None,
    district: DistrictOption = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="机构", help="不参加抽签的机构。"),
    ] = None,
    form: FormatOption = "table",
) -> None:
    """Draw agencies by lot."""
    import secrets

    from hrintegrity.duties.inspection import lots

    with reading(context) as archive:
        result, drawn, warnings = lots.draw(
            archive,
            count=count,
            seed=secrets.token_hex(16) if seed is None else seed,
            district=district,
            exclude=exclude or (),
        )
    for warning in warnings:
        warn(warning)
    if form == "json":
        show_json(result)
        return
    if form == "table":
        say(f"种子 {result.seed}")
        say(f"范围 {result.population} 家，指纹 {result.population_sha256}")
        if result.excluded:
            say(f"排除 {'、'.join(result.excluded)}")
    columns = [("place", "顺序"), ("code", "代码"), ("name", "机构名称"), ("district", "区县")]
    show_rows(drawn, columns, form, words={"district": _district_name}, kind=lots.Drawn)


def _district_name(code: str) -> str:
    from hrintegrity.notice.districts import BY_CODE

    return BY_CODE[code].name
