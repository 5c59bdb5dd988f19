"""`hri report rates` and `readiness`: what is done against 100%, and what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, reading
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import DistrictOption, FormatOption, YearOption, read_district
from hrintegrity.cli._output import say, show_json, show_rows, warn
from hrintegrity.text import fold


def register(app: typer.Typer) -> None:
    """Add the two commands to `hri report`."""
    app.command(
        "rates", cls=ChineseCommand, help="承诺书签署率和诚信档案建档率，力争100%（四(一)）。"
    )(rates)
    app.command(
        "readiness",
        cls=ChineseCommand,
        help="11月5日前还缺什么：推荐表、自评总结、评估结果等。",
    )(readiness)


def _required(text: str) -> Fraction:
    number = fold(text).strip()
    try:
        found = Fraction(number[:-1]) / 100 if number.endswith("%") else Fraction(number)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 1:
        raise typer.BadParameter(f"“{text}”应是 0 到 1 之间的数，如 0.95 或 1.0")
    return found


def rates(
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
    form: FormatOption = "table",
) -> None:
    """Show the three rates; exit 1 where one is under what is required."""
    from hrintegrity.duties.reporting import rates as duty
    from hrintegrity.rules.rates import below

    with reading(context) as archive:
        found = duty.rates(
            archive, district=district, year=year, today=call_of(context).today, missing=missing
        )
    if form == "json":
        show_json([_as_mapping(one) for one in found])
    elif form == "csv":
        records = _missing_rows(found, duty.PARTS) if missing else _flat(found)
        show_rows(records, _MISSING if missing else _RATES, form)
    else:
        show_rows(_shown(found), _RATES, form)
        if missing:
            say("")
            show_rows(_missing_rows(found, duty.PARTS), _MISSING, form)
    if require is not None and any(below(one.three, require) for one in found):
        if form == "table":
            short = [
                f"{one.district_name}（{'、'.join(words)}）"
                for one in found
                if (
                    words := [
                        w for w, r in zip(_THREE, one.three, strict=True) if below([r], require)
                    ]
                )
            ]
            warn(f"低于 {float(require):g} 的：{'、'.join(short)}")
        raise typer.Exit(1)


_THREE = ("机构承诺书签署率", "从业人员承诺书签署率", "建档率")
"""What the three rates of a district are called, in their order."""
_RATES = [
    ("district_name", "区县"),
    ("agencies", "正常机构"),
    ("pledged", "已签承诺书"),
    ("pledge_rate", "签署率"),
    ("staff", "从业人员"),
    ("staff_pledged", "已签承诺书"),
    ("staff_pledge_rate", "签署率"),
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


def _as_mapping(one: Any) -> dict[str, Any]:
    """Return rates as JSON shows them; `missing` stands only where it was asked for."""
    found = _flat([one])[0]
    if one.missing is not None:
        found["missing"] = {
            "pledge": [{"code": m.code, "name": m.name, "id": m.id} for m in one.missing.pledge],
            "staff": [
                {"code": m.code, "name": m.name, "staff": m.staff, "id": m.id}
                for m in one.missing.staff
            ],
            "dossier": [
                {"code": m.code, "name": m.name, "lacks": m.lacks, "id": m.id}
                for m in one.missing.dossier
            ],
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

    def told(value: Any, name: str) -> Any:
        if not name.endswith("_rate"):
            return value
        return "无" if value is None else f"{shown(percent(value), '%')}%"

    return [{key: told(getattr(one, key), key) for key, _ in _RATES} for one in found]


def _missing_rows(found: list[Any], parts: Any) -> list[dict[str, Any]]:
    rows = []
    for one in found:
        missing = one.missing
        rows += [_row(one, m, "自律承诺书") for m in missing.pledge]
        rows += [_row(one, m, "服务承诺书", staff=m.staff) for m in missing.staff]
        rows += [
            _row(one, m, "诚信档案", lacks="、".join(parts[lack] for lack in m.lacks))
            for m in missing.dossier
        ]
    return rows


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


def readiness(
    context: typer.Context,
    district: Annotated[
        str | None, typer.Argument(parser=read_district, metavar="区县", help="只看一个区县。")
    ] = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Show what is missing for 5 November; exit 1 while something is."""
    from hrintegrity.duties.reporting import readiness as duty

    with reading(context) as archive:
        found = duty.readiness(archive, district=district, year=year, today=call_of(context).today)
    if form == "json":
        show_json(found)
    else:
        rows = [
            {
                "district": one.district,
                "district_name": one.district_name,
                "what": lacking.what if form == "csv" else duty.WORDS[lacking.what],
                "code": lacking.code,
                "name": lacking.name or (None if form == "csv" else _NOBODY.get(lacking.what)),
                "submitted": one.submitted,
            }
            for one in found
            for lacking in one.missing
        ]
        columns = [
            ("district_name", "区县"),
            ("what", "还缺"),
            ("code", "代码"),
            ("name", "机构名称"),
        ]
        if form == "csv":
            codes = [("district", ""), *columns, ("submitted", "")]
            show_rows(rows, codes, form)
        elif rows:
            show_rows(rows, columns, form)
        if form == "table":
            _say_submitted(found)
            _say_days(found[0], complete=not rows)
    if any(one.missing for one in found):
        raise typer.Exit(1)


_NOBODY = {"form": "（尚未推荐机构）"}


def _say_submitted(found: list[Any]) -> None:
    """Say which districts have submitted; the city's own agencies are not submitted."""
    asked = [one for one in found if one.district != "municipal"]
    done = [f"{one.district_name}（{one.submitted}）" for one in asked if one.submitted]
    if done:
        say(f"推荐材料已报送：{'、'.join(done)}。")
    if len(done) < len(asked):
        rest = "、".join(one.district_name for one in asked if not one.submitted)
        say(f"推荐材料还没有报送：{rest}。")


def _say_days(one: Any, *, complete: bool) -> None:
    left = one.days_left
    days = f"还有 {left} 天" if left > 0 else "就是今天" if left == 0 else f"已过 {-left} 天"
    state = "材料齐备。" if complete else ""
    say(f"{state}报送期限 {one.deadline}（当日算在内），{days}。")
