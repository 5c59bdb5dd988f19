"""`hri assess conclude`: conclude assessments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import typer

from hrintegrity.cli.assess._shared import NAMED_AT_MOST, counted, passed_over
from hrintegrity.cli.base import (
    AgenciesArgument,
    AllOption,
    DistrictOption,
    Done,
    YearOption,
    asking_command,
    call_of,
    progress,
    sources,
    writing,
)
from hrintegrity.cli.base.which import named_or_all
from hrintegrity.cli.program.plain import plain


@asking_command
def run(
    context: typer.Context,
    agencies: AgenciesArgument = None,
    every: AllOption = False,
    district: DistrictOption = None,
    year: YearOption = None,
) -> Done:
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
    warnings = [
        *passed_over(found.without_sheets, found.names, "没有评分表，未评定"),
        *passed_over(found.without_total, found.names, "得不出总分，未评定"),
        *passed_over(found.too_high, found.names, "评分表与现行标准不合，未评定"),
        *found.warnings,
    ]
    already = f"；此前已评定 {found.already} 家" if found.already else ""
    lacking = len(found.missing_sources)
    already = (f"，其中 {lacking} 家缺少评价方式" if lacking else "") + already
    warnings += _remarks(found)
    one = next(iter(found.concluded)) if not every and len(found.concluded) == 1 else None
    if one is None:
        return Done(found, f"已评定 {len(found.concluded)} 家{already}。", warnings)
    without = f"（没有{sources(one.missing_sources)}）" if one.missing_sources else ""
    record = plain(one) | plain(found)
    return Done(record, f"已评定{one.name}：{one.total} 分，{one.band}{without}。", warnings)


def _remarks(found: Any) -> list[str]:
    """Say, counted and with the first names, what is to be looked at again."""
    return [
        *_counted(found.doubts, "有评分与记录不符（hri assess explain 看是哪几项）"),
        *_counted(found.without_location, "是市属机构，没有登记所在区县，告知书上没有监督举报电话"),
        *_lacking(found.missing_sources),
    ]


def _lacking(agencies: Iterable[Any]) -> Iterator[str]:
    """Yield for each set of ways that agencies lack how many they are, those that lack most first.

    They are concluded by the ways that they have; whoever wants the others has to do something.
    """
    count: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], dict[str, str]] = {}
    for one in agencies:
        missing = tuple(one.missing)
        count[missing] += 1
        if count[missing] <= NAMED_AT_MOST:
            first.setdefault(missing, {})[one.code] = one.name
    for missing in sorted(count, key=len, reverse=True):
        why = f"缺少评价方式（没有{sources(missing)}），只按已有的评定"
        yield from counted(count[missing], first[missing], why)
    if count:
        yield (
            "通知要求采取自我评价、专家评价和群众评价等方式综合衡量（三(五)）；要补评的，先用 "
            "hri assess reopen 机构 --reason 补评 重新开启，补上评分表再评定。"
        )


def _counted(agencies: Iterable[Any], why: str) -> list[str]:
    count, first = 0, {}
    # What is said of one agency stands together.
    for code, same in groupby(agencies, attrgetter("code")):
        count += 1
        if count <= NAMED_AT_MOST:
            first[code] = next(same).name
    return counted(count, first, why)
