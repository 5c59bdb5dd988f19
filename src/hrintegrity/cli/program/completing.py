"""What the shell completes: agencies, districts and ids, read past everything that is slow.

Completion never fails and never waits: where there is no file to look into, there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

from hrintegrity.text import ID_SHOWN, fold, name_key

MOST = 40
_BUSY_SECONDS = 0.2

Complete = Callable[[Any, str], list[str]]
"""Returns what may complete the word, in a context of Typer's."""

# Names that hold a text, each once though many may bear it. They are looked for in the index of the
# compared names, which is a sixth of the table, and only what is found is read from the table.
_NAMED = (
    "SELECT name FROM agency WHERE rowid IN (SELECT min(rowid) FROM agency"
    " WHERE instr(name_key, :key) GROUP BY name_key ORDER BY min(rowid) LIMIT :most)"
)
# All compared names as one text: a row a name takes twice the time to fetch.
_KEYS = "SELECT group_concat(name_key, '\n') FROM agency"
_CODED = "SELECT code FROM agency WHERE code >= :start AND code < :end ORDER BY code LIMIT :most"
_OF_TABLE = {
    "gap": "SELECT id FROM gap WHERE mended IS NULL",
    "complaint": "SELECT id FROM complaint",
    "sanction": "SELECT id FROM sanction",
    "activity": "SELECT id FROM activity",
    "practitioner": "SELECT id FROM practitioner",
    "conflict": "SELECT id FROM conflict",
}


def agencies(context: Any, incomplete: str) -> list[str]:
    """Return codes that begin as typed, or names that hold the text or have its initials."""
    typed = fold(incomplete).strip()
    key = name_key(typed)
    if key.isascii() and key.isalnum():
        start = key.upper()
        coded = {"start": start, "end": f"{start}\uffff", "most": MOST}
        found = _column(context, _CODED, coded)
        if found:
            return found
        found = _named_by_letters(context, key)
    else:
        found = _column(context, _NAMED, {"key": key, "most": MOST})
    return sorted(found, key=lambda name: (not name_key(name).startswith(key), name))


def _named_by_letters(context: Any, key: str) -> list[str]:
    """Return names that hold these letters and digits, or else those whose initials they are."""
    from hrintegrity import pinyin

    names = "".join(_column(context, _KEYS))
    found = _holding(re.compile(key), names)
    if not found:
        initials = pinyin.pattern(key)
        found = [] if initials is None else _holding(initials, names)
    if not found:
        return []
    marks = ", ".join("?" * len(found))
    sql = f"SELECT DISTINCT name FROM agency WHERE name_key IN ({marks}) LIMIT {MOST}"
    return _column(context, sql, found)


def districts(context: Any, incomplete: str) -> list[str]:
    """Return the districts whose code or name begins as typed."""
    from hrintegrity.notice.districts import BY_CODE

    typed = fold(incomplete).strip().lower()
    names = [one.name for one in BY_CODE.values() if typed and one.name.startswith(typed)]
    return names or [code for code in BY_CODE if code.startswith(typed)]


def ids(table: str) -> Complete:
    """Return what completes the ids of a table: their ends, the newest first."""

    def complete(context: Any, incomplete: str) -> list[str]:
        sql = f"{_OF_TABLE[table]} ORDER BY id DESC"
        ends = (one[-ID_SHOWN:] for one in _column(context, sql))
        return [end for end in ends if end.startswith(incomplete.lower())][:MOST]

    return complete


_OF_GROUP = {
    "inspect": "gap",
    "complaint": "complaint",
    "sanction": "sanction",
    "campaign": "activity",
}


def completion(metavar: str, group: str) -> Complete | None:
    """Return what completes an argument or option of a group, known by its metavar."""
    if metavar in ("机构", "并入"):
        return agencies
    if metavar == "区县":
        return districts
    if metavar == "人员编号":
        return ids("practitioner")
    if metavar == "标识":
        return ids("conflict")
    return ids(_OF_GROUP[group]) if metavar == "编号" and group in _OF_GROUP else None


def _holding(pattern: re.Pattern[str], names: str) -> list[str]:
    """Return the lines of `names` in which a pattern is found, `MOST` of them at most."""
    found: dict[str, None] = {}
    start = 0
    while len(found) < MOST and (match := pattern.search(names, start)):
        begin = names.rfind("\n", 0, match.start()) + 1
        end = names.find("\n", match.end())
        found[names[begin : end if end >= 0 else None]] = None
        if end < 0:
            break
        start = end + 1
    return list(found)


def _column(context: Any, sql: str, given: Mapping[str, Any] | Sequence[str] = ()) -> list[str]:
    """Return the first column of what a statement finds in the archive's file."""
    import os
    import sqlite3

    from hrintegrity.archive.location import parse_location

    named = context.find_root().params.get("archive_location") or os.environ.get("HRI_ARCHIVE")
    try:
        location = parse_location(named)
        if location.path is None or not location.path.is_file():
            return []
        uri = location.path.absolute().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)) as connection:
            rows = connection.execute(sql, given)
            return [str(row[0]) for row in rows if row[0] is not None]
    except Exception:
        return []
