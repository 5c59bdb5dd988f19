"""Facts on record that contradict a score (附件1): pointed out, never forbidden.

Whether a score is right is the rater's judgement; that it says otherwise than the records is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from hrintegrity.rules.assessment import Result

Against = Literal["any", "full", "none"]
"""Which scores a fact contradicts: any points at all, full marks, or no points."""


class Doubt(NamedTuple):
    """A fact about an indicator, in Chinese, and which scores it contradicts."""

    against: Against
    fact: str

    def contradicts(self, score: Fraction | int, most: Fraction | int) -> bool:
        """Whether the fact says otherwise than a score out of `most`, both in the same unit."""
        match self.against:
            case "any":
                return score > 0 and most > 0
            case "full":
                return score >= most > 0
            case "none":
                return score == 0 and most > 0


@dataclass(frozen=True)
class Contradiction:
    """A score that a fact contradicts; points are exact, of a source the mean of its raters."""

    indicator: int
    name: str
    source: str
    score: Fraction
    most: Fraction
    fact: str


def contradictions(
    result: Result, doubts: Mapping[int, Iterable[Doubt]]
) -> tuple[Contradiction, ...]:
    """Return what in a result contradicts the facts, in the annex's order, source by source."""
    found = []
    for number in sorted(doubts):
        place = number - 1
        most = result.standard.points[place]
        for doubt in doubts[number]:
            for source, given in result.by_source.items():
                # All raters together, in tenths: a mean is a fraction, which few agencies need.
                tenths, raters = given.tenths[place], given.raters[place]
                if raters and doubt.contradicts(tenths, most * raters):
                    found.append(
                        Contradiction(
                            indicator=number,
                            name=result.annex.indicators[place].name,
                            source=source,
                            score=Fraction(tenths, 10 * raters),
                            most=Fraction(most, 10),
                            fact=doubt.fact,
                        )
                    )
    return tuple(found)
