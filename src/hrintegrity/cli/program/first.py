"""What `hri` says when it is called with nothing: the first three steps, or where to go on."""

from __future__ import annotations

from collections.abc import Sequence

from hrintegrity.cli.program.call import Call
from hrintegrity.text import width

_FRESH = (
    ("hri doctor", "看看电脑上有没有缺的"),
    ("hri init --district 区县", "建立档案库；市局不写 --district"),
    ("hri agency import 名册.xlsx", "导入办公室的名册；没有的，先 hri agency template"),
)
_USUAL = (
    ("hri today", "今天要办什么，逾期的在前"),
    ("hri assess", "各机构评估到哪一步"),
    ("hri report readiness", "11月5日前还缺什么"),
)
_ALWAYS = (
    ("hri help 教程", "用示例表格走一遍，一小时"),
    ("hri help 主题", "手册的一页、一条命令或一个错误代码"),
    ("hri --help", "全部命令"),
)


def first_steps(call: Call) -> list[str]:
    """Return the lines to show, by whether there is an archive."""
    location = call.location
    if location.path is not None and not location.path.exists():
        numbered = [(f"{number}  {typed}", why) for number, (typed, why) in enumerate(_FRESH, 1)]
        return ["还没有档案库。先做三件事：", *_set(numbered), "", "随时可以：", *_set(_ALWAYS)]
    return [f"档案库：{location}", *_set(_USUAL), "", "随时可以：", *_set(_ALWAYS)]


def _set(rows: Sequence[tuple[str, str]]) -> list[str]:
    left = max(width(typed) for typed, _ in rows)
    return [f"  {typed}{' ' * (left - width(typed))}  {why}" for typed, why in rows]
