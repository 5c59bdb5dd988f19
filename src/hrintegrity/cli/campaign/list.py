"""`hri campaign list`: list what the campaign has."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Rows,
    YearOption,
    list_command,
    reading,
    reading_rows,
    with_columns,
)
from hrintegrity.cli.campaign._shared import ActivityKind
from hrintegrity.notice.words import ACTIVITY, CONVENTION_FORM, TITLE

_COLUMNS = [
    ("date", "日期"),
    ("kind", "活动类型"),
    ("title", "活动名称"),
    ("people", "参加人数"),
    ("agencies", "机构数"),
    ("media", "媒体报道数"),
    ("attachments", "附件"),
    ("district_name", "区县"),
    ("id", "编号"),
]

_FIRST = ("date", "kind", "name", "title", "people", "staff", "reason")


@list_command
def run(
    context: typer.Context,
    kind: Annotated[str | None, ActivityKind] = None,
    outstanding: Annotated[
        bool, typer.Option("--outstanding", help="改列表现突出的机构。")
    ] = False,
    titles: Annotated[bool, typer.Option("--titles", help="改列创建称号。")] = False,
    distribution: Annotated[
        bool, typer.Option("--distribution", help="改列公约发放到了哪些机构，还没有发的在内。")
    ] = False,
    district: DistrictOption = None,
    year: YearOption = None,
) -> Rows:
    """List what the campaign has."""
    if outstanding + titles + distribution > 1:
        raise typer.BadParameter(
            "--outstanding、--titles、--distribution 只能用一个", param_hint="--outstanding"
        )
    if not (outstanding or titles or distribution):
        return _activities(context, kind=kind, district=district, year=year)
    from hrintegrity.duties.campaign import distinctions
    from hrintegrity.duties.campaign import distribution as handed

    with reading(context) as archive:
        if outstanding:
            rows: Any = distinctions.outstanding_list(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("code", "代码"), ("date", "日期"), ("reason", "理由")]
        elif titles:
            rows = distinctions.title_list(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("title", "称号"), ("staff", "标兵"), ("date", "日期")]
        else:
            rows = handed.listing(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("code", "代码"), ("date", "发放日期")]
    words = {"title": TITLE.chinese} if titles else {}
    return Rows(rows, [*columns, ("id", "编号")], words=words, first=_FIRST)


def _activities(
    context: typer.Context, *, kind: str | None, district: str | None, year: int | None
) -> Rows:
    """List the activities, which are read as plain rows."""
    from hrintegrity.duties.campaign import activity_views

    with reading_rows(context) as archive:
        rows = activity_views.listing(archive, district=district, year=year, kind=kind)
    columns = with_columns(_COLUMNS, rows, after="media", form="自律活动", partners="联合部门")
    return Rows(
        rows,
        columns,
        words={"kind": ACTIVITY.chinese, "form": CONVENTION_FORM.chinese, "attachments": _names},
        first=_FIRST,
    )


def _names(attachments: list[dict[str, Any]]) -> str:
    return "、".join(one["name"] for one in attachments)
