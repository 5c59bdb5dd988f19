"""`hri law`: the statutory facts that the program brings."""

from __future__ import annotations

COMMANDS = {
    "check": "列出一年多没有与出处核对过的规定，和据此发出的文书；有的，退出码 1。",
}
