"""Write data/pinyin.txt: by letter, the characters whose pinyin begins with it (`make docs`)."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

PAGE = Path(__file__).parents[1] / "data" / "pinyin.txt"


def by_letter() -> dict[str, list[str]]:
    """Return the common Han characters by each first letter that one of their readings has."""
    found: dict[str, list[str]] = {}
    for code in (0x3007, *range(0x4E00, 0xA000)):
        readings = pinyin_dict.get(code, "")
        letters = {
            unicodedata.normalize("NFD", reading)[0].lower()
            for reading in readings.split(",")
            if reading
        }
        for letter in sorted(letters):
            found.setdefault(letter, []).append(chr(code))
    return dict(sorted(found.items()))


def text() -> str:
    """Return a line per letter: the letter, and its characters."""
    return "".join(f"{letter}{''.join(found)}\n" for letter, found in by_letter().items())


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
