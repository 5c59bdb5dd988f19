"""Who could be recommended: what the archive knows of each agency, and the ranked list."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import col, or_, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.assessment import Conclusion, ScoreSheet
from hrintegrity.archive.tables.campaign import Outstanding
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.recommendation import Recommendation, Unit
from hrintegrity.chunking import AT_ONCE, chunks
from hrintegrity.duties import offices
from hrintegrity.duties.assessment.standards import Standards
from hrintegrity.notice.measures import is_order
from hrintegrity.notice.words import COMPLAINT_KIND, MEASURE, SOURCE
from hrintegrity.packing import Packed, packed_in_order
from hrintegrity.rules.recommendation import (
    Candidate,
    Cause,
    Reason,
    ineligibility,
    precedence,
    priority_grounds,
)
from hrintegrity.rules.sanctions import state_of
from hrintegrity.rules.standard import Standard
from hrintegrity.rules.standard_reading import default_standard, kept_standard


@dataclass(frozen=True)
class CandidateView:
    """A candidate as scripts see it; `default` says that the conditions are the project's own."""

    code: str
    name: str
    district: str
    kind: str
    grade: str | None
    total: Decimal | None
    priority: bool
    eligible: bool
    reasons: tuple[str, ...]
    missing_sources: tuple[str, ...]
    recommended: bool
    priority_grounds: tuple[str, ...]
    findings: tuple[Reason, ...]
    standard: str
    default: bool
    id: str


def listing(
    archive: Archive, *, district: str | None, year: int | None, eligible: bool = False
) -> Packed[CandidateView]:
    """Return the agencies in scope, priority first, then by total.

    Those that have ceased stand there too where they were assessed or recommended this year.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    query = select(Agency)
    if district is not None:
        query = query.where(Agency.district == district)
    agencies = archive.session.exec(query.execution_options(yield_per=AT_ONCE))
    listed = set(
        archive.session.exec(select(Recommendation.agency_id).where(Recommendation.year == year))
    )
    judge = Judge(archive, year)
    rows = (
        _view(key, candidate, judge, key in listed)
        for chunk in chunks(agencies)
        for key, candidate in _facts(archive, year, chunk).items()
        if candidate.active or candidate.concluded or key in listed
    )
    return packed_in_order(
        (row for row in rows if row.eligible or not eligible),
        lambda row: precedence(row.priority, row.total, row.code),
    )


class Judge:
    """Judges candidates by their districts' standards, each looked up once."""

    def __init__(self, archive: Archive, year: int) -> None:
        self._standards = Standards(archive, year)
        self._default = default_standard(year)

    def standard(self, district: str) -> Standard:
        """Return the standard by which a district recommends; without one, the default's rules."""
        found = self._standards.find(district)
        return self._default if found is None else found.standard

    def is_default(self, district: str) -> bool:
        """Whether the conditions of a district are the project's own."""
        return self.standard(district).eligibility == self._default.eligibility

    def reasons(self, candidate: Candidate) -> tuple[Reason, ...]:
        """Return why a candidate may not be recommended."""
        return ineligibility(candidate, self.standard(candidate.district))


def excused(row: Recommendation) -> frozenset[str]:
    """Return the reasons that were known when an agency was recommended despite them."""
    return frozenset(json.loads(row.excused or "[]"))


def _view(identity: str, found: Candidate, judge: Judge, recommended: bool) -> CandidateView:
    reasons, grounds = judge.reasons(found), priority_grounds(found)
    standard = judge.standard(found.district)
    return CandidateView(
        code=found.code,
        name=found.name,
        district=found.district,
        kind=found.kind,
        grade=found.grade,
        total=found.total,
        priority=bool(grounds),
        eligible=not reasons,
        reasons=tuple(reason.message for reason in reasons),
        missing_sources=found.missing_sources,
        recommended=recommended,
        priority_grounds=grounds,
        findings=reasons,
        standard=standard.name,
        default=judge.is_default(found.district),
        id=identity,
    )


def facts(archive: Archive, year: int, agencies: Iterable[Agency]) -> dict[str, Candidate]:
    """Return by identity what counts for these agencies in a campaign year."""
    found: dict[str, Candidate] = {}
    for chunk in chunks(agencies):
        found |= _facts(archive, year, chunk)
    return found


