"""All that an agency's result follows from (clause 三(五)), in one value.

Whatever scores, shows, rehearses or recomputes a result makes a case and hands it to
`rules.assessment.assess`: a rule that needs more of it is written here and there, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from hrintegrity.notice.indicators import Annex
from hrintegrity.rules.exact import exact_text
from hrintegrity.rules.standard import Standard


class Sheet(NamedTuple):
    """One rater's scores in the annex's order, in tenths of a point; None where not asked."""

    source: str
    rater: str
    scores: tuple[int | None, ...]


@dataclass(frozen=True)
class AgencyFacts:
    """What a standard may go by beside the scores: kind, grade and the first day in business.

    Each is None where it is not known, as in conclusions from before they were kept with them.
    """

    kind: str | None = None
    grade: str | None = None
    since: dt.date | None = None

    def as_mapping(self) -> dict[str, Any]:
        """Return the facts fit for JSON, as a conclusion keeps them."""
        since = None if self.since is None else self.since.isoformat()
        return {"kind": self.kind, "grade": self.grade, "since": since}

    @staticmethod
    def from_mapping(content: Mapping[str, Any]) -> AgencyFacts:
        """Return the facts from what `as_mapping` gave. Raises ValueError for a bad day."""
        since = content.get("since")
        return AgencyFacts(
            kind=content.get("kind"),
            grade=content.get("grade"),
            since=None if since is None else dt.date.fromisoformat(since),
        )


@dataclass(frozen=True)
class Case:
    """An agency's sheets, and what they are judged by: standard, annex, its facts, and the day.

    The day is that of the conclusion, or today where nothing is concluded yet.
    """

    standard: Standard
    annex: Annex
    agency: AgencyFacts
    day: dt.date
    sheets: tuple[Sheet, ...] = ()

    @property
    def asked(self) -> Mapping[str, frozenset[int]]:
        """By source the numbers of the indicators that it scores, where it doesn't score all."""
        return self.standard.asked

    def asks(self, source: str, number: int) -> bool:
        """Say whether a source scores an indicator, by its number."""
        return self.standard.asks(source, number)

    def misfits(self) -> tuple[str, ...]:
        """Say in Chinese where sheets don't fit the standard, as may be where it came after them.

        Scores above its points, indicators that it asks about and that have no score, and ways of
        evaluation that it has not.
        """
        found: list[str] = []
        for sheet in self.sheets:
            if not self.has_place_for(sheet):
                found.append(self._stranger(sheet))
            elif not self.standard.fits(sheet.source, sheet.scores):
                found += self._misfits_of(sheet)
        return tuple(found)

    def has_place_for(self, sheet: Sheet) -> bool:
        """Whether the standard has a sheet's source, and the sheet a place for each indicator."""
        known = sheet.source in self.standard.weights
        return known and len(sheet.scores) == len(self.standard.points)

    def _stranger(self, sheet: Sheet) -> str:
        if sheet.source not in self.standard.weights:
            return f"{self._whose(sheet)}：现行标准没有这种评价方式"
        width = len(self.standard.points)
        return f"{self._whose(sheet)}有 {len(sheet.scores)} 项，应是 {width} 项"

    def _misfits_of(self, sheet: Sheet) -> Iterator[str]:
        for indicator, score, most in zip(
            self.annex.indicators, sheet.scores, self.standard.points, strict=True
        ):
            if not self.asks(sheet.source, indicator.id):
                continue
            if score is None:
                yield f"{self._whose(sheet)}{indicator.heading} 没有评分"
            elif score > most:
                given, limit = (exact_text(Fraction(one, 10)) for one in (score, most))
                what = f"{self._whose(sheet)}{indicator.heading} {given} 分"
                yield f"{what}，超过现行标准的 {limit} 分"

    def _whose(self, sheet: Sheet) -> str:
        return f"{self.standard.word(sheet.source)}（{sheet.rater}）"
