"""What the shell completes: agencies, districts and ids, read past everything that is slow.

Completion never fails and never waits: where there is no file to look into, there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from typing import Any

from hrintegrity.text import ID_SHOWN, fold

MOST = 40
_BUSY_SECONDS = 0.2

Complete = Callable[[Any, str], list[str]]
"""Returns what may complete the word, in a context of Typer's."""

_NAMED = "SELECT name FROM agency WHERE name LIKE :part ESCAPE '\\' LIMIT :most"
_NAMES = "SELECT group_concat(name, char(10)) FROM agency"
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
    if typed.isascii() and typed.isalnum():
        start = typed.upper()
        coded = {"start": start, "end": f"{start}\uffff", "most": MOST}
        found = _column(context, _CODED, coded)
        if found:
            return found
    part = typed.translate({ord(sign): f"\\{sign}" for sign in "\\%_"})
    found = _column(context, _NAMED, {"part": f"%{part}%", "most": MOST})
    if not found:
        from hrintegrity import pinyin

        initials = pinyin.pattern(typed)
        if initials is not None:
            # All names at once: a row a name takes twice the time to fetch.
            found = _holding(initials, "\n".join(_column(context, _NAMES)))
    return sorted(found, key=lambda name: (not name.startswith(typed), name))


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


def _column(context: Any, sql: str, given: dict[str, Any] | None = None) -> list[str]:
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
            rows = connection.execute(sql, given or {})
            return [str(row[0]) for row in rows if row[0] is not None]
    except Exception:
        return []
