"""A random draw that anyone can repeat; the algorithm is described in docs/draw.md.

Change nothing here without changing that page: a draw that was published must stay repeatable.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from hrintegrity.text import fold

_NUMBER = re.compile(r"[0-9]{1,9}")
HEAVIEST = 100
"""The greatest weight of a band."""

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


def seed_sha256(seed: str) -> str:
    """Return the SHA-256 of a seed, by which it is committed to before it is shown."""
    return hashlib.sha256(seed.encode()).hexdigest()


def parse_weight(text: str) -> tuple[str, int]:
    """Read `等次=N`: the weight, 1 to 100, of the agencies of a band.

    Raises ValueError with a Chinese reason.
    """
    band, sign, number = fold(text).partition("=")
    if not sign or not band.strip() or not _NUMBER.fullmatch(number.strip()):
        raise ValueError("应写成 等次=权重，如 不合格=3")
    weight = int(number)
    if not 1 <= weight <= HEAVIEST:
        raise ValueError(f"权重应是 1 到 {HEAVIEST} 的整数")
    return band.strip(), weight


def draw(
    codes: Iterable[str], seed: str, size: int, weights: Mapping[str, int] | None = None
) -> list[str]:
    """Return `size` of the codes, in the order in which they are drawn.

    A code has as many lots as its weight, 1 where none is given, and the least of them counts: so
    at each place the chance of a code is its weight over the weights of all that are left.
    """
    start = seed.encode() + b"\n"
    ranked = sorted(
        (min(_lots(start + code.encode(), (weights or {}).get(code, 1))), code) for code in codes
    )
    return [code for _, code in ranked[:size]]


def _lots(ticket: bytes, count: int) -> Iterator[str]:
    """Yield the lots of a code: its own hash, then those with a line feed and a number from 2."""
    yield hashlib.sha256(ticket).hexdigest()
    for number in range(2, count + 1):
        yield hashlib.sha256(ticket + b"\n%d" % number).hexdigest()
