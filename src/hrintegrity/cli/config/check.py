"""`hri config check`: try the office's own settings before anybody needs them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrintegrity.cli.base import ForceOption, Rows, call_of, command, reading_rows

_WHAT = {
    "standard": "评估标准",
    "office": "单位名称",
    "mapping": "导入对应",
    "template": "模板",
    "paper": "文书",
    "pdf": "PDF",
}


@command
def run(
    context: typer.Context,
    papers: Annotated[
        list[str] | None,
        typer.Argument(metavar="文书", help="只试这些文书，如 assess/notice；不写则每一种都试。"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="目录", help="样张写到这里，便于看。"),
    ] = None,
    force: ForceOption = False,
) -> Rows:
    """Read every file of the folder and make each paper from its specimens; exit 1 on a fault."""
    from hrintegrity.duties import configuration
    from hrintegrity.errors import HriError

    call = call_of(context)
    found = list(
        configuration.check(
            call.config, call.templates, only=papers or (), specimens_to=output, force=force
        )
    )
    try:
        with reading_rows(context) as archive:
            found += configuration.differing(call.config, archive)
    except HriError:
        # Without an archive there is nothing to compare with; a broken file was named above.
        pass
    wrong = [one for one in found if not one.ok]
    columns = [("id", "文件"), ("what", "种类"), ("ok", "结果"), ("found", "现状")]
    return Rows(
        found,
        [*columns, ("remedy", "怎么办")],
        words={"what": _WHAT.__getitem__, "ok": lambda ok: "正常" if ok else "有问题"},
        kind=configuration.Checked,
        below="remedy",
        foot=[f"有 {len(wrong)} 处要改。" if wrong else "都正常。"],
        status=1 if wrong else 0,
    )
