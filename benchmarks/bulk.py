"""Import of a csv register: against bare sqlite3 with the same rows and journal entries.

python -m benchmarks.bulk
"""

from __future__ import annotations

import csv
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.commands import HRI, Taken, run
from benchmarks.rows import row, sized
from hrintegrity.rules.codes import complete_code

ROWS = sized(100_000)
FEW = sized(10_000)
ROUNDS = 5
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


def imported(register: Path, archive: Path) -> Taken:
    """Import a register into a fresh archive."""
    archive.unlink(missing_ok=True)
    given = {"HRI_ARCHIVE": str(archive)}
    run([*HRI, "init", "--district", "海淀"], given)
    return run([*HRI, "agency", "import", str(register)], given)


def bare(archive: Path) -> float:
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
        used = time.process_time()
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in tables.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        return time.process_time() - used


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many.csv", Path(folder) / "few.csv"
        archive = Path(folder) / "archive.db"
        csv_file(many, ROWS)
        csv_file(few, FEW)
        small, large = imported(few, archive).peak, imported(many, archive).peak
        print(
            f"peak memory: {large / 2**20:.0f} MiB at {ROWS:,} rows, {small / 2**20:.0f} MiB at"
            f" {FEW:,}; ratio {large / small:.2f} (at most 1.5)"
        )
        runs = [(imported(many, archive).seconds, bare(archive)) for _ in range(ROUNDS)]
        name = f"`agency import` csv, {ROWS:,}; bare inserts of rows and entries"
        row(name, runs, "≤ 2.2")


if __name__ == "__main__":
    main()
