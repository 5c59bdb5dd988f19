"""`hri assess conclude`, `object` and `reopen`: when a result is fixed, and how it is undone."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli._call import call_of, day, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import (
    AgenciesArgument,
    AgencyArgument,
    AllOption,
    DistrictOption,
    FormatOption,
    RequiredDateOption,
    RequiredReasonOption,
    YearOption,
    read_given,
)
from hrintegrity.cli._output import done, warn
from hrintegrity.cli._progress import progress
from hrintegrity.errors import UsageError
from hrintegrity.notice.words import SOURCE

NAMED_AT_MOST = 5


def register(app: typer.Typer) -> None:
    """Add the commands to `hri assess`."""
    app.command("conclude", cls=ChineseCommand, help="评定：结果和标准从此固定。")(conclude)
    app.command("object", cls=ChineseCommand, help="登记机构对评估结果的异议。")(object_to)
    app.command("reopen", cls=ChineseCommand, help="重新开启已评定的评估；重新评定后另发告知书。")(
        reopen
    )


def conclude(
    context: typer.Context,
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    district: DistrictOption = None,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Conclude assessments."""
    from hrintegrity.duties.assessment import conclusions

    named_or_all(agencies, every)
    today = call_of(context).today
    with writing(context) as archive:
        if every:
            found = conclusions.conclude_all(
                archive, district=district, year=year, today=today, progress=progress("评定")
            )
        else:
            found = conclusions.conclude(archive, agencies or [], year=year, today=today)
    passed_over(found.without_sheets, found.names, "没有评分表，未评定")
    passed_over(found.without_total, found.names, "得不出总分，未评定")
    passed_over(found.too_high, found.names, "评分表有超过现行标准分值的项，未评定")
    for warning in found.warnings:
        warn(warning)
    already = f"；此前已评定 {found.already} 家" if found.already else ""
    one = found.concluded[0] if not every and len(found.concluded) == 1 else None
    if one is not None:
        missing = "、".join(map(SOURCE.chinese, one.missing_sources))
        without = f"（没有{missing}）" if missing else ""
        done(f"已评定{one.name}：{one.total} 分，{one.band}{without}。", one, form)
    else:
        done(f"已评定 {len(found.concluded)} 家{already}。", found, form)


def named_or_all(agencies: list[str] | None, every: bool) -> None:
    """Refuse a command that names agencies and asks for all, or does neither."""
    if bool(agencies) == every:
        raise UsageError(
            "wrong-usage",
            "请给出机构，或用 --all（二者取一）。",
            "一家或几家写名称或代码，全部写 --all。",
        )


def passed_over(codes: list[str], names: dict[str, str], why: str) -> None:
    """Say how many agencies were passed over and name the first of them."""
    if codes:
        more = " 等" if len(codes) > NAMED_AT_MOST else ""
        first = "、".join(f"{names[code]}（{code}）" for code in codes[:NAMED_AT_MOST])
        warn(f"{len(codes)} 家{why}：{first}{more}")


def object_to(
    context: typer.Context,
    agency: AgencyArgument,
    date: RequiredDateOption,
    text: Annotated[
        str, typer.Option("--text", parser=read_given, metavar="文字", help="异议的内容。")
    ],
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Record an objection."""
    from hrintegrity.duties.assessment import conclusions

    with writing(context) as archive:
        found, warnings = conclusions.object_to(
            archive, agency, year=year, date=day(context, date), objection=text
        )
    for warning in warnings:
        warn(warning)
    done(f"已登记{found.name}的异议（{found.date}）。", found, form)


def reopen(
    context: typer.Context,
    agency: AgencyArgument,
    reason: RequiredReasonOption,
    year: YearOption = None,
    form: FormatOption = "table",
) -> None:
    """Open a concluded assessment again."""
    from hrintegrity.duties.assessment import conclusions

    with writing(context) as archive:
        found, warnings = conclusions.reopen(
            archive, agency, year=year, today=call_of(context).today, reason=reason
        )
    for warning in warnings:
        warn(warning)
    done(f"已重新开启{found.name}{found.year}年的评估。", found, form)
