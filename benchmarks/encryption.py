"""An encrypted archive against one in the clear: opening it, and work in bulk.

python -m benchmarks.encryption
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.bulk import csv_file
from benchmarks.commands import HRI, run
from benchmarks.rows import row, sized

ROWS = sized(50_000)
BULK_ROUNDS, OPENING_ROUNDS = 5, 15
BULK = (
    ("agency import", ("agency", "import", "{register}")),
    ("agency list -f csv", ("agency", "list", "-f", "csv")),
    ("archive verify", ("archive", "verify")),
    ("archive backup", ("archive", "backup", "{archive}.backup", "--force")),
)


def used(archive: Path, *arguments: str) -> float:
    """Return the seconds of the processor that a command takes on an archive."""
    return run([*HRI, "--archive", str(archive), *arguments]).seconds


def main() -> None:
    os.environ["HRI_PASSPHRASE"] = "correct horse battery staple"
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.csv"
        code = csv_file(register, ROWS)
        archives = Path(folder) / "clear.db", Path(folder) / "encrypted.db"
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in BULK}
        for _ in range(BULK_ROUNDS):
            for archive, more in zip(archives, ((), ("--encrypt",)), strict=True):
                archive.unlink(missing_ok=True)
                used(archive, "init", "--district", "海淀", *more)
            for name, arguments in BULK:
                # Alternately, so that whatever else the machine does slows both.
                clear, encrypted = (
                    used(
                        archive, *(a.format(register=register, archive=archive) for a in arguments)
                    )
                    for archive in archives
                )
                taken[name].append((clear, encrypted))
        name = f"agency show, one of {ROWS:,}"
        taken[name] = [
            (used(archives[0], "agency", "show", code), used(archives[1], "agency", "show", code))
            for _ in range(OPENING_ROUNDS)
        ]
        for name, pairs in taken.items():
            turned = [(encrypted, clear) for clear, encrypted in pairs]
            row(f"{name}, encrypted; in the clear", turned, "≤ 1.4")


if __name__ == "__main__":
    main()
