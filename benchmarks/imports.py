"""Imports of people, score sheets and visits, and their taking back: against bare sqlite3.

python -m benchmarks.imports

Each is a process of its own and counts processor time, which is steadier than the clock on a
machine that others use. The floor beside it inserts the very rows and entries that the command has
written into empty tables of the same schema; that of `archive verify` and `archive backup` fetches
the entries, parses them and hashes them.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.bulk import csv_file
from benchmarks.commands import HRI, Taken, run
from benchmarks.rows import row, sized
from hrintegrity.archive.journal import COLUMNS, GENESIS, check_chain
from hrintegrity.duties.assessment import scores_table
from hrintegrity.notice.indicators import annex
from hrintegrity.rules.codes import complete_code

AGENCIES = sized(100_000)
STAFF, SHEETS, VISITS = 5 * AGENCIES, 3 * AGENCIES, AGENCIES
YEAR = 2013


def _codes() -> list[str]:
    return [complete_code(f"91110108MA{number:07d}") for number in range(AGENCIES)]


def _staff() -> Iterator[Sequence[str]]:
    yield ["统一社会信用代码", "姓名", "资格证号", "承诺日期", "到岗日期"]
    codes = _codes()
    for number in range(STAFF):
        certificate = f"RL{number:07d}"
        yield [
            codes[number % AGENCIES],
            f"张{number}三",
            certificate,
            "2013-10-01",
            "2012-03-01",
        ]


def _sheets() -> Iterator[Sequence[str]]:
    columns = scores_table.table(annex(YEAR)).columns
    yield [column.header for column in columns if column.field != "name"]
    scores = ["1"] * len(annex(YEAR).indicators)
    codes = _codes()
    for number in range(SHEETS):
        way = ("自我评价", "专家评价", "群众评价")[number // AGENCIES % 3]
        rater = f"评价人{number // AGENCIES}"
        yield [codes[number % AGENCIES], way, rater, str(YEAR), *scores]


def _visits() -> Iterator[Sequence[str]]:
    yield ["统一社会信用代码", "检查日期", "公示", "承诺", "台账", "反馈"]
    codes = _codes()
    for number in range(VISITS):
        day = f"2013-10-{8 + number // AGENCIES:02d}"
        yield [codes[number % AGENCIES], day, "合格", "合格", "合格", "合格"]


def _file(path: Path, rows: Iterator[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _run(archive: Path, *arguments: str) -> Taken:
    return run([*HRI, "--archive", str(archive), "--today", "2013-11-01", *arguments])


def _floor(archive: Path, last: int) -> float:
    """Return how long sqlite3 takes to insert the entries after `last`, and rows they brought."""
    target = archive.with_name("bare.db")
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(archive)) as source,
        closing(sqlite3.connect(target, isolation_level=None)) as bare,
    ):
        entries = source.execute(f"SELECT * FROM journal WHERE id > {last}").fetchall()
        tables = {"journal": [(number, *rest[1:]) for number, rest in enumerate(entries, 1)]}
        brought: dict[str, set[str]] = {}
        query = f"SELECT \"table\", record FROM journal WHERE action = 'insert' AND id > {last}"
        for table, record in source.execute(query):
            brought.setdefault(table, set()).add(record)
        for table, records in brought.items():
            found = source.execute(f'SELECT * FROM "{table}"')
            place = [column[0] for column in found.description].index("id")
            tables[table] = [row for row in found if row[place] in records]
        for table in tables:
            query = (
                f"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL"
                " ORDER BY type = 'table' DESC"
            )
            for (sql,) in source.execute(query):
                bare.execute(sql)
        used = time.process_time()
        bare.execute("BEGIN IMMEDIATE")
        for table, rows in tables.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                bare.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        bare.execute("COMMIT")
        return time.process_time() - used


def _read_floor(archive: Path) -> float:
    """Return how long fetching, parsing and hashing all entries takes."""
    with closing(sqlite3.connect(archive)) as connection:
        used = time.process_time()
        columns = ", ".join(f'"{column}"' for column in COLUMNS)
        entries = connection.execute(f"SELECT {columns} FROM journal ORDER BY id").fetchall()
        for entry in entries:
            for state in entry[6:8]:
                json.loads(state or "{}")
        assert check_chain(entries).head != GENESIS
        return time.process_time() - used


def _last(archive: Path) -> int:
    with closing(sqlite3.connect(archive)) as connection:
        found: int = connection.execute("SELECT MAX(id) FROM journal").fetchone()[0]
        return found


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        archive = place / "archive.db"
        csv_file(place / "agencies.csv", AGENCIES)
        _run(archive, "init", "--district", "海淀")
        _run(archive, "agency", "import", str(place / "agencies.csv"))
        for name, command, rows, count, limit in (
            ("agency staff import", ("agency", "staff", "import"), _staff(), STAFF, "≤ 2.5"),
            ("assess import", ("assess", "import"), _sheets(), SHEETS, "≤ 3"),
            ("inspect import", ("inspect", "import"), _visits(), VISITS, "≤ 3"),
        ):
            path = _file(place / f"{command[-2]}.csv", rows)
            last = _last(archive)
            done = _run(archive, *command, str(path), "-f", "json")
            pairs = [(done.seconds, _floor(archive, last))]
            row(f"`{name}`, {count:,}; bare inserts", pairs, limit)
        last = _last(archive)
        visits = json.loads(done.output)["id"]
        used = _run(archive, "archive", "undo", visits, "--reason", "试").seconds
        undone = f"`archive undo` of {VISITS:,} visits; bare inserts of its entries"
        row(undone, [(used, _floor(archive, last))], "–")
        floor = _read_floor(archive)
        used = _run(archive, "archive", "verify").seconds
        entries = f"{_last(archive):,} entries; fetching, parsing and hashing them"
        row(f"`archive verify`, {entries}", [(used, floor)], "≤ 2")
        used = _run(archive, "archive", "backup", str(place / "backup.db")).seconds
        row(f"`archive backup`, {entries}", [(used, floor)], "≤ 2")


if __name__ == "__main__":
    main()
