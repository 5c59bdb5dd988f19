"""Finding an agency by part of a name, the initials of its pinyin, or its code."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hrintegrity import pinyin
from hrintegrity.archive.reader import Reader
from hrintegrity.duties.agency_texts import name_key
from hrintegrity.sheets.content import clean_line
from hrintegrity.text import joined

_NEAREST = 3
_COMPARED = 200
"""So many names that share most characters with a text are compared with it closely."""

_ALIKE = 0.6
"""From here on two names are alike: three of four characters in their order are 0.75."""

_LONGER = 3
"""A text that is so many times as long as every name is like none of them."""


def initials(name: str) -> str:
    """Return the first letters of a name's pinyin, in lower case: 中关村英才 gives zgcyc.

    What has no pinyin stays as it is: letters, digits, rare characters.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 — takes 150 ms to import.

    return "".join(lazy_pinyin(name_key(name), style=Style.FIRST_LETTER, errors=str))


def as_kept(text: str) -> str:
    """Return what was typed of a name as the register would keep it, or as it is."""
    try:
        return joined(clean_line(text))
    except ValueError:
        return text


def matches(text: str, names: Iterable[str], code: str) -> bool:
    """Say whether a text is part of one of these names, of their initials, or of the code."""
    wanted, names = name_key(text), list(names)
    if not wanted:
        return False
    if any(wanted in name_key(part) for part in (*names, code)):
        return True
    pattern = pinyin.pattern(wanted)
    return pattern is not None and any(pattern.search(name_key(name)) for name in names)


class _Named(NamedTuple):
    """An agency as it is looked for: `key` is its name as names are compared."""

    id: str
    key: str
    name: str
    code: str


def by_initials(archive: Reader, text: str, *, most: int) -> list[str]:
    """Return the ids of the agencies whose name has these initials: whole, or else within it.

    There may be a whole register of them: `most` are returned, the first by their codes.
    A character with several readings counts with each; where that leaves several agencies, those
    whose usual reading has the initials.
    """
    pattern = pinyin.pattern(text)
    if pattern is None:
        return []
    found = [_Named(*row) for row in _names(archive) if pattern.search(row[1])]
    whole = [one for one in found if pattern.fullmatch(one.key)]
    found = whole or found
    if 1 < len(found) <= _COMPARED:
        wanted = name_key(text)
        usual = [one for one in found if wanted in initials(one.key)]
        found = usual or found
    return [one.id for one in heapq.nsmallest(most, found, key=lambda one: one.code)]


_LEAST_SOUNDS = 2
"""One character alone sounds like a part of half of all names."""


class Near(NamedTuple):
    """An agency whose name or code is like a text."""

    name: str
    code: str

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


def nearest(archive: Reader, text: str) -> list[Near]:
    """Return the agencies whose name or code is nearest to a text.

    The text may be a whole name or code, a part of a name, or initials of its pinyin, with a slip.
    """
    rows = list(_names(archive))
    wanted = name_key(text)
    said = {key: Near(name, code) for _, key, name, code in rows}
    codes = {code.lower(): Near(name, code) for _, _, name, code in rows}
    if len(wanted) > _LONGER * max(map(len, [*said, *codes]), default=0):
        return []
    letters = set(wanted)
    found = heapq.nlargest(_COMPARED, [*said, *codes], key=lambda key: len(letters & set(key)))
    close = [key for key in found if _likeness(wanted, key) >= _ALIKE]
    close.sort(key=lambda key: -_likeness(wanted, key))
    # Two letters with one wrong would be like half of all names.
    if not close and len(wanted) > pinyin.LEAST:
        patterns = [pinyin.pattern(wanted, place) for place in range(len(wanted))]
        close = [key for key in said if any(one and one.search(key) for one in patterns)]
    both = said | codes
    close = [*_of_same_sound(wanted, list(said)), *close]
    return list(dict.fromkeys(both[key] for key in close))[:_NEAREST]


def _of_same_sound(wanted: str, keys: Sequence[str]) -> list[str]:
    """Return the names that read like a text: 众城 for 众诚, as input methods err."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 — takes 150 ms to import.

    if sum(not letter.isascii() for letter in wanted) < _LEAST_SOUNDS:
        return []
    known = sorted(set(wanted).union(*keys))
    sounds = {one: lazy_pinyin(one, style=Style.NORMAL, errors=str) for one in known}
    alike = (
        "".join(re.escape(other) for other in known if sounds[one] == sounds[other])
        for one in wanted
    )
    pattern = re.compile("".join(f"[{letters}]" for letters in alike))
    return [key for key in keys if pattern.search(key)]


def _likeness(wanted: str, key: str) -> float:
    """Return how alike a text is to a name, or to that part of it of the same length, up to 1."""
    import difflib  # noqa: PLC0415 — only where nothing was found.

    matcher = difflib.SequenceMatcher(b=wanted, autojunk=False)
    best = 0.0
    parts = (key[start : start + len(wanted)] for start in range(len(key) - len(wanted) + 1))
    for part in (key, *parts):
        matcher.set_seq1(part)
        best = max(best, matcher.ratio())
    return best


def _names(archive: Reader) -> Sequence[tuple[str, str, str, str]]:
    """Return the fields of `_Named` of every agency; as plain tuples, since few are looked at."""
    sql = "SELECT id, name_key, name, code FROM agency"
    return [tuple(row) for row in archive.connection.exec_driver_sql(sql)]
