"""How papers look: GB/T 9704-2012, said once for html, Word and PDF.

All lengths are points unless their name says otherwise; one character is one em of the
paragraph's own size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MM = 72 / 25.4

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
MARGIN_TOP_MM, MARGIN_LEFT_MM = 37, 28
TYPE_WIDTH_MM, TYPE_HEIGHT_MM = 156, 225
MARGIN_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - TYPE_WIDTH_MM
MARGIN_BOTTOM_MM = PAGE_HEIGHT_MM - MARGIN_TOP_MM - TYPE_HEIGHT_MM
TYPE_WIDTH = TYPE_WIDTH_MM * MM

# 22 lines of 28 characters do not fit at exactly 16 and 29 points.
LINE = 28.9
TRACKING = -0.22

RED = "E60012"
RULE_THICKNESS = 1.5
# 4 mm under the number's type, which stands in the middle of its line.
RULE_ABOVE = 4 * MM - (LINE - 16) / 2
HEAD_ABOVE = 35 * MM - 2
FOLIO_SIZE = 14
FOLIO_BELOW_MM = 7

# Each list begins with what Windows and WPS have and ends with what Linux and the wheel have.
# Only fonts with Chinese glyphs stand here: a paper is set in these or not at all.
_SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
    "SimSun-ExtB",
    "Noto Sans CJK SC",
    "Noto Sans SC",
)
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Heiti SC")
FACES: dict[str, tuple[str, ...]] = {
    "fangsong": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *_SERIF),
    "biaosong": (
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05S",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05",
        "小标宋体",
        "STZhongsong",
        *_SERIF,
    ),
    "songti": ("宋体", "SimSun", *_SERIF),
    "kaiti": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "Kaiti SC", *_SERIF),
    "heiti": ("黑体", "SimHei", "STHeiti", "Microsoft YaHei", *_SANS, *_SERIF),
}
# Word names one font a run; these are on every Windows or with every WPS, but for the first.
WORD_FACES = {
    "biaosong": "方正小标宋简体",
    "fangsong": "仿宋",
    "songti": "宋体",
    "kaiti": "楷体",
    "heiti": "黑体",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One kind of paragraph; `indent`, `left` and `right` are characters, `before` is points."""

    face: str = "fangsong"
    size: float = 16
    pitch: float = LINE
    align: str = "justify"
    indent: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    red: bool = False
    heavy: bool = False
    keep: bool = False
    tracking: float = 0


# `heavy` asks for a bold cut where the family has a real one (小标宋 is itself heavy).
LOOKS: dict[str, Look] = {
    "p": Look(indent=2, tracking=TRACKING),
    "redhead": Look(
        "biaosong", 26, 30, "center", before=HEAD_ABOVE, red=True, heavy=True, keep=True
    ),
    "redhead-long": Look(
        "biaosong", 22, LINE, "center", before=HEAD_ABOVE, red=True, heavy=True, keep=True
    ),
    "number": Look(align="center", before=2 * LINE, keep=True),
    "h1": Look("biaosong", 22, LINE, "center", before=2 * LINE, after=LINE, heavy=True, keep=True),
    "annex-title": Look("biaosong", 22, LINE, "center", before=LINE, heavy=True, keep=True),
    "form-title": Look("biaosong", 22, LINE, "center", after=LINE, heavy=True, keep=True),
    "h2": Look("heiti", indent=2, tracking=TRACKING, keep=True),
    "h3": Look("kaiti", indent=2, tracking=TRACKING, keep=True),
    "addressee": Look(tracking=TRACKING, keep=True),
    "li": Look(indent=2, tracking=TRACKING),
    "flush": Look(tracking=TRACKING),
    # Telephones and addresses, which can't be parted: no line is stretched for them.
    "contact": Look(align="left", indent=2, tracking=TRACKING),
    "center": Look(align="center", tracking=TRACKING),
    "right": Look(align="right", tracking=TRACKING),
    "note": Look("songti", 9, 12.5),
    "annexes": Look(left=2, before=LINE, tracking=TRACKING, keep=True),
    "mark": Look("heiti", keep=True),
    "signer": Look(align="center", tracking=TRACKING, keep=True),
    "date": Look(align="center", tracking=TRACKING),
    "caption": Look("songti", 12, 18, "center", after=3, keep=True),
    "figcaption": Look("heiti", 12, 18, "center", after=8),
    "td": Look("songti", 12, 16, "center"),
    "th": Look("heiti", 12, 16, "center", keep=True),
    "dense": Look("songti", 10.5, 13, "center"),
    "dense-head": Look("heiti", 10.5, 13, "center", keep=True),
    "form": Look("fangsong", 14, 22, "center"),
    # To be read from two metres: nothing under 10 mm high.
    "poster-title": Look(
        "biaosong", 68, 74, "center", before=6, after=6, red=True, heavy=True, keep=True
    ),
    "poster-place": Look("kaiti", 32, 40, "center", after=4, keep=True),
    "poster-office": Look("heiti", 40, 50, "center", before=3, keep=True),
    "poster-trade": Look("kaiti", 32, 38, "center", keep=True),
    "poster-number": Look("heiti", 58, 61, "center", keep=True),
    # Drawn together, so that where the numbers come from stands in one line; the longest poster
    # has room for a second one, where Word has wider digits.
    "poster-foot": Look("songti", 28.5, 34, "center", before=6, tracking=-1.8),
}

SIGNATURE_BEFORE = 2 * LINE
# Whoever signs together stands side by side where each name has its half of the line.
SIDES, SIDE_BY_SIDE_CHARS = 2, 13.5
DATE_RIGHT_CHARS = 4
CELL_PAD_X, CELL_PAD_Y, DENSE_PAD_Y = 4.0, 3.0, 1.2
TABLE_AROUND = 8.0
TALL = 52.0
# A table of so few rows stands on one page as a whole.
SMALL_TABLE = 12
TABLE_RULE = 0.5


def side_by_side(names: Sequence[str]) -> bool:
    """Whether these signers stand beside each other: two, each with room in half of a line."""
    return len(names) == SIDES and all(width(name) <= SIDE_BY_SIDE_CHARS for name in names)


def width(text: str) -> float:
    """Return about how many characters wide `text` is: a Chinese one is 1, a Latin one half."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
