"""`hri archive withdraw`: taking back what was entered by mistake."""

from __future__ import annotations

from typing import Annotated

import typer

from hrintegrity.cli._call import call_of, writing
from hrintegrity.cli._help import ChineseCommand
from hrintegrity.cli._options import FormatOption, RequiredReasonOption
from hrintegrity.cli._output import done


def register(app: typer.Typer) -> None:
    """Add the command to `hri archive`."""
    app.command(
        "withdraw",
        cls=ChineseCommand,
        help="撤去误登的一条记录：承诺书、从业人员、教育、检查、投诉举报、年审、处罚、激励；"
        "日志里留有痕迹。",
    )(withdraw)


def withdraw(
    context: typer.Context,
    record: Annotated[
        str, typer.Argument(metavar="编号", help="编号见 hri agency records 机构；末8位也行。")
    ],
    reason: RequiredReasonOption,
    form: FormatOption = "table",
) -> None:
    """Remove a record that was entered by mistake."""
    from hrintegrity.duties import withdrawal

    with writing(context) as archive:
        found = withdrawal.withdraw(archive, record, reason=reason)
    if found.contacts:
        from hrintegrity.archive.erasure import overwrite_deleted

        overwrite_deleted(call_of(context).location)
    of_whom = f"{found.agency}的" if found.agency else ""
    more = f"（连同相关的共 {found.records} 条）" if found.records > 1 else ""
    done(f"已撤去{of_whom}{withdrawal.WHAT[found.what][1]}记录{more}。", found, form)
