"""What several commands of `hri campaign` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hrintegrity.cli.base import Done, choice, read_text
from hrintegrity.notice.words import ACTIVITY, CONVENTION_FORM
from hrintegrity.text import fold


def _count(text: str) -> int:
    number = fold(text).strip()
    if not (number.isascii() and number.isdecimal() and len(number) <= 9):
        raise typer.BadParameter(f"“{text}”应是不小于 0 的整数")
    return int(number)


def _counted(name: str, text: str) -> Any:
    return typer.Option(name, parser=_count, metavar="数", help=text)


ActivityKind = choice("--kind", ACTIVITY, "专项行动是与其他部门的（三(一)3）：")

FormOfOption = Annotated[
    str | None,
    choice("--form", CONVENTION_FORM, "公约类活动是哪一种（四(二)）："),
]

WithOption = Annotated[
    str | None,
    typer.Option(
        "--with", parser=read_text, metavar="部门", help="一同开展的其他部门，如 公安、工商、城管。"
    ),
]

PeopleOption = Annotated[int | None, _counted("--people", "参加人数；没有统计的不写。")]

AgenciesOption = Annotated[int | None, _counted("--agencies", "参加或覆盖的机构数。")]

MediaOption = Annotated[int | None, _counted("--media", "媒体报道数。")]

NoteOption = Annotated[str | None, typer.Option("--note", metavar="文字", help="备注。")]

AttachOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--attach",
        metavar="文件",
        help="照片、剪报等附件，存在档案库旁边（服务器上的档案库：HRI_FILES 所指的目录）。",
    ),
]

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="记录的编号，见 hri campaign list；末8位也行。")
]


def written(logged: Any, what: str) -> Done:
    """Return that an activity was logged or corrected."""
    found = logged.activity
    files = f"，附件 {len(found.attachments)} 个" if found.attachments else ""
    message = f"{what}：{found.date} {ACTIVITY.chinese(found.kind)} {found.title}{files}。"
    return Done(found, message, logged.warnings)


def bearer(found: Any) -> str:
    """Return who bears a title: the agency, or a practitioner of it."""
    staff = getattr(found, "staff", None)
    return f"{found.name}的{staff}" if staff else str(found.name)
