"""The register of notices: which were numbered, and the next number of a district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select as columns
from sqlmodel import col

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import Conclusion
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.duties import offices, papers
from hrintegrity.rules.numbering import document_number


class NumberedNotice(NamedTuple):
    """A notice that was numbered, and the conclusion that it is about."""

    id: str
    reference: str
    date: dt.date
    sha256: str
    conclusion_id: str
    sequence: int
    reopen_reason: str | None


class Numbers:
    """The next number of each district, counted on from what the register has.

    The transaction holds the archive's only write lock, so that nobody counts meanwhile.
    """

    def __init__(self, archive: Archive, year: int) -> None:
        self._archive = archive
        self._year = year
        self._last: dict[str, tuple[str, int]] = {}

    def give_back(self, district: str) -> None:
        """Undo the last `next`, where its paper was not made after all."""
        prefix, last = self._last[district]
        self._last[district] = (prefix, last - 1)

    def next(self, district: str) -> tuple[int, str]:
        """Return number and reference. Raises RuleError `not-register`."""
        if district in self._last:
            prefix, last = self._last[district]
        else:
            prefix = offices.office_of(self._archive, district).prefix
            series = papers.ASSESSMENT
            last = papers.next_number(self._archive, series, district, self._year) - 1
        self._last[district] = (prefix, last + 1)
        return last + 1, document_number(prefix, self._year, last + 1)


def numbered_notices(
    archive: Archive, year: int, agency_ids: Sequence[str]
) -> dict[str, list[NumberedNotice]]:
    """Return the notices of a year by agency, in the order of their conclusions."""
    query = (
        columns(
            col(IssuedPaper.agency_id),
            col(IssuedPaper.id),
            col(IssuedPaper.reference),
            col(IssuedPaper.date),
            col(IssuedPaper.sha256),
            col(Conclusion.id),
            col(Conclusion.sequence),
            col(Conclusion.reopen_reason),
        )
        .select_from(IssuedPaper)
        .join(Conclusion, col(IssuedPaper.subject_id) == Conclusion.id)
        .where(col(Conclusion.year) == year, col(Conclusion.agency_id).in_(agency_ids))
        .order_by(col(Conclusion.sequence))
    )
    found: dict[str, list[NumberedNotice]] = {}
    for row in archive.connection.execute(query):
        found.setdefault(row[0], []).append(NumberedNotice(*row[1:]))
    return found
