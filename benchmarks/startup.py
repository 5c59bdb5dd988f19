"""Start-up: a command against the imports that it can't do without.

python -m benchmarks.startup
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.bulk import csv_file
from benchmarks.commands import HRI, run
from benchmarks.rows import row, sized

ROUNDS = 21
AGENCIES = sized(100_000)


def compare(name: str, command: list[str], bare: str, target: str) -> None:
    """Time a command and bare Python alternately: whatever else the machine does slows both."""
    floor = [sys.executable, "-c", bare]
    for either in (command, floor):
        run(either)
    pairs = [(run(command).seconds * 1000, run(floor).seconds * 1000) for _ in range(ROUNDS)]
    row(f"{name}; `{bare.split(';')[0]}`", pairs, target, "ms")


def main() -> None:
    compare("`hri --help`", [*HRI, "--help"], "import typer", "≤ 1.15")
    compare("`report hotlines`", [*HRI, "report", "hotlines"], "import typer", "≤ 1.4")
    with tempfile.TemporaryDirectory() as folder:
        archive, register = Path(folder) / "archive.db", Path(folder) / "register.csv"
        os.environ["HRI_ARCHIVE"] = str(archive)
        code = csv_file(register, AGENCIES)
        run([*HRI, "init", "--district", "海淀"])
        run([*HRI, "agency", "import", str(register)])
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
