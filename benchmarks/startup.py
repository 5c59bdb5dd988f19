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


def seconds(command: list[str]) -> float:
    """Return how long a process takes."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def compare(name: str, command: list[str], imports: str, limit: float) -> None:
    """Time both alternately, so that whatever else the machine does slows both."""
    bare = [sys.executable, "-c", f"import {imports}"]
    for either in (command, bare):
        seconds(either)
    pairs = [(seconds(command), seconds(bare)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    least = min(a for a, _ in pairs) / min(b for _, b in pairs)
    print(
        f"{name}: {ours * 1000:.0f} ms, import {imports}: {theirs * 1000:.0f} ms; ratio of medians"
        f" {ours / theirs:.2f}, of the fastest {least:.2f} (at most {limit})"
    )


def main() -> None:
    compare("hri --help", [*HRI, "--help"], "typer", 1.3)
    compare("hri report hotlines", [*HRI, "report", "hotlines"], "typer", 0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HRI_ARCHIVE"] = str(Path(folder) / "archive.db")
        register = Path(folder) / "register.csv"
        code = csv_file(register, AGENCIES)
        subprocess.run([*HRI, "init", "--district", "海淀"], check=True, capture_output=True)
        subprocess.run([*HRI, "agency", "import", str(register)], check=True, capture_output=True)
        show = [*HRI, "agency", "show", code]
        compare(f"hri agency show, one of {AGENCIES:,}", show, "sqlmodel, typer", 1.2)
        del os.environ["HRI_ARCHIVE"]


if __name__ == "__main__":
    main()
