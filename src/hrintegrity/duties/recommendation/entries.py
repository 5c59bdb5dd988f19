"""Recommendations of a year with what counts for each now: read here, written in `listing`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import defer
from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.recommendation import Recommendation, Submission
from hrintegrity.duties import agencies, agency_lookup, offices
from hrintegrity.duties.recommendation import candidates
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.rules.recommendation import (
    Candidate,
    Listed,
    Reason,
    priority_grounds,
    ranked,
)


@dataclass(frozen=True)
class RecommendedView:
    """A recommended agency as scripts see it; `submitted` is the number of its package.

    `missing` names what a submission would refuse for: reason, opinion, self_summary, assessment.
    """

    id: str
    code: str
    name: str
    district: str
    kind: str
    grade: str | None
    total: Decimal | None
    missing_sources: tuple[str, ...]
    priority: bool
    date: dt.date
    reason: str
    opinion: str | None
    self_summary: str | None
    despite: str | None
    eligible: bool
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    submitted: int | None


@dataclass(frozen=True)
class Entry:
    """A recommendation with its agency, what counts for it now, and why it is not eligible."""

    row: Recommendation
    agency: Agency
    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts of a complete recommendation that are not there."""
        there = {
            "reason": bool(self.row.reason.strip()),
            # The city selects its own agencies; no district has an opinion of them.
            "opinion": self.row.district == offices.CITY or bool((self.row.opinion or "").strip()),
            "self_summary": self.row.self_summary_name is not None,
            "assessment": self.candidate.concluded,
        }
        return tuple(part for part, given in there.items() if not given)

    def as_listed(self) -> Listed:
        """Return it as the rules take it."""
        return Listed(
            candidate=self.candidate,
            reasons=self.reasons,
            missing=self.missing,
            despite=self.row.despite,
            excused=candidates.excused(self.row),
            submitted=self.row.submission_id is not None,
        )


def entries(archive: Archive, year: int, district: str | None = None) -> list[Entry]:
    """Return the recommendations of a year, by district, priority and total.

    A district's are those that it made, wherever the agency has gone since.
    """
    query = (
        select(Recommendation, Agency)
        .join(Agency)
        .where(Recommendation.year == year)
        # The self-summaries are files; a list has no use for them.
        .options(defer(Recommendation.self_summary))  # type: ignore[arg-type]  # a column at run time
    )
    if district is not None:
        query = query.where(Recommendation.district == district)
    pairs = archive.session.exec(query).all()
    return _entries(archive, year, pairs)


def _entries(
    archive: Archive, year: int, pairs: Sequence[tuple[Recommendation, Agency]]
) -> list[Entry]:
    known = candidates.facts(archive, year, [agency for _, agency in pairs])
    judge = candidates.Judge(archive, year)
    found = [
        Entry(row, agency, known[agency.id], judge.reasons(known[agency.id]))
        for row, agency in pairs
    ]
    order = {code: place for place, code in enumerate(BY_CODE)}
    by_rank = ranked(found, lambda entry: entry.candidate)
    return sorted(by_rank, key=lambda entry: order[entry.row.district])


def find(archive: Archive, text: str, year: int | None) -> tuple[Recommendation, Agency]:
    """Return an agency's recommendation, also where it has moved to another district since.

    Raises LookupFailedError `not-recommended`, RuleError `not-ours`.
    """
    agency = agencies.find_anywhere(archive, text)
    year = offices.campaign(archive, year).year
    row = row_of(archive, agency.id, year)
    if row is None:
        agency_lookup.refuse_foreign(offices.owner(archive), agency)
        raise LookupFailedError(
            "not-recommended",
            f"{agency.name}不在{year}年的推荐名单里。",
            "推荐名单见 hri recommend list。",
        )
    offices.scope(archive, row.district)
    return row, agency


def row_of(archive: Archive, agency_id: str, year: int) -> Recommendation | None:
    """Return an agency's recommendation of a year."""
    return archive.session.exec(
        select(Recommendation).where(
            Recommendation.agency_id == agency_id, Recommendation.year == year
        )
    ).first()


def view_of(archive: Archive, row: Recommendation) -> RecommendedView:
    """Return one recommendation as scripts see it."""
    agency = archive.session.get(Agency, row.agency_id)
    if agency is None:
        raise AssertionError(f"agency {row.agency_id} is gone")
    return views(archive, _entries(archive, row.year, [(row, agency)]))[0]


def views(archive: Archive, found: Sequence[Entry]) -> list[RecommendedView]:
    """Return recommendations as scripts see them."""
    ids = {entry.row.submission_id for entry in found if entry.row.submission_id}
    numbers: dict[str, int] = {}
    if ids:
        packages = select(Submission.id, Submission.number).where(col(Submission.id).in_(ids))
        numbers = dict(archive.session.exec(packages).all())
    return [_view(entry, numbers) for entry in found]


def _view(entry: Entry, numbers: dict[str, int]) -> RecommendedView:
    row, candidate = entry.row, entry.candidate
    return RecommendedView(
        id=row.id,
        code=candidate.code,
        name=candidate.name,
        district=row.district,
        kind=candidate.kind,
        grade=candidate.grade,
        total=candidate.total,
        missing_sources=candidate.missing_sources,
        priority=bool(priority_grounds(candidate)),
        date=row.date,
        reason=row.reason,
        opinion=row.opinion,
        self_summary=row.self_summary_name,
        despite=row.despite,
        eligible=not entry.reasons,
        reasons=tuple(reason.message for reason in entry.reasons),
        missing=entry.missing,
        submitted=numbers.get(row.submission_id or ""),
    )
