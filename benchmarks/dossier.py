"""Daily look-ups in a city's archive of a million people, against the start-up of a command.

python -m benchmarks.dossier [ARCHIVE]      ARCHIVE, if given, is kept and used again
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.commands import HRI, run
from benchmarks.rows import row, sized
from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.location import Location
from hrintegrity.archive.serialisation import table_of
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.compliance import Gap, Inspection, Review
from hrintegrity.archive.tables.measures import Reward, Sanction
from hrintegrity.archive.tables.people import Employment, Pledge, Practitioner
from hrintegrity.duties import setting_up
from hrintegrity.duties.agency_texts import name_key
from hrintegrity.notice.districts import DISTRICTS
from hrintegrity.rules.codes import complete_code

AGENCIES = sized(70_000)
PEOPLE = sized(1_000_000)
EVENTS = {"inspection": sized(60_000), "gap": sized(40_000), "complaint": sized(60_000),
          "review": sized(40_000), "sanction": sized(40_000), "reward": sized(20_000),
          "pledge": sized(40_000)}  # fmt: skip
OPEN = 100
"""One in so many gaps and orders is still open."""

ROUNDS = 15
TODAY = "2014-03-31"

Rows = Iterator[dict[str, Any]]


def main() -> None:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        big = given or Path(folder) / "big.db"
        if not big.exists():
            fill(Location(path=big))
        small = Path(folder) / "small.db"
        setting_up.initialise(Location(path=small), operator="bench", year=2013)
        code = code_of(AGENCIES // 2)
        for words in (
            ("agency", "show", code),
            ("agency", "dossier", code, "-f", "json"),
            ("sanction", "list", "--open", "-f", "json"),
            ("inspect", "list", "--overdue", "-f", "json"),
        ):
            pairs = [
                (milliseconds(big, *words), milliseconds(small, "archive", "info"))
                for _ in range(ROUNDS)
            ]
            row(f"`{' '.join(words)}`, of {PEOPLE:,} people; a start", pairs, "≤ 1.5", "ms")
        at = dt.datetime.now().astimezone().replace(tzinfo=None).isoformat()
        taken = milliseconds(big, "agency", "dossier", code, "--known-at", at)
        print(f"agency dossier --known-at: {taken / 1000:.1f} s, over the whole journal")


def milliseconds(archive: Path, *words: str) -> float:
    """Return how much of the processor a command takes on an archive."""
    return run([*HRI, "--archive", str(archive), "--today", TODAY, *words]).seconds * 1000


def code_of(number: int) -> str:
    return complete_code(f"91110108{number:09d}")


def fill(location: Location) -> None:
    """Make the archive: agencies and events with their journal, people without, to save time."""
    choose, start = random.Random(220), time.perf_counter()
    setting_up.initialise(location, operator="bench", year=2013)
    with open_archive(location, operator="bench", write=True) as archive:
        ids = [new_id() for _ in range(AGENCIES)]
        tables: list[tuple[type[Any], Rows]] = [(Agency, register(ids)), *events(ids, choose)]
        for model, rows in tables:
            blank: dict[str, Any] = {column.name: None for column in table_of(model).columns}
            writer.insert_many(archive, model, (blank | row for row in rows))
        people(archive, ids)
    print(f"filled in {time.perf_counter() - start:.0f} s")


def register(ids: list[str]) -> Rows:
    for number, identity in enumerate(ids):
        name = f"北京第{number}人力资源有限公司"
        yield {
            "id": identity, "code": code_of(number), "code_mark": None, "name": name,
            "name_key": name_key(name),
            "district": DISTRICTS[number % len(DISTRICTS)].code,
            "kind": "commercial" if number % 4 else "public",
            "license": f"京人服证字{number:06d}", "since": "2008-05-12",
            "representative": "张三", "address": f"中关村大街{number}号",
            "phone": f"6{number:07d}", "grade": None, "graded": None, "location": None,
            "status": "active", "closed": None, "close_reason": None,
            "registered": "2013-09-02",
        }  # fmt: skip


def events(ids: list[str], choose: random.Random) -> Iterator[tuple[type[Any], Rows]]:
    """Yield the rows of each table, dated over the half year before today."""
    seen = [(new_id(), choose.choice(ids), day(choose)) for _ in range(EVENTS["inspection"])]
    yield Inspection, (
        {"id": one, "agency_id": agency, "date": date, "inspector": "district",
         "department": None, "publicity": "pass", "pledge": "pass", "ledger": "fail",
         "feedback": "pass", "convention": "pass", "note": None}
        for one, agency, date in seen
    )  # fmt: skip
    yield Gap, (
        {"id": new_id(), "inspection_id": one, "agency_id": agency, "system": "ledger",
         "found": date, "deadline": "2014-03-01",
         "mended": None if number % OPEN == 0 else "2014-02-20"}
        for number, (one, agency, date) in enumerate(seen[: EVENTS["gap"]])
    )  # fmt: skip
    yield Complaint, (
        {"id": new_id(), "agency_id": choose.choice(ids), "district": "haidian",
         "received": day(choose), "channel": "market", "kind": "complaint",
         "subject": "收费不明示", "closed": "2014-03-20", "outcome": "unfounded",
         "answer": "经查不属实。", "dishonest": False, "erased": None}
        for _ in range(EVENTS["complaint"])
    )  # fmt: skip
    yield Review, (
        {"id": new_id(), "agency_id": choose.choice(ids), "year": 2013, "result": "passed",
         "date": day(choose), "sanction_id": None}
        for _ in range(EVENTS["review"])
    )  # fmt: skip
    yield Sanction, (sanction(number, ids, choose) for number in range(EVENTS["sanction"]))
    yield Reward, (
        {"id": new_id(), "agency_id": choose.choice(ids), "kind": "honour",
         "date": day(choose), "note": "先进单位"}
        for _ in range(EVENTS["reward"])
    )  # fmt: skip
    yield Pledge, (
        {"id": new_id(), "agency_id": choose.choice(ids), "date": day(choose),
         "displayed": True}
        for _ in range(EVENTS["pledge"])
    )  # fmt: skip


def sanction(number: int, ids: list[str], choose: random.Random) -> dict[str, Any]:
    order = number % 2 == 0
    still = order and number % OPEN == 0
    return {
        "id": new_id(), "agency_id": choose.choice(ids), "practitioner_id": None,
        "district": "haidian", "kind": "rectify" if order else "interview",
        "grounds": "未建立服务台账", "basis": None, "date": day(choose),
        "deadline": "2014-03-10" if order else None, "serious": False, "attributed": False,
        "review_year": None, "mended": "2014-03-05" if order and not still else None,
        "failed": None, "fail_note": None, "withdrawn": None, "withdraw_reason": None,
        "closed_agency": False,
    }  # fmt: skip


def people(archive: Archive, ids: list[str]) -> None:
    """Write practitioners and where they work, fifteen or so an agency, past the journal."""
    raw = archive.connection.connection.driver_connection
    assert raw is not None
    made = [(new_id(), f"员工{number}") for number in range(PEOPLE)]
    practitioners = (
        {"id": one, "name": name, "certificate": None, "pledged": "2013-10-08"}
        for one, name in made
    )
    employments = (
        {"id": new_id(), "practitioner_id": one, "agency_id": ids[number % AGENCIES],
         "name_key": name, "since": "2013-01-01", "left": None, "certificate": None}
        for number, (one, name) in enumerate(made)
    )  # fmt: skip
    for table, rows in (
        (table_of(Practitioner), practitioners),
        (table_of(Employment), employments),
    ):
        names = [column.name for column in table.columns]
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        with writes_allowed(archive.connection):
            raw.executemany(
                f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",
                ([row.get(name) for name in names] for row in rows),
            )


def day(choose: random.Random) -> str:
    return (dt.date(2013, 10, 1) + dt.timedelta(days=choose.randrange(150))).isoformat()


if __name__ == "__main__":
    main()
