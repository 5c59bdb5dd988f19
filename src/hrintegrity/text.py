"""Text as offices type it: what it may hold, full-width forms, days in every spelling."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

ID_LENGTH = 36
ID_SHOWN = 8
"""So many characters at the end of a record's id are shown where there is no room for all 36."""

FIRST_YEAR = 1949
LATEST_YEARS = 2
"""A day lies no earlier than in `FIRST_YEAR`, and no more than so many years after today's."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_WIDE_DIGIT = re.compile("[０-９Ａ-Ｚａ-ｚ－＋]")
_HALVED = {ord(c): ord(c) - 0xFEE0 for c in map(chr, _HALF_WIDTH) if _WIDE_DIGIT.match(c)}

# Radicals that stand for characters, and the characters, by Unicode's table of equivalent ones.
_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_CHARACTERS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_RADICALS = {
    **dict(zip(_SUPPLEMENT, _CHARACTERS, strict=True)),
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_MENDED = str.maketrans(_RADICALS | dict.fromkeys(_INVISIBLE, ""))
_ORDINARY = re.compile(
    "[ -~\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u2100-\u2bff\u3001-\u9fff\uff00-\uffee]*"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_NONCHARACTERS = "".join(
    chr(plane << 16 | code) for plane in range(17) for code in (0xFFFE, 0xFFFF)
)
_REFUSED = (
    (re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"), "控制字符"),
    (re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"), "改变书写方向的字符"),
    (re.compile("[\ud800-\udfff]"), "不成对的代理码"),
    (
        re.compile(f"[\ufdd0-\ufdef{_NONCHARACTERS}]"),
        "不是文字的字符",
    ),
    (re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"), "私人造字"),
)

_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t]*\n\s*(?={_WIDE})")
_GAP_IN_CHINESE = re.compile(rf"(?<={_WIDE})\u3000+(?={_WIDE})")

_CHINESE_DIGITS = {
    **dict(zip("〇一二三四五六七八九", "0123456789", strict=True)),
    "○": "0",
    "零": "0",
}
_MIDNIGHT = re.compile(r"(?:[\sT]+|(?<=[日号]))0?0:00(?::00(?:\.0+)?)?$")
_CLOCK = re.compile(
    r"(?:[\sT]+|(?<=[日号]))(?:上午|下午|[AP]M\s*)?"
    r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|[时点](?:[0-5]?\d分?)?)"
    r"(?:\s*[AP]M|Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"至|到|[-—–－―~～]+")
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d\d)(\d\d)"
    r"|年(\d{1,2})月(\d{1,2})[日号])"
)
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月|[-/](\d{1,2}))")
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)


class MonthAloneError(ValueError):
    """A month stands where a day is wanted; `first` is its first day."""

    def __init__(self, first: dt.date) -> None:
        super().__init__("只写到月，缺少日期")
        self.first = first


def is_ordinary(text: str) -> bool:
    """Say whether a text has nothing but common characters, of which `hygienic` changes none."""
    return _ORDINARY.fullmatch(text) is not None


def hygienic(text: str) -> str:
    """Return `text` as every field and file may hold it.

    Line ends become a line feed and a tab a blank; what is invisible and means nothing is dropped,
    and radicals become the characters that they stand for. Raises ValueError in Chinese, naming the
    code point, for control and bidirectional characters, noncharacters and private use.
    """
    if is_ordinary(text):
        return text
    text = _LINE_ENDS.sub("\n", text.replace("\t", " "))
    for pattern, what in _REFUSED:
        match = pattern.search(text)
        if match:
            raise ValueError(f"含有不能使用的字符 U+{ord(match[0]):04X}（{what}）")
    return text.translate(_MENDED)


def on_one_line(text: str) -> str:
    """Return `text` in one line: a break is dropped between Chinese characters, else a blank."""
    if "\n" not in text:
        return text
    return re.sub(r"[ \t]*\n\s*", " ", _BREAK_IN_CHINESE.sub("", text.strip()))


def joined(name: str) -> str:
    """Return a name without the wide blanks by which Chinese characters were set apart."""
    return _GAP_IN_CHINESE.sub("", name) if "\u3000" in name else name


def halved(text: str) -> str:
    """Return an identifier with full-width digits, letters and hyphens made half-width."""
    return text.translate(_HALVED) if _WIDE_DIGIT.search(text) else text


def fold(text: str) -> str:
    """Return `text` with full-width ASCII forms made half-width, for comparison."""
    # Looking costs a tenth of translating, and few texts have any.
    if text.isascii() or not _FULL_WIDTH.search(text):
        return text
    return text.translate(_HALF_WIDTH)


def squeeze(text: str) -> str:
    """Return `text` folded, in upper case and without any white space, as codes are stored."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(fold(text).split()).upper()


def parse_date(text: str, *, latest: int | None = None) -> dt.date:
    """Read a day as offices write it: `2013-10-08`, `2013.10.8`, `20131008`, `2013年10月8日`.

    `latest` is the last year that is taken. Raises ValueError with a Chinese reason, and
    MonthAloneError for a month without its day.
    """
    found = "".join(_MIDNIGHT.sub("", fold(text).strip()).split())
    chinese = _CHINESE_DATE.fullmatch(found)
    if chinese:
        year, month, *day = (part for part in chinese.groups() if part is not None)
        parts = ["".join(_CHINESE_DIGITS[c] for c in year), *map(_counted, (month, *day))]
        return _day(parts, latest)
    match = _DATE.fullmatch(found) or _MONTH.fullmatch(found)
    if match is None:
        raise ValueError(
            "不是日期（应如 2013-10-08、2013/10/8、2013.10.8、20131008 或 2013年10月8日）"
        )
    return _day([part for part in match.groups() if part is not None], latest)


def without_clock(text: str) -> str:
    """Return the day of a moment such as `2013-10-01 08:15:00`; empty where there is no time."""
    found = fold(text).strip()
    match = _CLOCK.search(found)
    return found[: match.start()] if match else ""


def parse_term(text: str) -> tuple[dt.date, dt.date] | None:
    """Read two days in one text, `2012.02.25-2015.02.24` or `自…起至…止`; None where it is none.

    Raises ValueError in Chinese where they are months, or no days of the calendar.
    """
    found = "".join(fold(text).split()).removeprefix("自").removeprefix("从")
    why = None
    for separator in _BETWEEN.finditer(found):
        parts = found[: separator.start()].rstrip("起"), found[separator.end() :].rstrip("止")
        try:
            first, last = map(parse_date, parts)
        except MonthAloneError as error:
            why = error
        except ValueError:
            continue
        else:
            return first, last
    if why is not None:
        raise why
    return None


def _counted(text: str) -> str:
    """Return `二十八` as `28`."""
    tens, ten, ones = text.rpartition("十")
    digits = [_CHINESE_DIGITS.get(part, "x") if part else "" for part in (tens, ones)]
    return f"{digits[0] or '1'}{digits[1] or '0'}" if ten else digits[1]


def _day(parts: list[str], latest: int | None) -> dt.date:
    try:
        year, month, day = (int(part) for part in [*parts, "1"][:3])
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError("没有这一天") from None
    if year < FIRST_YEAR:
        raise ValueError(f"是 {year} 年，早于 {FIRST_YEAR} 年")
    if latest is not None and year > latest:
        raise ValueError(f"是 {year} 年，晚于今天两年以上")
    if len(parts) == 2:
        raise MonthAloneError(found)
    return found


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
