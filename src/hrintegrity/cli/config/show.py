"""`hri config show`: which settings are in force, and where each comes from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from hrintegrity.cli.base import Rows, call_of, list_command, reading_rows

if TYPE_CHECKING:
    from hrintegrity.duties.configuration import Setting

_WHAT = {
    "folder": "设置目录",
    "templates": "文书模板",
    "standard": "评估标准文件",
    "office": "单位名称文件",
    "mapping": "导入对应",
    "variable": "环境变量",
    "archive-standard": "评估标准",
}
_ORIGIN = {"default": "默认", "environment": "环境", "archive": "档案库"}


@list_command
def run(context: typer.Context) -> Rows:
    """Show the settings of the folder, the environment and, where there is one, the archive."""
    from hrintegrity.duties import configuration
    from hrintegrity.errors import HriError

    call = call_of(context)
    found = configuration.settings(call.config, call.templates, os.environ)
    warnings = []
    try:
        with reading_rows(context) as archive:
            found += configuration.archive_settings(archive)
    except HriError as error:
        if not call.location.default:
            warnings.append(f"没有看档案库里的设置：{error.message}")
    columns = [("what", "设置"), ("value", "现在是"), ("origin", "来自")]
    return Rows(
        found,
        columns,
        words={"origin": lambda word: _ORIGIN.get(word, word)},
        kind=configuration.Setting,
        shown=[{**vars(one), "what": _what(one)} for one in found],
        warnings=warnings,
    )


def _what(setting: Setting) -> str:
    """Return what people call a setting; those of the archive are what it knows of its office."""
    from hrintegrity.notice import names

    word = setting.what
    if word == "variable":
        return f"{_WHAT[word]} {setting.id}"
    return _WHAT.get(word) or names.column("office", word.removeprefix("archive-")) or word
