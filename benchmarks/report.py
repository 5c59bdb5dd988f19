"""The summary and the register of a whole city: against bare SQL, and XlsxWriter alone.

python -m benchmarks.report
"""

from __future__ import annotations

import datetime as dt
import json
import marshal
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.commands import HRI, run
from benchmarks.rows import row, sized
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

AGENCIES = sized(70_000)
ROUNDS = 5
TODAY = "2013-11-04"
START = "import sqlmodel, typer"
_BARE = f"""
{START}, json, sqlite3, sys
statements = json.load(open(sys.argv[2]))
connection = sqlite3.connect(sys.argv[1])
for sql, values in statements:
    connection.execute(sql, values).fetchall()
"""
_BARE_BOOK = """
import marshal, sys, xlsxwriter
sheets = marshal.load(open(sys.argv[1], "rb"))
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
look = book.add_format({"num_format": "@", "border": 1, "text_wrap": True})
for name, rows in sheets:
    sheet = book.add_worksheet(name)
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            write = sheet.write_string if isinstance(value, str) else sheet.write_number
            write(place, column, value, look)
book.close()
"""


def city(path: Path, agencies: int) -> None:
    """Make a city's archive; its rows go in past `archive.writer`, which nothing here measures."""
    path.unlink(missing_ok=True)
    run([*HRI, "--archive", str(path), "init"])
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
        "sheets": json.dumps([sheet._asdict() for sheet in sheets], ensure_ascii=False),
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


def month(archive: Path, out: Path) -> list[str]:
    return [
        *HRI, "--archive", str(archive), "--today", TODAY, "report", "month", "-o", str(out),
        "--force",
    ]  # fmt: skip


def export(archive: Path, out: Path) -> list[str]:
    return [*HRI, "--archive", str(archive), "agency", "export", str(out), "--force"]


def cells(book: Path) -> list[tuple[str, list[list[str | float]]]]:
    """Return each sheet of a workbook: its name, and the cells of its rows; days are numbers."""
    from python_calamine import CalamineWorkbook

    def plain(cell: Any) -> str | float:
        return (cell - dt.date(1899, 12, 30)).days if isinstance(cell, dt.date) else cell

    read = CalamineWorkbook.from_path(str(book))
    found = []
    for name in read.sheet_names:
        lines = read.get_sheet_by_name(name).iter_rows()
        found.append((name, [[plain(cell) for cell in line] for line in lines]))
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "city.db"
        city(archive, AGENCIES)
        counted = folder / "statements.json"
        counted.write_text(json.dumps(statements(archive)), "utf-8")
        bare = [sys.executable, "-c", _BARE, str(archive), str(counted)]
        ours = month(archive, folder / "m.json")
        pairs = [(run(ours).seconds, run(bare).seconds) for _ in range(ROUNDS)]
        floor = "bare SQL and start-up"
        row(f"`report month -o .json`, {AGENCIES:,}; {floor}", pairs, "≤ 1.3")
        for work, command in (("report month", month), ("agency export", export)):
            book, given = folder / f"{work}.xlsx", folder / "cells"
            taken = run(command(archive, book)).seconds
            given.write_bytes(marshal.dumps(cells(book)))
            alone = [sys.executable, "-c", _BARE_BOOK, str(given), str(folder / "bare.xlsx")]
            what = f"{AGENCIES:,}; XlsxWriter, constant memory, the same cells"
            row(f"`{work}` to .xlsx, {what}", [(taken, run(alone).seconds)], "≤ 1.3")


if __name__ == "__main__":
    main()
