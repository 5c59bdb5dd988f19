"""`hri doctor`: what the program finds around it, and what to do about it."""

from __future__ import annotations

import sys

import typer

from hrintegrity.cli.base import Rows, call_of, list_command

_WHAT = {
    "version": "版本",
    "archive": "档案库",
    "schema": "档案库结构",
    "lock": "占用",
    "copies": "副本",
    "key": "密钥",
    "place": "存放位置",
    "pdf": "PDF 组件",
    "font": "中文字体",
    "names": "名称用字",
    "console": "控制台编码",
    "templates": "文书模板",
    "disk": "磁盘空间",
}


@list_command
def run(context: typer.Context) -> Rows:
    """Look at the machine, the archive, fonts and templates; exit 1 where something is not ok."""
    from hrintegrity.duties import doctor

    call = call_of(context)
    found = doctor.examine(
        call.location,
        operator=call.who,
        console=getattr(sys.stdout, "encoding", None),
        templates=call.templates,
    )
    wrong = [one for one in found if not one.ok]
    columns = [("what", "检查"), ("ok", "结果"), ("found", "现状"), ("remedy", "怎么办")]
    return Rows(
        found,
        columns,
        words={"what": _WHAT.__getitem__, "ok": lambda ok: "正常" if ok else "有问题"},
        kind=doctor.Finding,
        first=("what", "ok", "found"),
        below="remedy",
        foot=[f"有 {len(wrong)} 处要处理。" if wrong else "一切正常。"],
        status=1 if wrong else 0,
    )
