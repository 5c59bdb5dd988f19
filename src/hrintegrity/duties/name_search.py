"""Finding an agency by part of a name, the initials of its pinyin, or its code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrintegrity import pinyin
from hrintegrity.archive.engine import Archive
from hrintegrity.duties.agency_texts import name_key

_NEAREST = 3
_COMPARED = 200
"""So many names that share most characters with a text are compared with it closely."""


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
    pattern = pinyin.pattern(wanted)
    return pattern is not None and any(pattern.search(name_key(name)) for name in names)


def by_initials(archive: Archive, text: str) -> list[str]:
    """Return the ids of the agencies whose name has these initials: whole, or else within it.

    A character with several readings counts with each; where that leaves several agencies, those
    whose usual reading has the initials.
    """
    pattern = pinyin.pattern(text)
    if pattern is None:
        return []
    found = [(id_, key) for id_, key, *_ in _names(archive) if pattern.search(key)]
    whole = [(id_, key) for id_, key in found if pattern.fullmatch(key)]
    found = whole or found
    if 1 < len(found) <= _COMPARED:
        wanted = name_key(text)
        usual = [(id_, key) for id_, key in found if wanted in initials(key)]
        found = usual or found
    return [id_ for id_, _ in found]


def nearest(archive: Archive, text: str) -> list[str]:
    """Return the agencies, by name and code, whose name or code is nearest to a text."""
    import difflib  # noqa: PLC0415 — only where nothing was found.

    wanted = name_key(text)
    rows = list(_names(archive))
    by_key = {key: f"{name}（{code}）" for _, key, name, code in rows}
    by_key |= {code.lower(): f"{name}（{code}）" for _, _, name, code in rows}
    letters = set(wanted)
    alike = sorted(by_key, key=lambda key: -len(letters & set(key)) / (len(key) + len(wanted)))
    close = difflib.get_close_matches(wanted, alike[:_COMPARED], n=_NEAREST, cutoff=0.5)
    return list(dict.fromkeys(by_key[key] for key in close))


def _names(archive: Archive) -> Sequence[tuple[str, str, str, str]]:
    """Return id, compared name, name and code of every agency, past the slower mapper."""
    sql = "SELECT id, name_key, name, code FROM agency"
    return [tuple(row) for row in archive.connection.exec_driver_sql(sql)]
