"""The disclosure page, the table and the database that may be handed to anyone."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.explaining import reason_of
from hrintegrity.chunking import chunks
from hrintegrity.days import iso
from hrintegrity.duties import offices
from hrintegrity.duties.disclosure.entries import Entry, entries
from hrintegrity.duties.disclosure.page import Write, written_page
from hrintegrity.duties.disclosure.wording import (
    COLUMN_WORDS,
    EVENT_COLUMNS,
    event_sentence,
    event_word,
    table_row,
)
from hrintegrity.errors import UnusableError
from hrintegrity.files import make_folder, refuse_existing, whole_files
from hrintegrity.notice.clauses import NOTICE_NUMBER
from hrintegrity.notice.disclosure import items
from hrintegrity.packing import Packed
from hrintegrity.sheets.escapes import to_csv

FILES = ("index.html", "public.csv", "public.db", "metadata.json")
_SCHEMA = """
CREATE TABLE agency (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, district TEXT NOT NULL, former_names TEXT,
    kind TEXT, license TEXT, licence_state TEXT, grade TEXT, title TEXT, market TEXT, labour TEXT
) WITHOUT ROWID;
CREATE TABLE event (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL REFERENCES agency (code), kind TEXT NOT NULL,
    date TEXT NOT NULL, detail TEXT, withdrawn TEXT, until TEXT
);
CREATE INDEX ix_event_code ON event (code);
CREATE INDEX ix_agency_name ON agency (name);
"""


@dataclass(frozen=True)
class Published:
    """What was published: where, which files, how many agencies and events, read back.

    `altered` grounds had people or numbers in them; `altered_agencies` names whose.
    """

    id: str
    folder: str
    files: list[str]
    agencies: int
    events: int
    items: list[str]
    altered: int
    altered_agencies: list[str]


def publish(
    archive: Archive,
    target: Path,
    allowed: Collection[str],
    *,
    today: dt.date,
    force: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Published:
    """Write the page, the table, the database and its description into a folder, all or none.

    Raises LookupFailedError `file-exists`, UnusableError `output-unusable`.
    """
    make_folder(target)
    for name in FILES:
        refuse_existing(target / name, force=force)
    office = offices.office_of(archive, offices.owner(archive).code).name
    found = entries(archive, allowed, today=today)
    altered: Counter[str] = Counter()
    count = 0
    # What was interrupted half-way would look like a disclosure and lack its page.
    with whole_files([target / name for name in FILES], force=force, public=True) as written:
        page, table, database, described = written
        described.write_text(_metadata(office, today), encoding="utf-8")
        try:
            with (
                _database(database) as to_database,
                _table(table, allowed, today) as to_table,
                written_page(page, allowed, office, today) as to_page,
            ):
                for chunk in chunks(found):
                    to_database(chunk)
                    to_table(chunk)
                    to_page(chunk)
                    altered += altered_in(chunk)
                    count += len(chunk)
                    progress(count)
            agencies, events = _read_back(database)
        except sqlite3.Error as error:  # The archive's own errors are SQLAlchemy's here.
            raise UnusableError(
                "output-unusable",
                f"不能写入 {target / 'public.db'}：{reason_of(error)}",
                "请检查磁盘空间和目录权限。",
            ) from error
        if agencies != count:
            raise UnusableError("count-mismatch", "写出后读回的条数不符。", "请检查磁盘空间。")
    return Published(
        id=str(target),
        folder=str(target),
        files=list(FILES),
        agencies=agencies,
        events=events,
        items=list(allowed),
        altered=altered.total(),
        altered_agencies=list(altered),
    )


def altered_in(found: Iterable[Entry]) -> Counter[str]:
    """Return how many grounds had people or numbers in them, by the agencies that have any."""
    counts: Counter[str] = Counter()
    for entry in found:
        if number := sum(event.altered for event in entry.events):
            counts[entry.name] += number
    return counts


@contextmanager
def _database(path: Path) -> Iterator[Write]:
    """Yield what writes agencies into the database; their events follow when all are there."""
    names = list(COLUMN_WORDS)
    marks = ", ".join("?" * len(names))
    events: Packed[tuple[str | None, ...]] = Packed()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_SCHEMA)

        def write(chunk: Sequence[Entry]) -> None:
            connection.executemany(
                f"INSERT INTO agency ({', '.join(names)}) VALUES ({marks})",
                ([row[name] for name in names] for row in map(table_row, chunk)),
            )
            events.extend(_event_rows(chunk))

        with connection:
            yield write
            connection.executemany(
                "INSERT INTO event (code, kind, date, detail, withdrawn, until)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                events,
            )


def _event_rows(found: Iterable[Entry]) -> Iterator[tuple[str | None, ...]]:
    for entry in found:
        for event in entry.events:
            yield (
                entry.code,
                event_word(event.kind),
                event.date.isoformat(),
                event.detail,
                iso(event.withdrawn),
                iso(event.until),
            )


def _read_back(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        (agencies,) = connection.execute("SELECT COUNT(*) FROM agency").fetchone()
        (events,) = connection.execute("SELECT COUNT(*) FROM event").fetchone()
    return agencies, events


@contextmanager
def _table(path: Path, allowed: Collection[str], today: dt.date) -> Iterator[Write]:
    """Yield what writes agencies into the table for a spreadsheet."""
    known = items(today)
    hidden = {name for name in known if name not in allowed}
    names = [
        name
        for name in COLUMN_WORDS
        if name not in hidden and not (name in ("market", "labour") and "hotline" in hidden)
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_SPECIAL.get(name) or known[name].word for name in names] + ["公开记录"])

        def write(chunk: Sequence[Entry]) -> None:
            for entry in chunk:
                row = table_row(entry)
                cells = [to_csv(row[name] or "") for name in names]
                writer.writerow([*cells, to_csv("；".join(map(event_sentence, entry.events)))])

        yield write


_SPECIAL = {"market": "市场管理部门电话", "labour": "劳动监察部门电话"}


def _metadata(office: str, today: dt.date) -> str:
    """Return the description that Datasette shows beside the database."""
    described = {
        "title": "人力资源服务机构诚信信息公开",
        "description": f"{office}，{today.isoformat()}。依据{NOTICE_NUMBER}。",
        "databases": {
            "public": {
                "tables": {
                    "agency": {"title": "机构", "columns": COLUMN_WORDS},
                    "event": {"title": "公开记录", "columns": EVENT_COLUMNS, "sort_desc": "date"},
                }
            }
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
