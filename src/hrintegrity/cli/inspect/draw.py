"""`hri inspect draw`: draw agencies by lot."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import DistrictOption, Rows, district_name, list_command, reading


def _count(text: str) -> Any:
    from hrintegrity.rules.draw import parse_count

    try:
        return parse_count(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”{error}") from None


@list_command
def run(
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
) -> Rows:
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
    head = [
        f"种子 {result.seed}",
        f"范围 {result.population} 家，指纹 {result.population_sha256}",
    ]
    if result.excluded:
        head.append(f"排除 {'、'.join(result.excluded)}")
    columns = [("place", "顺序"), ("code", "代码"), ("name", "机构名称"), ("district", "区县")]
    return Rows(
        drawn,
        columns,
        words={"district": district_name},
        kind=lots.Drawn,
        record=result,
        head=head,
        warnings=warnings,
    )
