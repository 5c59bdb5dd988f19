"""Concluding a city's assessments and listing them: against bare SQL and JSON of the same rows.

python -m benchmarks.assessment
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks.report import HRI, START, city, run

AGENCIES = 10_000
MANY = 100_000
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
        few, many = folder / "few.db", folder / "many.db"
        unconcluded(few, AGENCIES)
        done, copy = folder / "done.db", folder / "copy.db"
        pairs = []
        for _ in range(ROUNDS):
            shutil.copy(few, done)
            ours = run(concluding(done))[0]
            shutil.copy(few, copy)
            bare = [sys.executable, "-c", _WRITING, str(copy), str(done)]
            pairs.append((ours, run(bare)[0]))
        _say("assess conclude --all", pairs, 2.5)
        for word, command in LISTS.items():
            fields = folder / f"{word}.json"
            fields.write_bytes(subprocess.check_output(listing(done, command)))
            bare = [sys.executable, "-c", _LISTING, str(done), str(fields)]
            pairs = [(run(listing(done, command))[0], run(bare)[0]) for _ in range(ROUNDS)]
            _say(
                f"{' '.join(command)} -f json, {len(json.loads(fields.read_text()))} rows", pairs, 2
            )
        unconcluded(many, MANY)
        print(f"memory at {MANY:,} over {AGENCIES:,} agencies (at most 1.5):")
        peaks = {"conclude --all": _peaks(few, many, folder)}
        peaks |= {word: _of_both(done, many, command) for word, command in LISTS.items()}
        for word, (small, large) in peaks.items():
            print(f"  {word}: {small:.0f} and {large:.0f} MiB, ratio {large / small:.2f}")


def _peaks(few: Path, many: Path, folder: Path) -> tuple[float, float]:
    copy = folder / "memory.db"
    shutil.copy(few, copy)
    return run(concluding(copy))[1] / 2**20, run(concluding(many))[1] / 2**20


def _of_both(few: Path, many: Path, command: list[str]) -> tuple[float, float]:
    small, large = (run(listing(one, command))[1] / 2**20 for one in (few, many))
    return small, large


def _say(what: str, pairs: list[tuple[float, float]], most: float) -> None:
    ours, theirs = (statistics.median(one) for one in zip(*pairs, strict=True))
    print(f"{what}: {ours:.2f} s, bare {theirs:.2f} s; ratio {ours / theirs:.2f} (at most {most})")


if __name__ == "__main__":
    main()
