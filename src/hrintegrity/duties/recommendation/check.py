"""Whether the lists keep to annex 2, and the relaxation of the half for a district (附件2 备注)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.campaign import Outstanding
from hrintegrity.archive.tables.journal import JournalEntry
from hrintegrity.archive.tables.recommendation import Recommendation, Relaxation
from hrintegrity.duties import offices
from hrintegrity.duties.recommendation import candidates, quotas
from hrintegrity.duties.recommendation.entries import Entry, entries
from hrintegrity.errors import RuleError, UsageError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.quotas import commercial_share
from hrintegrity.rules.recommendation import Candidate, Finding, Verdict, judge


@dataclass(frozen=True)
class RelaxationView:
    """That the half was relaxed for a district: when, why, and by whom it was recorded."""

    id: str
    date: dt.date
    reason: str
    by: str


@dataclass(frozen=True)
class DistrictCheck:
    """A district's list against annex 2; the keys of docs/contract.md first."""

    district: str
    district_name: str
    quota: int
    recommended: int
    remaining: int
    commercial: int
    commercial_share: float | None
    relaxed: bool
    ok: bool
    problems: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    relaxations: tuple[RelaxationView, ...]
    submitted: int
    year: int


@dataclass(frozen=True)
class Total:
    """The whole city's figures."""

    quota: int
    recommended: int
    remaining: int
    commercial: int
    commercial_share: float | None
    ok: bool


@dataclass(frozen=True)
class Check:
    """The districts that this archive knows, and the city's total where it knows all of them."""

    districts: tuple[DistrictCheck, ...]
    total: Total | None

    @property
    def ok(self) -> bool:
        """Whether no list has a problem."""
        return all(one.ok for one in self.districts)


def check(archive: Archive, district: str, year: int | None) -> DistrictCheck:
    """Return how a district's list stands. Raises LookupFailedError `quotas-missing`."""
    year = offices.campaign(archive, year).year
    offices.scope(archive, district)
    return of_entries(archive, district, year, entries(archive, year, district))


def check_all(archive: Archive, year: int | None) -> Check:
    """Return how the lists stand: all eighteen in the city's archive, else the district's own.

    A district's archive does not know the others' lists, and so no total.
    """
    year = offices.campaign(archive, year).year
    own = offices.scope(archive, None)
    if own is not None:
        return Check((check(archive, own, year),), None)
    by_district: dict[str, list[Entry]] = {code: [] for code in BY_CODE}
    for entry in entries(archive, year):
        by_district[entry.row.district].append(entry)
    found = tuple(of_entries(archive, code, year, mine) for code, mine in by_district.items())
    return Check(found, _total(quotas.in_use(archive, year).total, found))


def of_entries(archive: Archive, district: str, year: int, mine: Sequence[Entry]) -> DistrictCheck:
    """Return how a list of these recommendations stands."""
    relaxations = relaxations_of(archive, district, year)
    verdict = judge(
        district,
        quotas.in_use(archive, year).quotas[district],
        [entry.as_listed() for entry in mine],
        year=year,
        relaxed=bool(relaxations),
        not_listed=_could_go_first(archive, district, year),
    )
    submitted = sum(entry.row.submission_id is not None for entry in mine)
    return _view(district, verdict, relaxations, submitted, year)


def relax(
    archive: Archive, district: str | None, *, year: int | None, reason: str, today: dt.date
) -> DistrictCheck:
    """Record that the half is relaxed for a district with few commercial agencies (附件2 备注).

    Return how its list stands then. A district's archive relaxes its own; the city names which,
    else UsageError `wrong-usage`. Said again with the same reason, it stands as it was. Raises
    RuleError `share-not-asked` where the half is not asked for.
    """
    year = offices.campaign(archive, year).year
    district = offices.scope(archive, district)
    if district is None:
        raise UsageError(
            "wrong-usage",
            "--relax 要写明区县。",
            "例如 hri recommend check-quota 怀柔区 --relax …",
        )
    share = commercial_share(year)
    if district in share.exempt:
        raise RuleError(
            "share-not-asked",
            f"{BY_CODE[district].name}不受经营性机构比例限制，没有可放宽的。",
            "比例只对各区县的推荐单位。",
            clause=share.clause,
        )
    before = relaxations_of(archive, district, year)
    if not before or before[-1].reason != reason:
        row = Relaxation(district=district, year=year, date=today, reason=reason)
        writer.insert(archive, row)
    return check(archive, district, year)


def relaxations_of(archive: Archive, district: str, year: int) -> tuple[RelaxationView, ...]:
    """Return a district's relaxations in the order in which they were recorded."""
    query = (
        select(Relaxation, JournalEntry.operator)
        .join(JournalEntry, col(JournalEntry.record) == Relaxation.id, isouter=True)
        .where(Relaxation.district == district, Relaxation.year == year)
        .order_by(Relaxation.id, col(JournalEntry.id))
    )
    found: dict[str, RelaxationView] = {}
    for row, operator in archive.session.exec(query):
        # The first entry of a record tells who wrote it.
        found.setdefault(row.id, RelaxationView(row.id, row.date, row.reason, operator or ""))
    return tuple(found.values())


def _could_go_first(archive: Archive, district: str, year: int) -> Iterator[Candidate]:
    """Look up the eligible agencies with priority that nobody recommended, if anyone asks."""
    listed = select(Recommendation.agency_id).where(Recommendation.year == year)
    outstanding = select(Outstanding.agency_id).where(Outstanding.year == year)
    agencies = archive.session.exec(
        select(Agency)
        .where(Agency.district == district, Agency.status == "active")
        .where(col(Agency.grade).is_not(None) | col(Agency.id).in_(outstanding))
        .where(col(Agency.id).not_in(listed))
    ).all()
    known = candidates.facts(archive, year, agencies)
    by_standard = candidates.Judge(archive, year)
    yield from (found for found in known.values() if not by_standard.reasons(found))


def _view(
    district: str,
    verdict: Verdict,
    relaxations: tuple[RelaxationView, ...],
    submitted: int,
    year: int,
) -> DistrictCheck:
    return DistrictCheck(
        district=district,
        district_name=BY_CODE[district].name,
        quota=verdict.quota,
        recommended=verdict.recommended,
        remaining=verdict.remaining,
        commercial=verdict.commercial,
        commercial_share=None
        if verdict.commercial_share is None
        else float(verdict.commercial_share),
        relaxed=verdict.relaxed,
        ok=verdict.ok,
        problems=verdict.problems,
        warnings=verdict.warnings,
        relaxations=relaxations,
        submitted=submitted,
        year=year,
    )


def _total(quota: int, districts: Sequence[DistrictCheck]) -> Total:
    recommended = sum(one.recommended for one in districts)
    commercial = sum(one.commercial for one in districts)
    return Total(
        quota=quota,
        recommended=recommended,
        remaining=quota - recommended,
        commercial=commercial,
        commercial_share=float(Fraction(commercial, recommended)) if recommended else None,
        ok=all(one.ok for one in districts),
    )
