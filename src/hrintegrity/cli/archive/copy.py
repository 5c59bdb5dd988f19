"""`hri archive copy`: copy an archive whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hrintegrity.cli.base import Done, call_of, command

if TYPE_CHECKING:
    from hrintegrity.archive.location import Location


FromArgument = Annotated[
    str, typer.Argument(metavar="来源", help="SQLite 文件，或 postgresql+psycopg://… 地址。")
]

ToArgument = Annotated[str, typer.Argument(metavar="去处", help="同上；那里还不能有档案库。")]


@command
def run(context: typer.Context, source: FromArgument, target: ToArgument) -> Done:
    """Copy an archive whole."""
    from hrintegrity.archive.copying import JOURNAL, copy_archive
    from hrintegrity.archive.location import parse_location
    from hrintegrity.duties.campaign.attachments import place

    here, there = parse_location(source), parse_location(target)
    found = copy_archive(here, there, operator=call_of(context).who, place=place)
    warnings = [f"附件 {sha256} 在来源处就找不到，没有复制。" for sha256 in found.missing]
    warnings += [*_of_key(here, there), *_of_encryption(here, there)]
    entries = found.rows[JOURNAL]
    records = sum(found.rows.values()) - entries
    record = {
        "id": str(there),
        "source": str(here),
        "target": str(there),
        "records": records,
        "entries": entries,
        "head": found.head,
        "attachments": found.attachments,
        "missing": list(found.missing),
    }
    counts = f"记录 {records} 条、日志 {entries} 条、附件 {found.attachments} 个"
    return Done(record, f"已复制到 {there}：{counts}，逐条核对一致。", warnings)


def _of_key(here: Location, there: Location) -> list[str]:
    """Say that the office's key is not part of an archive, where there is one."""
    from hrintegrity.duties.exchange import key_files
    from hrintegrity.errors import UnusableError

    try:
        key, wanted = key_files.place(here), key_files.place(there)
    except UnusableError:
        return []
    if not key.is_file() or key == wanted:
        return []
    return [f"本单位的密钥不随档案库复制；要在新的档案库用，请把 {key} 放到 {wanted}。"]


def _of_encryption(here: Location, there: Location) -> list[str]:
    """Say that what was encrypted is so no more."""
    from hrintegrity.archive.connecting import is_encrypted

    if here.path is None or not is_encrypted(here.path):
        return []
    if there.path is None:
        return ["来源是加密的，服务器上的没有加密：由管理员加密服务器的磁盘。"]
    return [f"来源是加密的，复制出来的不是：请运行 hri --archive {there.path} archive encrypt。"]
