"""Text as offices type it and terminals show it: full-width forms, folding, width, line breaks."""

from __future__ import annotations

import re
import unicodedata

IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The form of a record's identity, a UUID."""

ID_LENGTH = 36
ID_SHOWN = 8
"""So many characters at the end of a record's id are shown where there is no room for all 36."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_WIDE_DIGIT = re.compile("[０-９Ａ-Ｚａ-ｚ－＋]")
_HALVED = {ord(c): ord(c) - 0xFEE0 for c in map(chr, _HALF_WIDTH) if _WIDE_DIGIT.match(c)}

_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd]"
# Texts, since few commands need them, and a class of so many characters takes 2 ms to compile.
_BREAK_IN_CHINESE = rf"(?<={_WIDE})[ \t]*\n\s*(?={_WIDE})"
_GAP_IN_CHINESE = rf"(?<={_WIDE})\u3000+(?={_WIDE})"


def on_one_line(text: str) -> str:
    """Return `text` in one line: a break is dropped between Chinese characters, else a blank."""
    if "\n" not in text:
        return text
    return re.sub(r"[ \t]*\n\s*", " ", re.sub(_BREAK_IN_CHINESE, "", text.strip()))


def joined(name: str) -> str:
    """Return a name without the wide blanks by which Chinese characters were set apart."""
    return re.sub(_GAP_IN_CHINESE, "", name) if "\u3000" in name else name


def halved(text: str) -> str:
    """Return an identifier with full-width digits, letters and hyphens made half-width."""
    return text.translate(_HALVED) if _WIDE_DIGIT.search(text) else text


def fold(text: str) -> str:
    """Return `text` with full-width ASCII forms made half-width, for comparison."""
    # Looking costs a tenth of translating, and few texts have any.
    if text.isascii() or not _FULL_WIDTH.search(text):
        return text
    return text.translate(_HALF_WIDTH)


def name_key(name: str) -> str:
    """Return a name as it is compared: half width, without blanks, in one case."""
    return "".join(fold(name).split()).casefold()


def shortened(text: str, longest: int | None = 60) -> str:
    """Return a text whole or its beginning, so long at most that is said."""
    return text if longest is None or len(text) <= longest else f"{text[: longest - 1]}…"


def squeeze(text: str) -> str:
    """Return `text` folded, in upper case and without any white space, as codes are stored."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(fold(text).split()).upper()


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
"""Controls, marks of direction, halves of characters, private ones: obeyed or hidden if shown."""


def escaped(text: str) -> str:
    r"""Return a text as it is safely shown: what is unseen as its code point, such as \u202e."""
    return _UNSEEN.sub(lambda found: json_escape(found[0]), text)


def json_escape(character: str) -> str:
    r"""Return a character as JSON escapes it: \u and four digits, twice beyond U+FFFF."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns`; a line doesn't begin with 。 and the like.

    What belongs before such a stop goes down to the next line with it.
    """
    lines: list[str] = []
    line: list[str] = []
    for piece in re.findall(rf"[\x21-\x7e]{{1,{max(columns, 1)}}}|\s|.", text):
        if line and width("".join(line)) + width(piece) > columns:
            carried = _carried(line, piece, columns)
            lines.append("".join(line).rstrip())
            line = carried
        if line or not piece.isspace():
            line.append(piece)
    last = "".join(line).rstrip()
    return [*lines, last] if last or not lines else lines


def _carried(line: list[str], stop: str, columns: int) -> list[str]:
    """Take off the end of `line` what must not be parted from `stop`."""
    carried: list[str] = []
    if stop in _NO_LINE_START:
        while len(line) > 1 and (not carried or carried[0] in _NO_LINE_START):
            carried.insert(0, line.pop())
        if width("".join(carried) + stop) > columns:
            line += carried
            carried = []
    return carried


_NO_LINE_START = frozenset("，。、；：？！）》」』〕”’")


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
