"""What text may hold in any field and file: controls refused, radicals mended, nothing unseen."""

from __future__ import annotations

import re
import unicodedata

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
# Texts, since few are searched for in a command, and each takes long to compile.
_REFUSED = (
    ("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "控制字符"),
    ("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "改变书写方向的字符"),
    ("[\ud800-\udfff]", "不成对的代理码"),
    (
        f"[\ufdd0-\ufdef{_NONCHARACTERS}]",
        "不是文字的字符",
    ),
    ("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]", "私人造字"),
)


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
        match = re.search(pattern, text)
        if match:
            raise ValueError(f"含有不能使用的字符 U+{ord(match[0]):04X}（{what}）")
    return text.translate(_MENDED)
