"""Running a command as a process of its own, and what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HRI = [str(Path(sys.executable).with_name("hri"))]

# A process's peak of memory counts that of the one that started it, so a small one is between.
_STARTER = """
import json, os, sys, time
begun = time.perf_counter()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
taken = [used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss]
os.write(int(sys.argv[1]), json.dumps(taken).encode())
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Taken(NamedTuple):
    """What a command took: seconds of the processor and by the clock, its peak of memory in bytes.

    The processor's are steadier than the clock's on a machine that does something else too.
    """

    seconds: float
    clock: float
    peak: int
    output: bytes


def run(command: list[str], more: Mapping[str, str] | None = None) -> Taken:
    """Run a command to its end, with `more` variables in its environment.

    Raises RuntimeError where it fails.
    """
    read, write = os.pipe()
    with os.fdopen(read, "rb") as figures:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", "-c", _STARTER, str(write), *command],
                env={**os.environ, **(more or {})},
                pass_fds=[write],
                capture_output=True,
                check=False,
            )
        finally:
            os.close(write)
        if done.returncode:
            raise RuntimeError(f"{command}: {done.returncode}\n{done.stderr.decode()[:1000]}")
        seconds, clock, peak = json.load(figures)
    unit = 1 if sys.platform == "darwin" else 1024
    return Taken(seconds, clock, peak * unit, done.stdout)
