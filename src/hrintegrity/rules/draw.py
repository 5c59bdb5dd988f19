"""A random draw that anyone can repeat; the algorithm is described in docs/draw.md.

Change nothing here without changing that page: a draw that was published must stay repeatable.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from fractions import Fraction

from hrintegrity.text import fold

_NUMBER = re.compile(r"[0-9]{1,9}")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%")


def parse_count(text: str) -> int | Fraction:
    """Read how many to draw: a number from 1, or a percentage as a share of 1.

    Raises ValueError with a Chinese reason.
    """
    text = "".join(fold(text).split())
    if _NUMBER.fullmatch(text) and int(text) > 0:
        return int(text)
    percent = _PERCENT.fullmatch(text)
    share = Fraction(percent[1]) / 100 if percent else Fraction(0)
    if 0 < share <= 1:
        return share
    raise ValueError("应是家数（1 以上的整数），或百分比（大于 0%，不超过 100%，如 10%）")


def sample_size(count: int | Fraction, population: int) -> int:
    """Return how many are drawn; a percentage is rounded up.

    Raises ValueError with a Chinese reason where there are fewer than asked for.
    """
    if isinstance(count, Fraction):
        return -(-population * count.numerator // count.denominator)
    if count > population:
        raise ValueError(f"要抽 {count} 家，抽查范围里只有 {population} 家")
    return count


def population_sha256(codes: Iterable[str]) -> str:
    """Return the SHA-256 of the codes in ascending order of bytes, each followed by a line feed."""
    content = b"".join(code + b"\n" for code in sorted(code.encode() for code in codes))
    return hashlib.sha256(content).hexdigest()


def check_seed(seed: str) -> None:
    """Raise ValueError, with a Chinese reason, where a seed can't be told to others exactly."""
    if not seed or not seed.isprintable() or seed != seed.strip():
        raise ValueError("种子不能是空的，首尾不能有空格，也不能有换行等不能打印的字符")


def draw(codes: Iterable[str], seed: str, size: int) -> list[str]:
    """Return `size` of the codes, in the order in which they are drawn."""
    start = seed.encode() + b"\n"
    ranked = sorted((hashlib.sha256(start + code.encode()).hexdigest(), code) for code in codes)
    return [code for _, code in ranked[:size]]
