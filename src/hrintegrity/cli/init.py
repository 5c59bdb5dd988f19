"""`hri init`: make an archive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base import (
    DistrictOption,
    Done,
    call_of,
    command,
    read_text,
    read_year,
    writing,
)

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location


@command
def run(
    context: typer.Context,
    district: DistrictOption = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", parser=read_year, metavar="年份", help="活动年份；默认为通知的那一年。"
        ),
    ] = None,
    leader: Annotated[
        str | None,
        typer.Option("--leader", parser=read_text, metavar="姓名", help="主管领导（四(一)）。"),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option("--department", parser=read_text, metavar="名称", help="责任部门（四(一)）。"),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option(
            "--encrypt", help="建成加密的；口令用 HRI_PASSPHRASE、钥匙串，或在终端里输入。"
        ),
    ] = False,
) -> Done:
    """Make an archive."""
    from hrintegrity.duties import ownership, setting_up
    from hrintegrity.notice import names

    call = call_of(context)
    made = setting_up.initialise(
        _encrypted(call.location) if encrypt else call.location,
        operator=call.who,
        district=district or ownership.CITY,
        year=year,
        leader=leader,
        department=department,
    )
    with writing(context):
        # The first remark on a network drive, say, belongs to the archive's first command.
        pass
    warnings = []
    if made.default_dates:
        warnings.append(
            f"通知没有定{made.year}年的时间，暂按通知的月日；可用 hri campaign start 更改。"
        )
    if district is None:
        warnings.append(
            "没有写 --district：这是市级的档案库，不是哪个区县的。区县的应是 hri init --district"
            f" 海淀（本区县的名称）；建错了的，先把 {made.archive} 改名，再照此重建。"
        )
    if made.year > call.today.year:
        warnings.append(
            f"今天是 {call.today}，而这是{made.year}年的活动；年份打错了的，先用 hri campaign start"
            f" 登记对的那一年，再用 hri campaign remove {made.year} --reason 年份打错 撤去。"
        )
    lines = []
    if made.year < call.today.year:
        lines.append(
            f"今天是 {call.today}，而这是{made.year}年的活动；要办{call.today.year}年的，另用"
            f" hri campaign start --year {call.today.year} 建立（见 hri campaign start --help）。"
        )
    return Done(
        made,
        f"已建立{names.office(made.district)}的档案库：{made.archive}，{made.year}年活动"
        f" {made.start} 至 {made.end}，{made.deadline} 前报送。",
        warnings,
        lines,
    )


def _encrypted(location: Location) -> Location:
    """Return the place of an archive that is to be encrypted, its passphrase known."""
    from hrintegrity.archive import passphrases
    from hrintegrity.archive.connecting import cipher_driver
    from hrintegrity.errors import UsageError

    if location.path is None:
        raise UsageError(
            "archive-on-server", "服务器上的档案库不用 --encrypt。", "请管理员加密服务器的磁盘。"
        )
    cipher_driver()
    if not location.path.exists():
        passphrases.remember(location.path, passphrases.new())
    return replace(location, encrypted=True)
