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
    return tuple(
        Contradiction(part.indicator.id, part.indicator.name, source, score, part.most, doubt.fact)
        for part in result.indicators
        for doubt in doubts.get(part.indicator.id, ())
        for source, score in part.by_source.items()
        if doubt.contradicts(score, part.most)
    )
