"""`hri agency lookup`: show what the public may know of an agency."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.cli.base import (
    AllowOption,
    Rows,
    allowed,
    altered_warnings,
    call_of,
    list_command,
    reading,
)
from hrintegrity.notice.words import PUBLIC_STATE, UNIT_STATE


@list_command
def run(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="文字", help="名称的一部分、拼音首字母或代码。")],
    allow: AllowOption = None,
) -> Rows:
    """Show what the public may know of an agency."""
    from hrintegrity.duties.disclosure import publishing, wording
    from hrintegrity.duties.disclosure.lookup import lookup as look_up

    today = call_of(context).today
    with reading(context) as archive:
        found = look_up(archive, text, allowed(allow, today), today=today)
    columns = [
        ("name", "机构名称"),
        ("code", "代码"),
        ("district_name", "区县"),
        ("licence_state", "许可状态"),
        ("grade", "等级"),
        ("title", "示范单位"),
        ("events", "公开记录"),
    ]
    words: dict[str, Any] = {
        "events": wording.events_line,
        "licence_state": PUBLIC_STATE.chinese,
        "title": UNIT_STATE.chinese,
    }
    altered = publishing.altered_in(found)
    warnings = altered_warnings(altered.total(), list(altered))
    return Rows(found, columns, words=words, warnings=warnings)
