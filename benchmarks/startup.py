"""Start-up: a command against the imports that it can't do without.

python -m benchmarks.startup
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bulk import csv_file
from benchmarks.rows import row, sized

ROUNDS = 21
AGENCIES = sized(100_000)
HRI = [str(Path(sys.executable).with_name("hri"))]


def seconds(command: list[str]) -> tuple[float, float]:
    """Return how long a process takes: by the clock, and of the processor."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command}: {status}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def compare(name: str, command: list[str], bare: str, target: str) -> None:
    """Time a command and bare Python alternately: whatever else the machine does slows both."""
    floor = [sys.executable, "-c", bare]
    for either in (command, floor):
        seconds(either)
    pairs = [(seconds(command)[1] * 1000, seconds(floor)[1] * 1000) for _ in range(ROUNDS)]
    row(f"{name}; `{bare.split(';')[0]}`", pairs, target, "ms")


def main() -> None:
    compare("`hri --help`", [*HRI, "--help"], "import typer", "≤ 1.15")
    compare("`report hotlines`", [*HRI, "report", "hotlines"], "import typer", "≤ 1.4")
    with tempfile.TemporaryDirectory() as folder:
        archive, register = Path(folder) / "archive.db", Path(folder) / "register.csv"
        os.environ["HRI_ARCHIVE"] = str(archive)
        code = csv_file(register, AGENCIES)
        subprocess.run([*HRI, "init", "--district", "海淀"], check=True, capture_output=True)
        subprocess.run([*HRI, "agency", "import", str(register)], check=True, capture_output=True)
        show = [*HRI, "agency", "show", code]
        name = f"`agency show`, one of {AGENCIES:,}"
        compare(name, show, "import sqlmodel, typer", "≤ 1.0, then 0.7")
        for what, typed in (
            ("a code", code[:-3]),
            ("part of a name", "第9999"),
            ("initials", "rlzyyxgs"),
        ):
            os.environ |= {
                "_HRI_COMPLETE": "complete_bash",
                "COMP_WORDS": f"hri agency show {typed}",
                "COMP_CWORD": "3",
            }
            bare = (
                f"import sqlite3; sqlite3.connect({str(archive)!r}).execute("
                f"'SELECT name FROM agency WHERE name LIKE ? LIMIT 40', ['%{typed}%']).fetchall()"
            )
            compare(f"completing {what}, one of {AGENCIES:,}", HRI, bare, "≤ 120 ms in all")


if __name__ == "__main__":
    main()
