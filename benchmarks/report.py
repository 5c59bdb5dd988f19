"""The summary of a whole city: against the bare SQL of its figures, and how its workbook grows.

python -m benchmarks.report
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from hrintegrity.duties.assessment import annexes, kept, standards
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.indicators import annex
from hrintegrity.notice.words import (
    ACTIVITY,
    CHANNEL,
    COMPLAINT_KIND,
    INCENTIVE,
    INSPECTOR,
    MEASURE,
    OUTCOME,
    SOURCE,
    SYSTEM,
)
from hrintegrity.rules.assessment import assess
from hrintegrity.rules.case import AgencyFacts, Case, Sheet
from hrintegrity.rules.codes import complete_code
from hrintegrity.rules.standard_reading import default_standard

AGENCIES = 70_000
FEW = 7_000
ROUNDS = 5
HRI = [str(Path(sys.executable).with_name("hri"))]
TODAY = "2013-11-04"
START = "import sqlmodel, typer"
_BARE = f"""
{START}, json, sqlite3, sys
statements = json.load(open(sys.argv[2]))
connection = sqlite3.connect(sys.argv[1])
for sql, values in statements:
    connection.execute(sql, values).fetchall()
"""


def city(path: Path, agencies: int) -> None:
    """Make a city's archive; its rows go in past `archive.writer`, which nothing here measures."""
    path.unlink(missing_ok=True)
    made = [*HRI, "--archive", str(path), "init"]
    subprocess.run(made, check=True, capture_output=True)
    with closing(sqlite3.connect(path)) as connection:
        for table, rows in _rows(Random(agencies), agencies):
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" * len(row))
                connection.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())
                )
        connection.commit()


def _rows(r: Random, agencies: int) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    codes = list(BY_CODE)
    districts = [codes[number % len(codes)] for number in range(agencies)]
    results = [_result(r) for _ in range(200)]

    def agency() -> Iterator[dict[str, Any]]:
        for number, district in enumerate(districts):
            name = f"北京第{number}人力资源有限公司"
            yield {
                "id": f"a{number}", "code": complete_code(f"91110108MA{number:07d}"), "name": name,
                "name_key": name, "district": district, "kind": "commercial", "license": "证",
                "since": "2008-05-12", "representative": "张三", "address": "某路", "phone": "6",
                "status": "active",
            }  # fmt: skip

    def each(share: float, times: int = 1) -> Iterator[tuple[str, str]]:
        for number in range(agencies):
            for time_ in range(times):
                if r.random() < share:
                    yield f"x{number}-{time_}", f"a{number}"

    def day() -> str:
        return str(dt.date(2013, 10, r.randint(1, 31)))

    yield "agency", agency()
    yield "pledge", ({"id": i, "agency_id": a, "date": day()} for i, a in each(0.97))
    people = list(each(0.9, 3))
    yield "practitioner", ({"id": i, "name": i, "pledged": day()} for i, _ in people)
    yield (
        "employment",
        (
            {"id": i, "practitioner_id": i, "agency_id": a, "name_key": i, "since": "2010-01-01"}
            for i, a in people
        ),
    )
    yield (
        "inspection",
        (
            {"id": i, "agency_id": a, "date": day(), "inspector": r.choice(list(INSPECTOR))}
            | {system: r.choice(["pass", "fail"]) for system in SYSTEM}
            for i, a in each(0.95)
        ),
    )
    yield "gap", (
        {
            "id": i, "inspection_id": i, "agency_id": a, "system": r.choice(list(SYSTEM)),
            "found": day(), "deadline": "2013-10-31", "mended": r.choice([None, day()]),
        }
        for i, a in each(0.3)
    )  # fmt: skip
    yield "score_sheet", (
        {
            "id": f"{i}{source}", "agency_id": a, "year": 2013, "source": source, "rater": "甲",
            "scores": json.dumps(r.choice(results)[0][source]), "date": day(),
        }
        for i, a in each(0.9)
        for source in SOURCE
    )  # fmt: skip
    yield "conclusion", (
        {
            "id": i, "agency_id": a, "year": 2013, "sequence": 1, "date": day(),
            **r.choice(results)[1],
        }
        for i, a in each(0.9)
    )  # fmt: skip
    yield "complaint", (
        {
            "id": i, "agency_id": a, "district": districts[int(a[1:])], "received": day(),
            "channel": r.choice(list(CHANNEL)), "kind": r.choice(list(COMPLAINT_KIND)),
            "subject": "某事", "closed": "2013-11-02", "outcome": r.choice(list(OUTCOME)),
            "dishonest": 0,
        }
        for i, a in each(0.2)
    )  # fmt: skip
    yield (
        "reward",
        (
            {
                "id": i,
                "agency_id": a,
                "kind": r.choice(list(INCENTIVE)),
                "date": day(),
                "note": "好",
            }
            for i, a in each(0.1)
        ),
    )
    yield "sanction", (
        {
            "id": i, "agency_id": a, "district": districts[int(a[1:])],
            "kind": r.choice(list(MEASURE)), "grounds": "某", "date": day(), "serious": 0,
            "attributed": 0, "closed_agency": 0,
        }
        for i, a in each(0.05)
    )  # fmt: skip
    yield "recommendation", (
        {
            "id": i, "agency_id": a, "year": 2013, "district": districts[int(a[1:])],
            "date": day(), "reason": "好",
        }
        for i, a in each(130 / agencies)
    )  # fmt: skip
    yield "activity", (
        {
            "id": f"t{number}", "district": r.choice(codes), "year": 2013,
            "kind": r.choice(list(ACTIVITY)), "date": day(), "title": f"活动{number}",
            "people": 60,
        }
        for number in range(200)
    )  # fmt: skip


