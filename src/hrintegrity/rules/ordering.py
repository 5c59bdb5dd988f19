"""What comes first: agencies by totals, indicators by what they lack or how sources differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from hrintegrity.rules.assessment import IndicatorResult, Result

_Row = TypeVar("_Row")


def weakest(result: Result, count: int) -> tuple[IndicatorResult, ...]:
    """Return the indicators with the least part of their points, those with all points never."""
    open_ones = [
        part for part in result.indicators if part.score is not None and part.score < part.most
    ]
    open_ones.sort(key=lambda part: (part.score or 0) / part.most)
    return tuple(open_ones[:count])


def disagreements(result: Result) -> tuple[IndicatorResult, ...]:
    """Return the indicators on which the sources differ, by how many points, the most first."""
    apart = [part for part in result.indicators if part.spread]
    return tuple(sorted(apart, key=lambda part: -part.spread))


def rank(
    rows: Iterable[_Row], total: Callable[[_Row], Decimal | None]
) -> list[tuple[int | None, _Row]]:
    """Return the rows by their shown totals, the highest first; ties share a rank (1, 2, 2, 4).

    Rows of one rank keep their order; rows without a total come last, without a rank.
    """
    valued = [(total(row), row) for row in rows]
    placed = [(value, row) for value, row in valued if value is not None]
    placed.sort(key=lambda pair: pair[0], reverse=True)
    ranked: list[tuple[int | None, _Row]] = []
    place, before = 0, None
    for position, (value, row) in enumerate(placed, 1):
        if value != before:
            place, before = position, value
        ranked.append((place, row))
    return ranked + [(None, row) for value, row in valued if value is None]
