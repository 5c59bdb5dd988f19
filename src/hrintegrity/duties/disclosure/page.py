"""The page of the disclosure: one file, with the agencies as data that it searches itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hrintegrity.compact_json import encode
from hrintegrity.days import iso
from hrintegrity.duties.disclosure.entries import Entry
from hrintegrity.duties.disclosure.wording import event_word, table_row
from hrintegrity.duties.name_search import initials
from hrintegrity.notice.clauses import NOTICE_NUMBER
from hrintegrity.notice.disclosure import items
from hrintegrity.notice.words import PUBLIC_STATE
from hrintegrity.resources import folder

Write = Callable[[Sequence[Entry]], None]
"""Writes the next agencies into one of the files."""


@contextmanager
def written_page(
    path: Path, allowed: Collection[str], office: str, today: dt.date
) -> Iterator[Write]:
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
        [event_word(e.kind), e.date.isoformat(), e.detail, iso(e.withdrawn), iso(e.until)]
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
        iso(entry.title_until),
        *deferred,
    ]
