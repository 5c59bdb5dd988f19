"""Showing more lines than a screen has through a pager."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress

from hrintegrity.cli.base.tables import is_terminal
from hrintegrity.text import escaped

_KEYS = "（空格 往下，b 往回，/ 查找，q 退出）"
"""Stands above what `less` shows: its own help is English, and its prompt takes no Chinese."""

_LESS = ("less", "-FRSX", "-P[q]")


def page(lines: Iterable[str]) -> None:
    """Write lines, at a terminal through a pager where they are more than it shows.

    `HRI_PAGER` or `PAGER` name it, `NO_PAGER` does without.
    """
    safe = (f"{escaped(line)}\n" for line in lines)
    if not is_terminal():
        sys.stdout.writelines(safe)
        return
    shown = list(safe)
    pager = _pager() if len(shown) >= shutil.get_terminal_size().lines else None
    text = "".join(shown)
    keys = f"{_KEYS}\n" if pager == [*_LESS] else ""
    if pager is None or not _paged(pager, keys + text):
        sys.stdout.write(text)


def _pager() -> list[str] | None:
    if os.environ.get("NO_PAGER"):
        return None
    named = os.environ.get("HRI_PAGER") or os.environ.get("PAGER")
    if named:
        import shlex

        return shlex.split(named)
    return [*_LESS] if shutil.which("less") else None


def _paged(pager: list[str], text: str) -> bool:
    """Let a pager show the text; say whether it could be started."""
    import subprocess

    sys.stdout.flush()
    try:
        process = subprocess.Popen(
            pager, stdin=subprocess.PIPE, env={"LESSCHARSET": "utf-8", **os.environ}
        )
    except OSError:
        return False
    # Whoever leaves a pager early has seen enough.
    with suppress(KeyboardInterrupt, BrokenPipeError):
        process.communicate(text.encode("utf-8"))
    process.wait()
    return True
