"""Looking an agency up as the public does: by part of a name, pinyin initials, or code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.disclosure.entries import Entry, entries
from hrintegrity.errors import LookupFailedError
from hrintegrity.text import fold

MOST = 200


def initials(name: str) -> str:
    """Return the first letters of a name's pinyin, in lower case: 中关村英才 gives zgcyc.

    What has no pinyin stays as it is: letters, digits, rare characters.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 — takes 150 ms to import.

    letters = lazy_pinyin(_key(name), style=Style.FIRST_LETTER, errors=str)
    return "".join(letters)


def lookup(archive: Archive, text: str, allowed: Collection[str], *, today: dt.date) -> list[Entry]:
    """Return the public entries that a text finds, at most `MOST`.

    Raises LookupFailedError `agency-missing`.
    """
    wanted = _key(text)
    found: list[Entry] = []
    for entry in entries(archive, allowed, today=today) if wanted else ():
        # The initials are the slow part, and only letters can be initials.
        names = "\n".join([_key(entry.name), *map(_key, entry.former_names), entry.code.lower()])
        if wanted in names or (
            wanted.isalpha() and wanted.isascii() and wanted in initials(entry.name)
        ):
            found.append(entry)
            if len(found) == MOST:
                break
    if not found:
        raise LookupFailedError(
            "agency-missing", f"公开信息里没有：{text}", "可用名称的一部分、拼音首字母或代码查找。"
        )
    return found


def _key(text: str) -> str:
    return "".join(fold(text).split()).casefold()
