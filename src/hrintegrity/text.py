"""Text as offices type it: full-width forms, dates in three spellings."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

ID_LENGTH = 36
ID_SHOWN = 8
"""So many characters at the end of a record's id are shown where there is no room for all 36."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")


def fold(text: str) -> str:
    """Return `text` with full-width ASCII forms made half-width, for comparison."""
    # Looking costs a tenth of translating, and few texts have any.
    if text.isascii() or not _FULL_WIDTH.search(text):
        return text
    return text.translate(_HALF_WIDTH)


def squeeze(text: str) -> str:
    """Return `text` folded, in upper case and without any white space, as codes are stored."""
    return "".join(fold(text).split()).upper()


def parse_date(text: str) -> dt.date:
    """Read `2013-10-08`, `2013/10/8` or `2013年10月8日`.

    Raises ValueError with a Chinese reason.
    """
    match = _DATE.fullmatch("".join(fold(text).split()))
    if match is None:
        raise ValueError("不是日期（应如 2013-10-08、2013/10/8 或 2013年10月8日）")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError("没有这一天") from None


def chinese_date(day: dt.date) -> str:
    """Write a day as papers do: `2013年10月8日`."""
    return f"{day.year}年{day.month}月{day.day}日"


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
