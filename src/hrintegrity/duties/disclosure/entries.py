"""The public entry of each agency: made of the allow-list's columns alone.

Nothing is read that may not be published, but for the names that grounds must not say (see
`grounds`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import false, func, select
from sqlmodel import col

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.compliance import Review
from hrintegrity.archive.tables.measures import Sanction
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agency_views, offices
from hrintegrity.duties.agency_texts import former_names
from hrintegrity.duties.disclosure.grounds import Grounds
from hrintegrity.duties.hotlines import lines_in_use
from hrintegrity.notice.disclosure import public_until
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.hotlines import DistrictHotlines, HotlineAnnex, hotline_annex
from hrintegrity.notice.words import MEASURE
from hrintegrity.rules.titles import title_state

_COLUMNS = (
    "id", "code", "name", "district", "location", "kind", "license", "license_from",
    "license_until", "grade", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something published about an agency; a withdrawal is shown, not hidden.

    `detail` is an exposure's grounds, the year of a deferred review, or a title's year; a withdrawn
    exposure has none. `until` is the last day of publication. `altered` says that people or numbers
    in the grounds were replaced.
    """

    kind: str
    date: dt.date
    detail: str | None
    withdrawn: dt.date | None
    altered: bool = False
    until: dt.date | None = None


@dataclass(frozen=True)
class Entry:
    """What the public may know of one agency; an item that is not published is None or empty.

    `title` is `current`, `reported` or `revoked`, `title_year` the year for which it was awarded,
    `title_until` the last day on which a lost one is published. A licence state of `deferred` is
    published until `licence_until`; after that it reads `licence_otherwise`.
    """

    code: str
    name: str
    district: str
    district_name: str
    former_names: tuple[str, ...]
    kind: str | None
    license: str | None
    licence_state: str | None
    grade: str | None
    title: str | None
    events: tuple[Event, ...]
    market: tuple[str, ...]
    labour: tuple[str, ...]
    id: str
    title_year: int | None
    title_until: dt.date | None = None
    licence_until: dt.date | None = None
    licence_otherwise: str | None = None


def entries(
    archive: Archive,
    allowed: Collection[str],
    *,
    today: dt.date,
    district: str | None = None,
) -> Iterator[Entry]:
    """Yield the public entries, by district in the annex's order, then by code."""
    facts = _Facts(archive, allowed, today)
    own = offices.scope(archive, district)
    table = Agency.__table__.c  # type: ignore[attr-defined]  # SQLModel sets it.
    columns = [table[name] for name in _COLUMNS]
    for code in BY_CODE if own is None else (own,):
        query = select(*columns).where(table.district == code).order_by(table.code)
        for row in archive.connection.execute(query):
            yield facts.entry(row)


class _Title(NamedTuple):
    state: str | None = None
    year: int | None = None
    until: dt.date | None = None


class _Licence(NamedTuple):
    state: str
    until: dt.date | None = None
    otherwise: str | None = None


