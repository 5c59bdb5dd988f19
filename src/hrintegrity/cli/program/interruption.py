"""What is said of a command that was interrupted, or failed, after it had written something."""

from __future__ import annotations

import sys

from hrintegrity.cli.program import call

STAYS = "档案库里已经登记，没有撤回：请不要重复登记，用查询命令核对后，只补缺的文件。"


def interrupted() -> int:
    """Say that the command was interrupted; return the exit status by which a shell knows it."""
    if sys.stderr is not None:
        sys.stderr.write(f"\n已中断。{STAYS if call.has_entered() else ''}\n")
    return 130
