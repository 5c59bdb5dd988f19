"""`hri inspect draw`: draw agencies by lot, or seal a seed to draw with."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    Rows,
    YearOption,
    call_of,
    district_name,
    list_command,
    reading,
    writing,
)
from hrintegrity.errors import UsageError


def _weight(text: str) -> Any:
    from hrintegrity.rules.draw import parse_weight

    try:
        return parse_weight(text)
    except ValueError as error:
        raise typer.BadParameter(f"“{text}”{error}") from None


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
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="文字", help="种子；不给的，现做一个并显示出来。"),
    ] = None,
    district: DistrictOption = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="机构", help="不参加抽签的机构。"),
    ] = None,
    weight: Annotated[
        list[Any] | None,
        typer.Option(
            "--weight", parser=_weight, metavar="等次=权重", help="某个等次多抽几倍，如 不合格=3。"
        ),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="把种子、范围和结果记入档案库和日志。")
    ] = False,
    seal: Annotated[
        bool, typer.Option("--seal", help="现在只做一个种子封存，公布它的 SHA-256，以后再抽。")
    ] = False,
    sealed: Annotated[
        str | None,
        typer.Option("--sealed", metavar="编号", help="用封存的种子抽签，见 hri inspect draws。"),
    ] = None,
    year: YearOption = None,
) -> Rows | Done:
    """Draw agencies by lot, or seal a seed to draw with."""
    import secrets

    from hrintegrity.duties.inspection import lots

    today = call_of(context).today
    if seal:
        _refuse_with_seal({"--count": count, "--seed": seed, "--sealed": sealed})
        with writing(context) as archive:
            kept = lots.seal(archive, seed=secrets.token_hex(16), district=district, today=today)
        return Done(
            kept,
            f"已封存种子，请现在公布它的 SHA-256：{kept.seed_sha256}；"
            f"抽签用 hri inspect draw --sealed {kept.id} --count。",
        )
    if count is None:
        raise UsageError("missing-option", "缺少 --count", "请用 --count 写明抽几家。")
    if sealed is not None and seed is not None:
        raise UsageError("wrong-usage", "--sealed 和 --seed 只能用一个。", "请去掉一个。")
    wanted = lots.Wanted(count, district, exclude or (), dict(weight or ()), year)
    with (writing if save or sealed else reading)(context) as archive:
        if sealed is not None:
            result, drawn, warnings = lots.draw_sealed(archive, sealed, wanted, today=today)
        else:
            given = secrets.token_hex(16) if seed is None else seed
            result, drawn, warnings = lots.draw(archive, wanted, given)
            if save:
                result = lots.save(archive, result, wanted, today=today)
    head = [
        f"种子 {result.seed}",
        f"范围 {result.population} 家，指纹 {result.population_sha256}",
    ]
    if result.excluded:
        head.append(f"排除 {'、'.join(result.excluded)}")
    if result.weights:
        head.append(f"权重 {'、'.join(f'{band} {n}' for band, n in result.weights.items())}")
    if result.id:
        head.append(f"已记入档案库，编号 {result.id}")
    columns = [("place", "顺序"), ("code", "代码"), ("name", "机构名称"), ("district", "区县")]
    return Rows(
        drawn,
        columns,
        words={"district": district_name},
        kind=lots.Drawn,
        record=result.as_mapping(),
        head=head,
        warnings=warnings,
    )


def _refuse_with_seal(given: dict[str, Any]) -> None:
    for name, value in given.items():
        if value is not None:
            raise UsageError(
                "wrong-usage", f"--seal 只封存种子，不能与 {name} 一起用。", f"请去掉 {name}。"
            )
