"""`hri config`: the office's own templates, standard, names and mappings."""

from __future__ import annotations

COMMANDS = {
    "init": "写出每一种设置的例子，改名后才起作用。",
    "show": "现在用的是哪些设置，各从哪里来。",
    "check": "读一遍本单位的设置，用样张试做每一种文书；有不对的，退出码 1。",
}