def _facts(archive: Archive, year: int, agencies: Sequence[Agency]) -> dict[str, Candidate]:
    ids = [agency.id for agency in agencies]
    events = _Events(archive, year, ids)
    concluded = _concluded(archive, year, ids)
    rated = set(
        archive.session.exec(
            select(ScoreSheet.agency_id, ScoreSheet.source)
            .where(col(ScoreSheet.agency_id).in_(ids), ScoreSheet.year == year)
            .distinct()
        )
    )
    outstanding = set(
        archive.session.exec(
            select(Outstanding.agency_id)
            .where(col(Outstanding.agency_id).in_(ids))
            .where(Outstanding.year == year)
        )
    )
    sanctions, open_orders = events.sanctions(), events.open_rectifications()
    complaints, lost = events.complaints(), events.lost_titles()
    return {
        agency.id: Candidate(
            code=agency.code,
            name=agency.name,
            district=agency.district,
            kind=agency.kind,
            year=year,
            grade=agency.grade,
            outstanding=agency.id in outstanding,
            active=agency.status == "active",
            sanctions=sanctions.get(agency.id, ()),
            open_rectifications=open_orders.get(agency.id, ()),
            complaints=complaints.get(agency.id, ()),
            lost_titles=lost.get(agency.id, ()),
            **concluded.get(
                agency.id,
                {"missing_sources": tuple(s for s in SOURCE if (agency.id, s) not in rated)},
            ),
        )
        for agency in agencies
    }


def _concluded(archive: Archive, year: int, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    standing = (col(Conclusion.agency_id).in_(ids), col(Conclusion.reopened).is_(None))
    query = columns(
        col(Conclusion.agency_id),
        col(Conclusion.total),
        col(Conclusion.band),
        col(Conclusion.standard),
        col(Conclusion.result),
    ).where(*standing, col(Conclusion.year) == year)
    return {
        agency: {
            "concluded": True,
            "missing_sources": tuple(json.loads(result)["missing_sources"]),
            "total": Decimal(total).scaleb(-2),
            "band": band,
            "refused_bands": frozenset(kept_standard(standard).eligibility.refused_bands),
        }
        for agency, total, band, standard, result in archive.connection.execute(query)
    }


class _Events:
    """The events of a year that rule agencies out, by agency in the order of their dates."""

    def __init__(self, archive: Archive, year: int, ids: Sequence[str]) -> None:
        self._archive = archive
        self._ids = ids
        self._first, self._last = dt.date(year, 1, 1), dt.date(year, 12, 31)

    def sanctions(self) -> Mapping[str, tuple[Cause, ...]]:
        """Measures against the agency; a practitioner's only where it is attributed to it."""
        query = self._sanctions().where(col(Sanction.date).between(self._first, self._last))
        return self._by_agency(query, lambda row: (row.date, MEASURE.chinese(row.kind)))

    def open_rectifications(self) -> Mapping[str, tuple[Cause, ...]]:
        """Orders to rectify that were not followed, or not enough, of whatever year."""
        query = self._sanctions().where(col(Sanction.kind).in_(filter(is_order, MEASURE)))
        return self._by_agency(
            query,
            lambda row: (row.date, MEASURE.chinese(row.kind)),
            counts=lambda row: (
                state_of(row.kind, mended=row.mended, failed=row.failed) in ("open", "failed")
            ),
        )

    def complaints(self) -> Mapping[str, tuple[Cause, ...]]:
        """Complaints and reports that were substantiated this year."""
        query = (
            select(Complaint)
            .where(col(Complaint.agency_id).in_(self._ids), Complaint.outcome == "substantiated")
            .where(col(Complaint.closed).between(self._first, self._last))
            .order_by(col(Complaint.closed), Complaint.id)
        )
        return self._by_agency(query, lambda row: (row.closed, COMPLAINT_KIND.chinese(row.kind)))

    def lost_titles(self) -> Mapping[str, tuple[Cause, ...]]:
        """Titles that were lost this year, of whatever year they were."""
        query = (
            select(Unit)
            .where(col(Unit.agency_id).in_(self._ids))
            .where(col(Unit.revoked).between(self._first, self._last))
            .order_by(col(Unit.revoked), Unit.id)
        )
        return self._by_agency(query, lambda row: (row.revoked, row.reason or ""))

    def _sanctions(self) -> Any:
        return (
            select(Sanction)
            .where(col(Sanction.agency_id).in_(self._ids), col(Sanction.withdrawn).is_(None))
            .where(or_(col(Sanction.practitioner_id).is_(None), col(Sanction.attributed)))
            .order_by(col(Sanction.date), Sanction.id)
        )

    def _by_agency(
        self,
        query: Any,
        day_and_text: Callable[[Any], tuple[dt.date, str]],
        counts: Callable[[Any], bool] = lambda row: True,
    ) -> Mapping[str, tuple[Cause, ...]]:
        found: dict[str, tuple[Cause, ...]] = {}
        for row in self._archive.session.exec(query):
            if counts(row):
                cause = Cause(row.id, *day_and_text(row))
                found[row.agency_id] = (*found.get(row.agency_id, ()), cause)
        return found
