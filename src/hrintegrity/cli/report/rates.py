"""`hri report rates`: show the three rates; exit 1 where one is under what is required."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    Rows,
    YearOption,
    call_of,
    list_command,
    reading_rows,
)
from hrintegrity.packing import Packed
from hrintegrity.text import fold


def _required(text: str) -> Fraction:
    number = fold(text).strip()
    try:
        found = Fraction(number[:-1]) / 100 if number.endswith("%") else Fraction(number)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 1:
        raise typer.BadParameter(f"“{text}”应是 0 到 1 之间的数，如 0.95，或 95%")
    return found


_THREE = ("机构承诺书签署率", "从业人员承诺书签署率", "建档率")
"""What the three rates of a district are called, in their order."""

_RATES = [
    ("district_name", "区县"),
    ("agencies", "正常机构"),
    ("pledged", "已签"),
    ("pledge_rate", "签署率"),
    ("staff", "从业人员"),
    ("staff_pledged", "人员已签"),
    ("staff_pledge_rate", "人员签署率"),
    ("dossiers", "已建档"),
    ("dossier_rate", "建档率"),
]

_MISSING = [
    ("district_name", "区县"),
    ("what", "还缺"),
    ("code", "代码"),
    ("name", "机构名称"),
    ("staff", "从业人员"),
    ("lacks", "缺少"),
]


@list_command
def run(
    context: typer.Context,
    district: DistrictOption = None,
    missing: Annotated[bool, typer.Option("--missing", help="列出还缺的机构和人员。")] = False,
    require: Annotated[
        Fraction | None,
        typer.Option(
            "--require", parser=_required, metavar="比率", help="有一项低于它的，退出码为 1。"
        ),
    ] = None,
    year: YearOption = None,
) -> Done:
    """Show the three rates; exit 1 where one is under what is required."""
    from hrintegrity.duties.reporting import rates as duty

    with reading_rows(context) as archive:
        found = duty.rates(
            archive, district=district, year=year, today=call_of(context).today, missing=missing
        )
    rates = Rows(_flat(found), _RATES, shown=_shown(found))
    lacking = Rows(_missing_rows(found, duty.PARTS) if missing else (), _MISSING)
    return Done(
        [_as_mapping(one) for one in found],
        lines=[rates, "", lacking] if missing else [rates],
        rows=lacking if missing else rates,
        **_judged(found, require),
    )


def _judged(found: list[Any], require: Fraction | None) -> dict[str, Any]:
    """Return exit status and warning where a rate is under what is required."""
    from hrintegrity.rules.rates import below

    if require is None or not any(below(one.three, require) for one in found):
        return {}
    short = []
    for one in found:
        rates = zip(_THREE, one.three, strict=True)
        named = [name for name, rate in rates if below([rate], require)]
        if named:
            short.append(f"{one.district_name}（{'、'.join(named)}）")
    return {"status": 1, "warnings": [f"低于 {float(require):g} 的：{'、'.join(short)}"]}


def _as_mapping(one: Any) -> dict[str, Any]:
    """Return rates as JSON shows them; `missing` is there only where it was asked for."""
    found = _flat([one])[0]
    if one.missing is not None:
        found["missing"] = {
            "pledge": Packed(
                {"code": m.code, "name": m.name, "id": m.id} for m in one.missing.pledge
            ),
            "staff": Packed(
                {"code": m.code, "name": m.name, "staff": m.staff, "id": m.id}
                for m in one.missing.staff
            ),
            "dossier": Packed(
                {"code": m.code, "name": m.name, "lacks": m.lacks, "id": m.id}
                for m in one.missing.dossier
            ),
        }
    return found


def _flat(found: list[Any]) -> list[dict[str, Any]]:
    names = (
        "district", "agencies", "pledged", "pledge_rate", "staff", "staff_pledged",
        "staff_pledge_rate", "dossiers", "dossier_rate", "district_name",
    )  # fmt: skip
    return [{name: _number(getattr(one, name)) for name in names} for one in found]


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value


def _shown(found: list[Any]) -> list[dict[str, Any]]:
    from hrintegrity.duties.reporting.figure import shown
    from hrintegrity.rules.rates import percent

    def shown_as(value: Any, name: str) -> Any:
        if not name.endswith("_rate"):
            return value
        return "无" if value is None else f"{shown(percent(value))}%"

    return [{key: shown_as(getattr(one, key), key) for key, _ in _RATES} for one in found]


def _missing_rows(found: list[Any], parts: Any) -> Iterator[dict[str, Any]]:
    for one in found:
        for m in one.missing.pledge:
            yield _row(one, m, "自律承诺书")
        for m in one.missing.staff:
            yield _row(one, m, "服务承诺书", staff=m.staff)
        for m in one.missing.dossier:
            yield _row(one, m, "诚信档案", lacks="、".join(parts[lack] for lack in m.lacks))


def _row(
    one: Any, missing: Any, what: str, *, staff: str | None = None, lacks: str | None = None
) -> dict[str, Any]:
    return {
        "district_name": one.district_name,
        "what": what,
        "code": missing.code,
        "name": missing.name,
        "staff": staff,
        "lacks": lacks,
    }
