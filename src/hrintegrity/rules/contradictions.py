"""Facts on record that contradict a score (附件1): pointed out, never forbidden.

Whether a score is right is the rater's judgement; that it says otherwise than the records is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hrintegrity.rules.assessment import Result

Against = Literal["any", "full", "none"]
"""Which scores a fact contradicts: any points at all, full marks, or no points."""


@dataclass(frozen=True)
class Doubt:
    """A fact about an indicator, in Chinese, and which scores it contradicts."""

    against: Against
    fact: str

    def contradicts(self, score: Fraction, most: Fraction) -> bool:
        """Whether the fact says otherwise than a score out of `most` points."""
        if not most:
            return False
        return {"any": score > 0, "full": score >= most, "none": score == 0}[self.against]


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
        most = Fraction(result.standard.points[place], 10)
        for doubt in doubts[number]:
            for source, given in result.by_source.items():
                score = given.mean(place)
                if score is not None and doubt.contradicts(score, most):
                    name = result.annex.indicators[place].name
                    found.append(
                        Contradiction(
                            indicator=number,
                            name=name,
                            source=source,
                            score=score,
                            most=most,
                            fact=doubt.fact,
                        )
                    )
    return tuple(found)
