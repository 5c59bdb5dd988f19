"""Start-up: a command against the imports that it can't do without.

python -m benchmarks.startup
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bulk import csv_file

ROUNDS = 21
AGENCIES = 100_000
HRI = [str(Path(sys.executable).with_name("hri"))]


def seconds(command: list[str]) -> tuple[float, float]:
    """Return how long a process takes: by the clock, and of the processor."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command}: {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def compare(name: str, command: list[str], imports: str, limit: str) -> None:
    """Time both alternately, so that whatever else the machine does slows both."""
    bare = [sys.executable, "-c", f"import {imports}"]
    for either in (command, bare):
        seconds(either)
    pairs = [(seconds(command), seconds(bare)) for _ in range(ROUNDS)]
    print(f"{name} against import {imports}{limit}")
    for place, how in enumerate(("by the clock", "of the processor")):
        ours, theirs = ([either[place] for either in taken] for taken in zip(*pairs, strict=True))
        middle = statistics.median(ours), statistics.median(theirs)
        print(
            f"  {how}: {middle[0] * 1000:.0f} ms and {middle[1] * 1000:.0f} ms; ratio of medians"
            f" {middle[0] / middle[1]:.2f}, of the fastest {min(ours) / min(theirs):.2f}"
        )


def main() -> None:
    compare("hri --help", [*HRI, "--help"], "typer", " (at most 1.3)")
    compare("hri report hotlines", [*HRI, "report", "hotlines"], "typer", "")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HRI_ARCHIVE"] = str(Path(folder) / "archive.db")
        register = Path(folder) / "register.csv"
        code = csv_file(register, AGENCIES)
        subprocess.run([*HRI, "init", "--district", "海淀"], check=True, capture_output=True)
        subprocess.run([*HRI, "agency", "import", str(register)], check=True, capture_output=True)
        show = [*HRI, "agency", "show", code]
        compare(f"hri agency show, one of {AGENCIES:,}", show, "sqlmodel, typer", " (at most 1.2)")
        for what, typed in (
            ("a code", code[:-3]),
            ("part of a name", "机构9999"),
            ("initials", "zz"),
        ):
            os.environ |= {
                "_HRI_COMPLETE": "complete_bash",
                "COMP_WORDS": f"hri agency show {typed}",
                "COMP_CWORD": "3",
            }
            compare(f"completing {what}, one of {AGENCIES:,}", HRI, "typer", "")
        del os.environ["HRI_ARCHIVE"]


if __name__ == "__main__":
    main()