def _result(r: Random) -> tuple[dict[str, tuple[int, ...]], dict[str, Any]]:
    """Return scores by source, and the columns of the conclusion that is made of them."""
    standard, used = default_standard(2013), annex(2013)
    scores = {one: tuple(r.randint(most // 2, most) for most in standard.points) for one in SOURCE}
    sheets = tuple(Sheet(source, "甲", given) for source, given in scores.items())
    facts = AgencyFacts("commercial", None, dt.date(2008, 5, 12))
    result = assess(Case(standard, used, facts, dt.date(2013, 10, 31), sheets))
    return scores, {
        "total": result.total_hundredths,
        "band": result.band,
        "standard": standards.as_text(standard),
        "annex": annexes.as_text(used),
        "sheets": json.dumps([vars(sheet) for sheet in sheets], ensure_ascii=False),
        "result": json.dumps(result.as_mapping(), ensure_ascii=False),
        "exact": kept.exact_text(result.exact),
        "agency_facts": kept.facts_text(facts),
    }


def statements(archive: Path) -> list[tuple[str, list[Any]]]:
    """Return the statements that count the figures, as the driver gets them."""
    from sqlalchemy import event

    from hrintegrity.archive.engine import open_archive
    from hrintegrity.archive.location import Location
    from hrintegrity.duties.reporting.summary import summarise

    found: list[tuple[str, list[Any]]] = []

    def take(_c: Any, _u: Any, sql: str, values: Any, _x: Any, _m: bool) -> None:
        found.append((sql, [str(v) if isinstance(v, dt.date) else v for v in values]))

    location = Location(path=archive)
    with open_archive(location, operator="测", write=False) as opened:
        event.listen(opened.connection.engine, "before_cursor_execute", take)
        summarise(opened, district=None, year=None, today=dt.date.fromisoformat(TODAY))
    return [one for one in found if "COUNT(" in one[0]]


def run(command: list[str]) -> tuple[float, int]:
    """Return the seconds of processor that a process takes, and its peak of memory in bytes.

    Not the clock's: a minute's work is disturbed by whatever else the machine does.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command}: {status}")
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def month(archive: Path, out: Path) -> list[str]:
    return [
        *HRI, "--archive", str(archive), "--today", TODAY, "report", "month", "-o", str(out),
        "--force",
    ]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many, few = folder / "many.db", folder / "few.db"
        city(many, AGENCIES)
        city(few, FEW)
        counted = folder / "statements.json"
        counted.write_text(json.dumps(statements(many)), "utf-8")
        bare = [sys.executable, "-c", _BARE, str(many), str(counted)]
        ours = month(many, folder / "m.json")
        for either in (ours, bare):
            run(either)
        pairs = [(run(ours)[0], run(bare)[0]) for _ in range(ROUNDS)]
        mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
        least = min(a for a, _ in pairs) / min(b for _, b in pairs)
        print(
            f"hri report month -o m.json, {AGENCIES:,} agencies: {mine:.2f} s, start-up and bare"
            f" SQL: {theirs:.2f} s; ratio of medians {mine / theirs:.2f}, of the fastest"
            f" {least:.2f} (at most 2)"
        )
        small, large = (
            run(month(archive, folder / f"{archive.stem}.xlsx")) for archive in (few, many)
        )
        print(
            f"the workbook of {FEW:,} agencies: {small[0]:.1f} s, {small[1] / 2**20:.0f} MiB; of"
            f" {AGENCIES:,}: {large[0]:.1f} s, {large[1] / 2**20:.0f} MiB. {AGENCIES / FEW:.0f}"
            f" times as many in {large[0] / small[0]:.1f} times the time and"
            f" {large[1] / small[1]:.1f} times the memory"
        )


if __name__ == "__main__":
    main()
