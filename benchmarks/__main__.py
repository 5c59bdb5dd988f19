"""All benchmarks, one after the other, and their rows as one table: `make bench`.

Each is a process of its own, since a command's peak of memory counts that of the process that
started it. Nothing here passes or fails.
"""

from __future__ import annotations

import pkgutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.rows import HEAD, SHARE

NOT_WORKS = ("__main__", "commands", "rows")


def main() -> None:
    start, rows = time.perf_counter(), []
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    for name in names:
        if name in NOT_WORKS:
            continue
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                if line.startswith("| "):
                    rows.append(line.rstrip())
        if process.returncode:
            raise SystemExit(f"benchmarks.{name}: {process.returncode}")
    minutes = (time.perf_counter() - start) / 60
    print(f"\nAll rows, at {SHARE:g} of the size, in {minutes:.0f} minutes:\n\n{HEAD}")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
