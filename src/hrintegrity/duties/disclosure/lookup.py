"""Looking an agency up as the public does: by part of a name, pinyin initials, or code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.disclosure.entries import Entry, entries
from hrintegrity.duties.name_search import as_kept, matches
from hrintegrity.errors import LookupFailedError

MOST = 200


def lookup(archive: Archive, text: str, allowed: Collection[str], *, today: dt.date) -> list[Entry]:
    """Return the public entries that a text finds, at most `MOST`.

    Raises LookupFailedError `agency-missing`.
    """
    found: list[Entry] = []
    wanted = as_kept(text)
    for entry in entries(archive, allowed, today=today):
        if matches(wanted, [entry.name, *entry.former_names], entry.code):
            found.append(entry)
            if len(found) == MOST:
                break
    if not found:
        raise LookupFailedError(
            "agency-missing", f"公开信息里没有：{text}", "可用名称的一部分、拼音首字母或代码查找。"
        )
    return found
