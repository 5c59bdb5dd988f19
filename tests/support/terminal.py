"""What a command shows on a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

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
        timeout=600,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return _ESCAPES.sub("", child.before).splitlines()


def conversation(
    hri: Hri, command: Sequence[str], answers: Sequence[tuple[str, str]], columns: int = 100
) -> tuple[int, str]:
    """Answer what a command asks at a terminal; return its exit status and all that was shown.

    Each answer is given after the text before it; a control character goes without a line end.
    """
    environment = hri.variables({"TERM": "xterm", "LC_ALL": "C.UTF-8"})
    environment.pop("COLUMNS")
    child = pexpect.spawn(
        sys.executable,
        ["-c", "from hrintegrity.cli import main; main()", *command],
        env=environment,
        dimensions=(60, columns),
        encoding="utf-8",
        timeout=600,
    )
    shown = ""
    for awaited, answer in answers:
        child.expect_exact(awaited)
        shown += child.before + awaited
        if answer and not answer.isprintable():
            child.send(answer)
        else:
            child.sendline(answer)
    child.expect(pexpect.EOF)
    shown += child.before
    child.close()
    return child.exitstatus, _ESCAPES.sub("", shown)
