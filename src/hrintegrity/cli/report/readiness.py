"""`hri report readiness`: show what is missing for 5 November; exit 1 while something is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    Done,
    Rows,
    YearOption,
    call_of,
    list_command,
    read_district,
    reading_rows,
)

_NOBODY = {"form": "（尚未推荐机构）"}


@list_command
def run(
    context: typer.Context,
    district: Annotated[
        str | None, typer.Argument(parser=read_district, metavar="区县", help="只看一个区县。")
    ] = None,
    year: YearOption = None,
) -> Done:
    """Show what is missing for 5 November; exit 1 while something is."""
    from hrintegrity.duties import today
    from hrintegrity.duties.reporting import readiness as duty

    now = call_of(context).today
    with reading_rows(context) as archive:
        found = duty.readiness(archive, district=district, year=year, today=now)
        due = [task.due.what for task in today.listing(archive, today=now, days=0)]
    lacking = [(one, what) for one in found for what in one.missing]
    rows: list[dict[str, Any]] = [
        {
            "district": one.district,
            "district_name": one.district_name,
            "what": missing.what,
            "code": missing.code,
            "name": missing.name,
            "submitted": one.submitted,
        }
        for one, missing in lacking
    ]
    columns = [
        ("district_name", "区县"),
        ("what", "还缺"),
        ("code", "代码"),
        ("name", "机构名称"),
    ]
    shown = [
        row | {"what": duty.WORDS[row["what"]], "name": row["name"] or _NOBODY.get(row["what"])}
        for row in rows
    ]
    keys = ("district", *(key for key, _ in columns), "submitted")
    listed = Rows(rows, columns, shown=shown, keys=keys)
    lines: list[str | Rows] = [listed] if rows else []
    return Done(
        found,
        lines=[
            *lines,
            *_submitted(found),
            _days(found[0], complete=not rows),
            *_waiting([today.WORDS[what] for what in due if what not in duty.WORDS]),
        ],
        rows=listed,
        status=1 if rows else 0,
    )


def _submitted(found: list[Any]) -> Iterator[str]:
    """Say which districts have submitted; the city's own agencies are not submitted."""
    asked = [one for one in found if one.district != "municipal"]
    done = [f"{one.district_name}（{one.submitted}）" for one in asked if one.submitted]
    if done:
        yield f"推荐材料已报送：{'、'.join(done)}。"
    if len(done) < len(asked):
        rest = "、".join(one.district_name for one in asked if not one.submitted)
        yield f"推荐材料还没有报送：{rest}。"


def _waiting(overdue: list[str]) -> Iterator[str]:
    """Say that the papers to the city are not all that an office has to do."""
    if overdue:
        counted = "、".join(f"{what} {count} 件" for what, count in Counter(overdue).items())
        yield f"材料之外，今天到期和过期未办的：{counted}；逐件见 hri today。"


def _days(one: Any, *, complete: bool) -> str:
    left = one.days_left
    days = f"还有 {left} 天" if left > 0 else "就是今天" if left == 0 else f"已过 {-left} 天"
    state = "应报材料齐备。" if complete else ""
    return f"{state}报送期限 {one.deadline}（当日算在内），{days}。"
