"""Import of a csv register: against bare sqlite3 with the same rows and journal entries.

python -m benchmarks.bulk
"""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.rows import row, sized
from hrintegrity.rules.codes import complete_code

ROWS = sized(100_000)
FEW = sized(10_000)
ROUNDS = 5
HRI = [str(Path(sys.executable).with_name("hri"))]
HEADERS = [
    "机构名称", "统一社会信用代码", "区县", "机构性质", "许可证号", "从业起始日期", "法定代表人",
    "地址", "联系电话", "等级",
]  # fmt: skip


def csv_file(path: Path, rows: int) -> str:
    """Write a register as an office's csv; return the code of an agency in its middle."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(rows):
            code = complete_code(f"91110108MA{number:07d}")
            writer.writerow(
                [
                    f"北京第{number}人力资源有限公司",
                    code,
                    "海淀区",
                    "经营性" if number % 4 else "公益性",
                    f"京人服证字（2010）第{number:06d}号",
                    f"200{number % 10}-05-12",
                    "张三",
                    f"北京市海淀区中关村大街{number}号",
                    f"010-6{number:07d}",
                    "AAA" if number % 3 else "",
                ]
            )
    return complete_code(f"91110108MA{rows // 2:07d}")


Taken = tuple[float, float]
"""Seconds by the clock, and of the processor: the second is steadier on a busy machine."""


def imported(register: Path, archive: Path) -> tuple[Taken, int]:
    """Import a register into a fresh archive; return the time and the peak of memory in bytes."""
    archive.unlink(missing_ok=True)
    given = {**os.environ, "HRI_ARCHIVE": str(archive)}
    subprocess.run([*HRI, "init", "--district", "海淀"], check=True, env=given, capture_output=True)
    start = time.perf_counter()
    process = subprocess.Popen(
        [*HRI, "agency", "import", str(register)], env=given, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"hri agency import: {status}")
    unit = 1 if sys.platform == "darwin" else 1024
    taken = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    return taken, usage.ru_maxrss * unit


def bare(archive: Path) -> Taken:
    """Return how long sqlite3 takes to write the rows and entries that an import has written."""
    with closing(sqlite3.connect(archive)) as source:
        schema = source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('agency', 'journal') AND sql IS NOT"
            " NULL ORDER BY type = 'table' DESC"
        ).fetchall()
        tables = {
            name: source.execute(f"SELECT * FROM {name}").fetchall()
            for name in ("agency", "journal")
        }
    target = archive.with_name("bare.db")
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for (sql,) in schema:
            connection.execute(sql)
        start, used = time.perf_counter(), time.process_time()
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in tables.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        return time.perf_counter() - start, time.process_time() - used


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many.csv", Path(folder) / "few.csv"
        archive = Path(folder) / "archive.db"
        csv_file(many, ROWS)
        csv_file(few, FEW)
        # Memory first: a child's peak counts that of the process that started it.
        small, large = imported(few, archive)[1], imported(many, archive)[1]
        print(
            f"peak memory: {large / 2**20:.0f} MiB at {ROWS:,} rows, {small / 2**20:.0f} MiB at"
            f" {FEW:,}; ratio {large / small:.2f} (at most 1.5)"
        )
        runs = [(imported(many, archive)[0], bare(archive)) for _ in range(ROUNDS)]
        name = f"`agency import` csv, {ROWS:,}; bare inserts of rows and entries"
        row(name, [(ours[1], theirs[1]) for ours, theirs in runs], "≤ 2.2")


if __name__ == "__main__":
    main()
