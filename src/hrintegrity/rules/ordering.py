"""What comes first: agencies by totals, indicators by what they lack or how sources differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from hrintegrity.rules.assessment import IndicatorResult, Result

FACTS = ("in_service", "penalties")
"""The topics of indicators that the record decides: no advice makes an agency older."""


def weakest(result: Result, count: int) -> tuple[IndicatorResult, ...]:
    """Return the `count` indicators with the least part of their points, and all that equal them.

    Those with all their points are not among them, nor those that only state a fact.
    """
    lacking = [
        (part.score / part.most, part)
        for part in result.indicators
        if part.score is not None and part.score < part.most and part.indicator.topic not in FACTS
    ]
    lacking.sort(key=lambda pair: pair[0])
    last = lacking[min(count, len(lacking)) - 1][0] if lacking else None
    return tuple(part for share, part in lacking if last is not None and share <= last)


def disagreements(result: Result) -> tuple[IndicatorResult, ...]:
    """Return the indicators on which the sources differ, by how many points, the most first."""
    apart = [part for part in result.indicators if part.spread]
    return tuple(sorted(apart, key=lambda part: -part.spread))


def ranks(totals: Iterable[Decimal]) -> Iterator[int]:
    """Yield the ranks of shown totals, the highest first; ties share a rank (1, 2, 2, 4)."""
    rank, before = 0, None
    for position, total in enumerate(totals, 1):
        if total != before:
            rank, before = position, total
        yield rank
