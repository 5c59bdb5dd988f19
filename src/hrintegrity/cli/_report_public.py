"""`hri report public` and `hri agency lookup`: what the public may know."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli._call import call_of, reading
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import ForceOption, FormatOption
from hrintegrity.cli._output import done, show_rows, warn
from hrintegrity.cli._progress import progress
from hrintegrity.notice.words import LICENCE_STATE, UNIT_STATE

_NAMED = 10
"""So many agencies are named in a warning."""

AllowOption = Annotated[
    Path | None,
    typer.Option(
        "--allow", metavar="文件.yaml", help="办公室自定的公开内容（publish: […]），须有依据。"
    ),
]


def register_public(app: typer.Typer) -> None:
    """Add `public` to `hri report`."""
    app.command("public", cls=ChineseCommand, help="公开页面、表格和数据库，可离线查询。")(public)


def register_lookup(app: typer.Typer) -> None:
    """Add `lookup` to `hri agency`."""
    app.command("lookup", cls=ChineseCommand, help="公众能查到的一家机构的信息。")(lookup)


def public(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="目录", help="写到哪个目录。")],
    allow: AllowOption = None,
    force: ForceOption = False,
    form: FormatOption = "table",
) -> None:
    """Write the disclosure page, the table and the database."""
    from hrintegrity.duties.disclosure import publishing

    with reading(context) as archive:
        found = publishing.publish(
            archive,
            output,
            _allowed(allow),
            today=call_of(context).today,
            force=force,
            progress=progress("公开"),
        )
    _warn_altered(found.altered, found.altered_agencies)
    done(
        f"已公开 {found.agencies} 家机构、{found.events} 条记录：{output / 'index.html'}",
        found,
        form,
    )


def lookup(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="文字", help="名称的一部分、拼音首字母或代码。")],
    allow: AllowOption = None,
    form: FormatOption = "table",
) -> None:
    """Show what the public may know of an agency."""
    from hrintegrity.duties.disclosure import publishing
    from hrintegrity.duties.disclosure.lookup import lookup as look_up

    with reading(context) as archive:
        found = look_up(archive, text, _allowed(allow))
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
        "events": publishing.told,
        "licence_state": LICENCE_STATE.chinese,
        "title": UNIT_STATE.chinese,
    }
    _warn_altered(*publishing.altered_in(found))
    show_rows(found, columns, form, words=words)


def _warn_altered(count: int, whose: list[str]) -> None:
    if count:
        more = f"等 {len(whose)} 家" if len(whose) > _NAMED else ""
        warn(
            f"有 {count} 条曝光事由写了人名、电话或证件号码，公开时已换成“某从业人员”“某人”“××”："
            f"{'、'.join(whose[:_NAMED])}{more}。请核对换过的文字；要改写的，撤销后另作一条。"
        )


def _allowed(path: Path | None) -> tuple[str, ...]:
    from hrintegrity.notice.disclosure import default_list, read_list

    return default_list() if path is None else read_list(path)
