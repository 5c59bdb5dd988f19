"""What a command shows on a terminal."""

from __future__ import annotations

import re
import sys

import pexpect

from running import Hri

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


def screen(hri: Hri, columns: int, *command: str) -> list[str]:
    """What a command that ends well writes to a terminal of so many columns, line by line."""
    environment = hri.variables({"TERM": "xterm", "LC_ALL": "C.UTF-8"})
    environment.pop("COLUMNS")
    child = pexpect.spawn(
        sys.executable,
        ["-c", "from hrintegrity.cli import main; main()", *command],
        env=environment,
        dimensions=(60, columns),
        encoding="utf-8",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return _ESCAPES.sub("", child.before).splitlines()
