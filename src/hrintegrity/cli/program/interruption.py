"""Saying that a command was interrupted."""

from __future__ import annotations

import sys


def interrupted() -> int:
    """Say that the command was interrupted; return the exit status by which a shell knows it."""
    if sys.stderr is not None:
        sys.stderr.write("\n已中断。\n")
    return 130
