"""Finding an agency by part of a name, the initials of its pinyin, or its code."""

from __future__ import annotations

from collections.abc import Iterable

from hrintegrity.duties.agency_texts import name_key


def initials(name: str) -> str:
    """Return the first letters of a name's pinyin, in lower case: 中关村英才 gives zgcyc.

    What has no pinyin stays as it is: letters, digits, rare characters.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 — takes 150 ms to import.

    return "".join(lazy_pinyin(name_key(name), style=Style.FIRST_LETTER, errors=str))


def matches(text: str, names: Iterable[str], code: str) -> bool:
    """Say whether a text is part of one of these names, of their initials, or of the code."""
    wanted, names = name_key(text), list(names)
    if not wanted:
        return False
    if any(wanted in name_key(part) for part in (*names, code)):
        return True
    # The initials are the slow part, and only letters can be initials.
    return wanted.isalpha() and wanted.isascii() and any(wanted in initials(n) for n in names)