class _Facts:
    """Everything published beside the register itself, by agency."""

    def __init__(self, archive: Archive, allowed: Collection[str], today: dt.date) -> None:
        self.allowed = allowed
        self.today = today
        self.former = agency_views.names_before(archive) if "former_names" in allowed else {}
        self.events: dict[str, list[Event]] = {}
        self.deferred = _deferred(archive)
        self.cancelled = agency_views.cancellations(archive)
        self.titles: dict[str, _Title] = {}
        self._take_sanctions(archive)
        self._take_units(archive)
        self.lines = lines_in_use(archive, today).by_district
        self.annex = hotline_annex(today)

    def entry(self, row: Any) -> Entry:
        def shown(item: str, value: Any) -> Any:
            return value if item in self.allowed else None

        place = row.location if row.district == offices.CITY else row.district
        lines = self.lines.get(place or "") if "hotline" in self.allowed else None
        title = self.titles.get(row.id, _Title())
        licence = self._licence(row)
        return Entry(
            code=row.code,
            name=row.name,
            district=row.district,
            district_name=BY_CODE[row.district].name,
            former_names=former_names(self.former.get(row.id, ()), row.name),
            kind=shown("kind", row.kind),
            license=shown("license", row.license),
            licence_state=shown("licence_state", licence.state),
            grade=shown("grade", row.grade),
            title=shown("title", title.state),
            events=tuple(sorted(self.events.get(row.id, ()), key=lambda event: event.date)),
            market=_numbers(lines, "market", self.annex),
            labour=_numbers(lines, "labour", self.annex),
            id=row.id,
            title_year=shown("title", title.year),
            title_until=shown("title", title.until),
            licence_until=shown("licence_state", licence.until),
            licence_otherwise=shown("licence_state", licence.otherwise),
        )

    def _licence(self, row: Any) -> _Licence:
        state = agency_views.state_of(row, self.cancelled.get(row.id), self.today)
        if state != "cancelled" and row.status == "closed":
            return _Licence("closed")
        if state not in ("valid", "none") or row.id not in self.deferred:
            return _Licence(state)
        until = self.deferred[row.id]
        if until is not None and until < self.today:
            return _Licence(state)
        return _Licence("deferred", until, state)

    def _take_sanctions(self, archive: Archive) -> None:
        """Take the published sanctions on agencies; those on practitioners stay out."""
        query = select(
            col(Sanction.agency_id),
            col(Sanction.kind),
            col(Sanction.date),
            col(Sanction.grounds),
            col(Sanction.review_year),
            col(Sanction.withdrawn),
            col(Sanction.serious),
            func.coalesce(col(Sanction.decided_by), col(Sanction.district)),
            col(IssuedPaper.reference),
        )
        query = query.outerjoin(IssuedPaper, col(IssuedPaper.subject_id) == col(Sanction.id))
        query = query.where(
            col(Sanction.practitioner_id).is_(None), col(Sanction.kind).in_(MEASURE)
        )
        known = Grounds(archive) if "exposure" in self.allowed else None
        bodies = _Bodies(archive)
        found = archive.connection.execute(query)
        for agency, kind, date, grounds, year, withdrawn, serious, decided_by, number in found:
            if kind not in self.allowed:
                continue
            until = public_until(kind, date, serious=serious)
            if known is None or kind != "exposure":
                about = f"{year}年度" if year else None
                self._add(agency, Event(kind, date, about, withdrawn, until=until))
            elif withdrawn is not None:
                # That it was and was withdrawn is told; what was said of the agency is not.
                self._add(agency, Event(kind, date, None, withdrawn, until=until))
            else:
                said = known.published(agency, grounds)
                altered = said != grounds
                said += f"（{bodies.name(decided_by)}{number or ''}）"
                self._add(agency, Event(kind, date, said, None, altered=altered, until=until))

    def _take_units(self, archive: Archive) -> None:
        """Take the titles; of a lost one nothing is left after its last day of publication."""
        by_city = offices.is_city(archive)
        query = select(
            col(Unit.agency_id),
            col(Unit.year),
            col(Unit.awarded),
            col(Unit.revoked),
            col(Unit.confirmed),
        ).order_by(col(Unit.awarded), col(Unit.id))
        for agency, year, awarded, revoked, confirmed in archive.connection.execute(query):
            until = None if revoked is None else public_until("title-lost", revoked)
            if until is not None and until < self.today:
                self.titles.pop(agency, None)
                continue
            state = title_state(revoked, None, by_city=by_city or confirmed is not None)
            self.titles[agency] = _Title(state, year, until)
            if "title" in self.allowed:
                about = f"{year}年"
                self._add(agency, Event("title", awarded, about, None, until=until))
                if revoked is not None:
                    lost = "title-lost" if state == "revoked" else "title-reported"
                    self._add(agency, Event(lost, revoked, about, None, until=until))

    def _add(self, agency: str, event: Event) -> None:
        if event.until is not None and event.until < self.today:
            return
        self.events.setdefault(agency, []).append(event)


class _Bodies:
    """The names of the bodies that decided, each looked up once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names: dict[str, str] = {}

    def name(self, district: str) -> str:
        """Return the name of a district's office."""
        if district not in self._names:
            self._names[district] = offices.office_of(self._archive, district).name
        return self._names[district]


def _deferred(archive: Archive) -> dict[str, dt.date | None]:
    """Return the agencies whose last review was deferred, with the last day that it is published.

    A review that no sanction wrote counts as an ordinary case of its own day.
    """
    query = (
        select(
            col(Review.agency_id),
            col(Review.result),
            func.coalesce(col(Sanction.date), col(Review.date)),
            func.coalesce(col(Sanction.serious), false()),
        )
        .outerjoin(Sanction, col(Sanction.id) == col(Review.sanction_id))
        .order_by(col(Review.year), col(Review.date), col(Review.id))
    )
    last: dict[str, tuple[str, dt.date, bool]] = {}
    for agency, result, date, serious in archive.connection.execute(query):
        last[agency] = (result, date, bool(serious))
    return {
        agency: public_until("defer-review", date, serious=serious)
        for agency, (result, date, serious) in last.items()
        if result == "deferred"
    }


def _numbers(
    lines: DistrictHotlines | None, department: str, annex: HotlineAnnex
) -> tuple[str, ...]:
    """Return the numbers of a department as they are dialled from anywhere."""
    if lines is None:
        return ()
    return tuple(
        f"{annex.dialled(line)}（{line.trade}）" if line.trade else annex.dialled(line)
        for line in getattr(lines, department)
    )
