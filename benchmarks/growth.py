"""How memory and time of commands grow from 1,000 to 100,000 agencies.

python -m benchmarks.growth
"""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

from benchmarks.assessment import unconcluded
from benchmarks.commands import HRI, run
from benchmarks.report import TODAY
from benchmarks.rows import growth, sized

SIZES = [sized(100_000) // part for part in (100, 10, 1)]
COMMANDS = (
    # The first writes conclusions and their entries, which the others read.
    ("assess", "conclude", "--all"),
    ("assess", "-f", "json"),
    ("assess", "-f", "csv"),
    ("assess", "rank", "-f", "json"),
    ("recommend", "candidates", "-f", "json"),
    ("agency", "list", "-f", "json"),
    ("agency", "list"),
    ("agency", "staff", "list", "-f", "json"),
    ("inspect", "list", "-f", "json"),
    ("complaint", "list", "-f", "json"),
    ("sanction", "list", "-f", "json"),
    ("reward", "list", "-f", "json"),
    ("report", "rates", "--missing", "-f", "json"),
    ("archive", "log", "-f", "json"),
    ("agency", "export", "{out}.csv"),
    ("agency", "export", "{out}.xlsx"),
    ("report", "month", "-o", "{out}-month.json"),
    ("report", "month", "-o", "{out}-month.xlsx"),
    ("report", "public", "-o", "{out}-public"),
)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        archives = [Path(name) / f"{size}.db" for size in SIZES]
        for archive, size in zip(archives, SIZES, strict=True):
            unconcluded(archive, size)
        for words in COMMANDS:
            seconds, peaks = [], []
            for archive in archives:
                given = [word.format(out=archive.with_suffix("")) for word in words]
                done = run([*HRI, "--archive", str(archive), "--today", TODAY, *given])
                seconds.append(done.seconds)
                peaks.append(done.peak / 2**20)
            # A start is in each of them: over the last tenfold it hides least.
            exponent = math.log10(seconds[-1] / seconds[-2])
            work = " ".join(words).replace("{out}", "")
            growth(f"`{work}`", seconds, peaks, exponent)


if __name__ == "__main__":
    main()
