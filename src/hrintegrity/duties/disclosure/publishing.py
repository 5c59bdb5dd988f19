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
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.explaining import reason_of
from hrintegrity.chunking import chunks
from hrintegrity.compact_json import encode
from hrintegrity.duties import offices
from hrintegrity.duties.disclosure.entries import Entry, entries
from hrintegrity.duties.disclosure.wording import (
    COLUMN_WORDS,
    EVENT_COLUMNS,
    event_sentence,
    event_word,
)
from hrintegrity.duties.name_search import initials
from hrintegrity.errors import UnusableError
from hrintegrity.files import make_folder, refuse_existing, whole_files
from hrintegrity.notice.clauses import NOTICE_NUMBER
from hrintegrity.notice.disclosure import items
from hrintegrity.notice.words import GRADE, KIND, PUBLIC_STATE, UNIT_STATE
from hrintegrity.packing import Packed
from hrintegrity.resources import folder
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


Write = Callable[[Sequence[Entry]], None]
"""Writes the next agencies into one of the files."""


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
                _page(page, allowed, office, today) as to_page,
            ):
                for chunk in chunks(found):
                    to_database(chunk)
                    to_table(chunk)
                    to_page(chunk)
                    altered += altered_in(chunk)
                    count += len(chunk)
                    progress(count)
            agencies, events = _read_back(database)
        except sqlite3.Error as error:
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


def table_row(entry: Entry) -> dict[str, Any]:
    """Return an entry as the table and the database have it, in words for people."""
    return {
        "code": entry.code,
        "name": entry.name,
        "district": entry.district_name,
        "former_names": "、".join(entry.former_names) or None,
        "kind": None if entry.kind is None else KIND.chinese(entry.kind),
        "license": entry.license,
        "licence_state": None
        if entry.licence_state is None
        else PUBLIC_STATE.chinese(entry.licence_state),
        "grade": None if entry.grade is None else GRADE.chinese(entry.grade),
        "title": title_words(entry.title, entry.title_year),
        "market": "、".join(entry.market) or None,
        "labour": "、".join(entry.labour) or None,
    }


def title_words(title: str | None, year: int | None) -> str | None:
    """Return how a title reads: 2013年授予, or 已撤销."""
    if title is None:
        return None
    return f"{year}年授予" if title == "current" else UNIT_STATE.chinese(title)


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
                _iso(event.withdrawn),
                _iso(event.until),
            )


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


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


@contextmanager
def _page(path: Path, allowed: Collection[str], office: str, today: dt.date) -> Iterator[Write]:
    """Yield what writes agencies into the page; the words that they share follow the last."""
    template = (folder("templates") / "public" / "index.html").read_text(encoding="utf-8")
    before, after = template.split("{{data}}")
    words = _Words()
    head = {
        "office": office,
        "date": today.isoformat(),
        "notice": NOTICE_NUMBER,
        "items": {name: items(today)[name].word for name in allowed},
    }
    between = ""
    with path.open("w", encoding="utf-8") as file:
        file.write(before + _in_page(head).removesuffix("}") + ',"agencies":[')

        def write(chunk: Sequence[Entry]) -> None:
            nonlocal between
            file.write(between + ",".join(_in_page(_compact(entry, words)) for entry in chunk))
            between = ","

        yield write
        file.write('],"words":' + _in_page(words.listed) + "}" + after)


def _in_page(data: Any) -> str:
    """Return data as JSON for a page, which `</script` or `<!--` within it would end or hide."""
    return encode(data).replace("<", "\\u003c")


class _Words:
    """Texts that come again and again, each kept once: the page holds seventy thousand rows."""

    def __init__(self) -> None:
        self.listed: list[str | None] = [None]
        self._places: dict[str | None, int] = {None: 0}

    def place(self, text: str | None) -> int:
        if text not in self._places:
            self._places[text] = len(self.listed)
            self.listed.append(text)
        return self._places[text]


def _compact(entry: Entry, words: _Words) -> list[Any]:
    """Return an entry as the page reads it: code, name, initials, places of words, events.

    Of a deferred review it has the last day, and what the licence's state is after that.
    """
    row = table_row(entry)
    often = ("district", "kind", "licence_state", "grade", "title", "market", "labour")
    events = [
        [event_word(e.kind), e.date.isoformat(), e.detail, _iso(e.withdrawn), _iso(e.until)]
        for e in entry.events
    ]
    places = [words.place(row[name]) for name in often]
    deferred = []
    if entry.licence_until is not None and entry.licence_otherwise is not None:
        otherwise = PUBLIC_STATE.chinese(entry.licence_otherwise)
        deferred = [[entry.licence_until.isoformat(), words.place(otherwise)]]
    return [
        entry.code,
        entry.name,
        initials(entry.name),
        row["former_names"],
        row["license"],
        places,
        events,
        _iso(entry.title_until),
        *deferred,
    ]
