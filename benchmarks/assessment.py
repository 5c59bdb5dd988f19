"""Concluding a city's assessments and listing them: against bare SQL and JSON of the same rows.

python -m benchmarks.assessment
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks.commands import HRI, run
from benchmarks.report import START, city
from benchmarks.rows import row, sized

AGENCIES = sized(10_000)
ROUNDS = 3
TODAY = "2013-10-31"
LISTS = {
    "assess": ["assess"],
    "rank": ["assess", "rank"],
    "candidates": ["recommend", "candidates"],
}
_WRITING = f"""
{START}, json, sqlite3, sys
target, source = sqlite3.connect(sys.argv[1], isolation_level=None), sqlite3.connect(sys.argv[2])
target.execute("BEGIN IMMEDIATE")
for (scores,) in target.execute("SELECT scores FROM score_sheet ORDER BY agency_id"):
    json.loads(scores)
last = target.execute("SELECT COALESCE(MAX(id), 0) FROM journal").fetchone()[0]
for table, where in ("conclusion", ""), ("journal", f" WHERE id > {{last}}"):
    rows = source.execute(f"SELECT * FROM {{table}}{{where}}")
    marks = ", ".join("?" * len(rows.description))
    target.executemany(f"INSERT INTO {{table}} VALUES ({{marks}})", rows)
target.execute("COMMIT")
"""
_LISTING = f"""
{START}, json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
rows = connection.execute(
    "SELECT a.id, a.code, a.name, a.district, c.total, c.band, c.standard, c.result, p.reference,"
    " (SELECT count(*) FROM score_sheet s WHERE s.agency_id = a.id) FROM agency a"
    " LEFT JOIN conclusion c ON c.agency_id = a.id AND c.reopened IS NULL"
    " LEFT JOIN paper p ON p.subject_id = c.id"
)
for row in rows:
    row[7] and json.loads(row[7])
json.dump(json.load(open(sys.argv[2])), sys.stdout, ensure_ascii=False, indent=2)
"""


def unconcluded(path: Path, agencies: int) -> None:
    """Make a city's archive whose sheets wait to be concluded."""
    city(path, agencies)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM conclusion")
        connection.commit()


def concluding(archive: Path) -> list[str]:
    return [
        *HRI, "--archive", str(archive), "--today", TODAY, "assess", "conclude", "--all", "-f",
        "json",
    ]  # fmt: skip


def listing(archive: Path, command: list[str]) -> list[str]:
    return [*HRI, "--archive", str(archive), "--today", TODAY, *command, "-f", "json"]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, done, copy = folder / "few.db", folder / "done.db", folder / "copy.db"
        unconcluded(few, AGENCIES)
        pairs = []
        for _ in range(ROUNDS):
            shutil.copy(few, done)
            ours = run(concluding(done)).seconds
            shutil.copy(few, copy)
            bare = [sys.executable, "-c", _WRITING, str(copy), str(done)]
            pairs.append((ours, run(bare).seconds))
        floor = "reading the sheets, writing the same rows"
        row(f"`assess conclude --all`, {AGENCIES:,}; {floor}", pairs, "≤ 2.5")
        for word, command in LISTS.items():
            fields = folder / f"{word}.json"
            fields.write_bytes(run(listing(done, command)).output)
            bare = [sys.executable, "-c", _LISTING, str(done), str(fields)]
            pairs = [
                (run(listing(done, command)).seconds, run(bare).seconds) for _ in range(ROUNDS)
            ]
            row(f"`{' '.join(command)} -f json`, {AGENCIES:,}; SQL and JSON", pairs, "≤ 2")


if __name__ == "__main__":
    main()
