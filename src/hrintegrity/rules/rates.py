"""Rates, means and extremes of a summary (四(一), 四(四)): exact, and rounded once, when shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from hrintegrity.rules.exact import round_half_up

K = TypeVar("K")

WHOLE = Fraction(1)
_PERCENT_PLACES = 2
_SMALLEST_PERCENT = Fraction(1, 100)


def rate(part: int | None, whole: int | None) -> Fraction | None:
    """Return a part of a whole; a rate over nothing is none."""
    return Fraction(part or 0, whole) if whole else None


def percent(share: Fraction | None) -> Decimal | None:
    """Return a rate in per cent with two decimals, rounded half up.

    What falls short of the whole is never shown as 100, and what is there never as 0: the figure
    that people see must not contradict what was decided by the exact one.
    """
    if share is None:
        return None
    shown = share * 100
    if 0 < shown < _SMALLEST_PERCENT:
        shown = _SMALLEST_PERCENT
    if 100 - _SMALLEST_PERCENT < shown < 100:
        shown = 100 - _SMALLEST_PERCENT
    return round_half_up(shown, _PERCENT_PLACES)


def mean(total: Fraction | int | None, count: int | None) -> Decimal | None:
    """Return a mean with two decimals, rounded half up; the mean of nothing is none."""
    return round_half_up(Fraction(total or 0) / count) if count else None


def median(counts: Mapping[Fraction, int]) -> Fraction | None:
    """Return the median of values by how often each occurs; between two middle ones their mean."""
    number = sum(counts.values())
    if not number:
        return None
    lower = upper = None
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if lower is None and seen * 2 >= number:
            lower = value
        if seen * 2 > number:
            upper = value
            break
    if lower is None or upper is None:
        raise AssertionError("a count is negative")
    return (lower + upper) / 2


def extremes(rates: Mapping[K, Fraction], most: int) -> tuple[list[K], list[K]]:
    """Return who stands best, the best first, and who stands worst, the worst first.

    `most` of each and whoever equals the last of these, nobody in both; what is whole is not weak,
    and where all are alike there are neither. Equal ones keep their order.
    """
    if len(set(rates.values())) < 2:
        return [], []
    best = _first(sorted(rates, key=lambda key: -rates[key]), rates, most)
    worst = sorted(rates, key=lambda key: rates[key])
    weak = [key for key in worst if key not in best and rates[key] < WHOLE]
    return best, _first(weak, rates, most)


def _first(ordered: list[K], rates: Mapping[K, Fraction], most: int) -> list[K]:
    """Return the first ones, and those that stand as the last of them does."""
    within = {rates[key] for key in ordered[:most]}
    return [key for key in ordered if rates[key] in within]


def below(rates: Sequence[Fraction | None], required: Fraction) -> bool:
    """Say whether one of the rates falls short; a rate over nothing does not."""
    return any(one is not None and one < required for one in rates)
