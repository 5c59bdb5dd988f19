"""What is said of a command that was interrupted, or failed, after it had written something."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import Any

from hrintegrity.cli.program import call

STAYS = "档案库里已经登记，没有撤回：请不要重复登记，用查询命令核对后，只补缺的文件。"


def take_signals() -> None:
    """Let whatever ends a command do it as Ctrl-C does, so that no temporary file is left.

    A signal that is ignored, as `nohup` has it, stays so. Windows has no SIGHUP.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def interrupted() -> int:
    """Say that the command was interrupted; return the exit status by which a shell knows it."""
    if sys.stderr is not None:
        # The terminal may be gone.
        with suppress(OSError):
            sys.stderr.write(f"\n已中断。{STAYS if call.has_entered() else ''}\n")
    return 130
