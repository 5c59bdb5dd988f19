"""Names by the initials of their pinyin: 中关村英才 is zgcyc."""

from __future__ import annotations

import re
from functools import cache

from hrintegrity.resources import folder
from hrintegrity.text import fold

LEAST = 2
"""Fewer letters than this name nothing."""


@cache
def _characters() -> dict[str, str]:
    """Return by letter the characters that have a reading with it; several readings count."""
    lines = (folder("data") / "pinyin.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1:] for line in lines}


def pattern(text: str, wrong: int | None = None) -> re.Pattern[str] | None:
    """Return what finds the names whose initials hold `text`; None where it can be no initials.

    Letters and digits of a name stand for themselves, and so does their case. At the place `wrong`
    any character will do, since that letter may be a slip.
    """
    wanted = fold(text).strip().lower()
    if len(wanted) < LEAST or not (wanted.isascii() and wanted.isalnum()) or wanted.isdecimal():
        return None
    classes = (
        "."
        if place == wrong
        else f"[{letter}{_characters().get(letter, '')}]"
        if letter.isalpha()
        else letter
        for place, letter in enumerate(wanted)
    )
    return re.compile("".join(classes))
