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
    from hrintegrity.duties.campaign import activity_views, distinctions
    from hrintegrity.duties.campaign import distribution as handed

    if outstanding + titles + distribution > 1:
        raise typer.BadParameter(
            "--outstanding、--titles、--distribution 只能用一个", param_hint="--outstanding"
        )
    with reading(context) as archive:
        if outstanding:
            rows: Any = distinctions.outstanding_list(archive, district=district, year=year)
            columns: Any = [("name", "机构名称"), ("code", "代码"), ("date", "日期")]
            columns.append(("reason", "理由"))
            columns.append(("id", "编号"))
            words: Any = {}
        elif titles:
            rows = distinctions.title_list(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("title", "称号"), ("staff", "标兵"), ("date", "日期")]
            columns.append(("id", "编号"))
            words = {"title": TITLE.chinese}
        elif distribution:
            rows = handed.listing(archive, district=district, year=year)
            columns = [("name", "机构名称"), ("code", "代码"), ("date", "发放日期"), ("id", "编号")]
            words = {}
        else:
            rows = activity_views.listing(archive, district=district, year=year, kind=kind)
            columns = with_columns(
                _COLUMNS, rows, after="media", form="自律活动", partners="联合部门"
            )
            words = {
                "kind": ACTIVITY.chinese,
                "form": CONVENTION_FORM.chinese,
                "attachments": _names,
            }
    first = ("date", "kind", "name", "title", "people", "staff", "reason")
    return Rows(rows, columns, words=words, first=first)


def _names(attachments: list[dict[str, Any]]) -> str:
    return "、".join(one["name"] for one in attachments)
