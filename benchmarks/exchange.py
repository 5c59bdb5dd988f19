"""A district's bundle of 2,000 and of 20,000 agencies: sending and receiving, time and memory.

python -m benchmarks.exchange
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from benchmarks.report import HRI, TODAY, run
from hrintegrity.rules.codes import complete_code

FEW, MANY = 2_000, 20_000
HEADER = "机构名称,统一社会信用代码,区县,机构性质,从业起始日期,地址,联系电话"


def register(path: Path, agencies: int) -> Path:
    """Write a register as csv."""
    rows = (
        f"北京第{n}人力资源有限公司,{complete_code(f'91110108MA{n:07d}')},海淀区,经营性,2008-05-12,"
        f"海淀区中关村大街{n}号,010-6{n:07d}"
        for n in range(agencies)
    )
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    return path


def both_ways(folder: Path, agencies: int) -> dict[str, tuple[float, int]]:
    """Return seconds of processor and peak of memory of a send and of a receive."""
    district, city = folder / "district.db", folder / "city.db"
    ours, theirs = ([*HRI, "--archive", str(one), "--today", TODAY] for one in (district, city))
    bundle, key = folder / "bundle", folder / "key.txt"

    def say(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    say(*ours, "init", "--district", "海淀")
    say(*ours, "agency", "import", str(register(folder / "a.csv", agencies)))
    key.write_text(say(*ours, "archive", "key", "show"), "utf-8")
    sent = run([*ours, "archive", "send", "-o", str(bundle), "--plain"])
    say(*theirs, "init")
    say(*theirs, "archive", "key", "trust", str(key), "--district", "海淀")
    received = run([*theirs, "archive", "receive", str(bundle)])
    return {"send": sent, "receive": received}


def main() -> None:
    """Print the figures."""
    found = {}
    for agencies in (FEW, MANY):
        with tempfile.TemporaryDirectory() as name:
            found[agencies] = both_ways(Path(name), agencies)
    for what in ("send", "receive"):
        (few, small), (many, large) = found[FEW][what], found[MANY][what]
        print(
            f"{what}: {FEW:,} agencies {few:.1f} s, {small / 2**20:.0f} MiB; {MANY:,} {many:.1f} s,"
            f" {large / 2**20:.0f} MiB. {MANY // FEW} times as many in {many / few:.1f} times the"
            f" time and {large / small:.1f} times the memory"
        )


if __name__ == "__main__":
    main()
