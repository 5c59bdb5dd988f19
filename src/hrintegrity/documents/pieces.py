"""Pieces of text as typst sets them: what it may not part, at the edge of a line or at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrintegrity.documents.blocks import Run
from hrintegrity.documents.heights import ems

# typst cuts the blank half off a bracket or stop at the edge of a line, and the cut half reaches
# out of the type area. In a box, with what may not be parted from it, it keeps its square.
_OPEN, _CLOSE = "（《〈〔［｛【〖「『“‘", "）》〉〕］｝】〗」』”’，。、；：？！"
_LATIN = "[0-9A-Za-z.%/+-]"
_WORD = rf"(?:(?<!{_LATIN}){_LATIN}{{1,28}}(?!{_LATIN})|(?!{_LATIN})[^\s{_OPEN}{_CLOSE}])"
_BOXED = re.compile(rf"[{_OPEN}]+{_WORD}?[{_CLOSE}]*|{_WORD}[{_CLOSE}]+")
# What typst would set in one piece, however long: all but Chinese characters.
_UNBROKEN = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]{2,}")
# What a paragraph ends with: two characters, or one and a short number, and what closes it.
_LAST = re.compile(rf"[{_OPEN}]*[\u4e00-\u9fff](?:[\u4e00-\u9fff]|\d{{1,4}})[{_CLOSE}]+$")
_ORPHAN_ROOM = 6


def pieces_of(run: Run, room: float) -> Iterator[tuple[str, int]]:
    """Split a run for typst: text, and its kind (1 strong, 2 blank to fill in, 4 in a box).

    `room` is the width of a line in characters; what typst would set beyond it is parted.
    """
    # A byte order mark within text is the old spelling of the word joiner; PDF/A wants the new.
    text = run.text.replace("\ufeff", "\u2060")
    kind = 2 if run.blank else int(run.strong)
    place = 0
    for match in () if run.blank else _UNBROKEN.finditer(text):
        if ems(match[0]) > room:
            yield from _boxed(text[place : match.start()], kind)
            # Boxes may be parted anywhere, and leave no mark that a search would stumble over.
            yield from ((char, kind + 4) for char in match[0])
            place = match.end()
    if run.blank:
        yield text, kind
    else:
        yield from _boxed(text[place:], kind)


def _boxed(text: str, kind: int) -> Iterator[tuple[str, int]]:
    place = 0
    for match in _BOXED.finditer(text):
        if match.start() > place:
            yield text[place : match.start()], kind
        yield match[0], kind + 4
        place = match.end()
    if place < len(text):
        yield text[place:], kind


def without_orphan(pieces: list[tuple[str, int]], room: float) -> list[tuple[str, int]]:
    """Keep the last two characters and the stop of a paragraph together, in a box.

    Where a line has no room for much more, they are left as they are.
    """
    if not pieces or room < _ORPHAN_ROOM:
        return pieces
    kind = pieces[-1][1] % 4
    start = len(pieces)
    while start and pieces[start - 1][1] % 4 == kind and pieces[start - 1][0] != "\n":
        start -= 1
    tail = "".join(text for text, _ in pieces[start:])
    match = _LAST.search(tail)
    if match is None or kind == 2 or ems(tail) <= room:
        return pieces
    kept, left = pieces[:start], match.start()
    for text, own in pieces[start:]:
        if left > 0:
            kept.append((text[:left], own))
        left -= len(text)
    return [*kept, (match[0], kind + 4)]
