"""Who is meant by an agency, a name and perhaps a certificate, among those on record.

A certificate says who it is, wherever they work. Without one a person is known by agency and name,
so a row with a certificate and an entry without one, or the other way round, are taken for the
same person: two entries for one person would spoil the rates, and a refusal tells of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.people import Employment, Practitioner, StaffEducation


class Wanted(NamedTuple):
    """Whom a row means."""

    agency_id: str
    name_key: str
    certificate: str | None


class Job(NamedTuple):
    """Work at an agency; `closed` is the day on which the agency ceased, if it did."""

    id: str
    agency_id: str
    agency: str
    name_key: str
    since: dt.date
    left: dt.date | None
    salt: str | None
    closed: dt.date | None

    @property
    def is_open(self) -> bool:
        """Whether the person still works there."""
        return self.left is None


@dataclass
class Person:
    """A practitioner on record, with the work that was looked at."""

    id: str
    name: str
    certificate: str | None
    pledged: dt.date | None
    salt: str | None
    jobs: list[Job] = field(default_factory=list)

    def open_at(self, agency_id: str) -> Job | None:
        """Return the work at an agency that has not ended."""
        return next((j for j in self.jobs if j.agency_id == agency_id and j.is_open), None)

    def last_at(self, agency_id: str) -> Job | None:
        """Return the last work at an agency, ended or not."""
        there = [job for job in self.jobs if job.agency_id == agency_id]
        return max(there, key=lambda job: (job.is_open, job.left or job.since), default=None)

    def row(self) -> Practitioner:
        """Return the record."""
        return Practitioner(
            id=self.id,
            name=self.name,
            certificate=self.certificate,
            pledged=self.pledged,
            salt=self.salt,
        )


@dataclass(frozen=True)
class Match:
    """Who was found: nobody, a person who works here, one who returns, or one who moves here.

    `refusal` says in Chinese why nobody can be entered, `code` and `hint` what goes with it.
    """

    person: Person | None = None
    here: bool = False
    returns: bool = False
    refusal: str | None = None
    code: str = ""
    hint: str = ""


NOBODY = Match()
Fresh = Callable[[Person], bool]


def find(
    archive: Archive,
    wanted: Sequence[Wanted],
    *,
    by_name: bool = True,
    fresh: Fresh = lambda _: False,
) -> dict[Wanted, Match]:
    """Return whom each of these means.

    `fresh` tells who was entered by the import that asks: its rows are of different people.
    """
    certificates = sorted({one.certificate for one in wanted if one.certificate})
    holders: dict[str, list[Person]] = {}
    for person in _holding(archive, certificates):
        holders.setdefault(str(person.certificate), []).append(person)
    named = _named(archive, wanted) if by_name else {}
    found = {}
    for one in wanted:
        held = holders.get(one.certificate or "", [])
        here = named.get((one.agency_id, one.name_key), [])
        found[one] = _of_certificate(one, held) if held else _of_name(one, here, fresh)
    return found


def educated(archive: Archive, people: Sequence[str]) -> set[tuple[str, str]]:
    """Return on which days these people were educated: pairs of identity and ISO day."""
    if not people:
        return set()
    query = select(col(StaffEducation.practitioner_id), col(StaffEducation.date))
    rows = archive.connection.execute(query.where(col(StaffEducation.practitioner_id).in_(people)))
    return {(person, day.isoformat()) for person, day in rows}


def _of_certificate(wanted: Wanted, holders: list[Person]) -> Match:
    person = next((p for p in holders if p.open_at(wanted.agency_id)), holders[0])
    keys = {job.name_key for job in person.jobs}
    if keys and wanted.name_key not in keys:
        return Match(
            refusal=f"资格证号 {wanted.certificate} 已登记在{person.name}名下",
            code="certificate-taken",
            hint="请核对证书；姓名有误的，先用 hri agency staff edit "
            f"{person.id} --name 姓名 更正。",
        )
    if person.open_at(wanted.agency_id):
        return Match(person, here=True)
    elsewhere = next((job for job in person.jobs if job.is_open and job.closed is None), None)
    if elsewhere is not None:
        return Match(
            refusal=f"{person.name}（{wanted.certificate}）仍在{elsewhere.agency}任职",
            code="still-employed",
            hint=f"已离开的，先用 hri agency staff leave {person.id} 登记；"
            "直接调来的，用 hri agency staff move。",
        )
    return Match(person, returns=person.last_at(wanted.agency_id) is not None)


def _of_name(wanted: Wanted, here: list[Person], fresh: Fresh) -> Match:
    """Match by agency and name: who is there first, exactly before nearly."""
    if not here:
        return NOBODY
    for is_open in (True, False):
        there = [p for p in here if (p.open_at(wanted.agency_id) is not None) is is_open]
        bare = [p for p in there if p.certificate is None]
        if wanted.certificate is None:
            near = bare or [p for p in there if not fresh(p)]
        else:
            near = [p for p in bare if is_open and not fresh(p)]
        if len(near) == 1:
            return Match(near[0], here=is_open, returns=not is_open)
        if near and is_open:
            return Match(
                refusal=f"本机构有 {len(near)} 位{near[0].name}，分不清是哪一位",
                code="staff-ambiguous",
                hint="请写明资格证号；没有的，用 hri agency staff edit 逐人更正。",
            )
    return NOBODY


def _holding(archive: Archive, certificates: Sequence[str]) -> list[Person]:
    """Return who holds these certificates, with all their work."""
    # Mostly a row is about somebody new, and SQLAlchemy takes longer to say so than the database.
    held = among(archive, "SELECT id FROM practitioner WHERE certificate IN", certificates)
    ids = [identity for (identity,) in held]
    if not ids:
        return []
    people = archive.connection.execute(_PEOPLE.where(col(Practitioner.id).in_(ids)))
    found = {row[0]: Person(*row) for row in people}
    if found:
        jobs = archive.connection.execute(_JOBS.where(col(Employment.practitioner_id).in_(found)))
        _give_jobs(archive, found, jobs.all())
    return list(found.values())


def _named(archive: Archive, wanted: Iterable[Wanted]) -> dict[tuple[str, str], list[Person]]:
    """Return who works or worked at an agency under a name, with that work only.

    Whoever has a certificate is looked at only for a row without one that means nobody else there.
    """
    found = _at_agencies(archive, {(one.agency_id, one.name_key) for one in wanted}, "IS NULL")
    rest = {
        (one.agency_id, one.name_key)
        for one in wanted
        if one.certificate is None
        and not any(
            person.open_at(one.agency_id) for person in found.get((one.agency_id, one.name_key), ())
        )
    }
    for key, people in _at_agencies(archive, rest, "IS NOT NULL").items():
        found.setdefault(key, []).extend(people)
    return found


def _at_agencies(
    archive: Archive, keys: set[tuple[str, str]], certified: str
) -> dict[tuple[str, str], list[Person]]:
    """Return people by agency and name; `certified` is SQL, whether they have a certificate."""
    if not keys:
        return {}
    # Joined, since SQLite finds no index for a list of pairs.
    pairs = ", ".join([f"({archive.marks(2)})"] * len(keys))
    there = (
        f"WITH wanted (agency_id, name_key) AS (VALUES {pairs}) SELECT employment.id FROM wanted"
        " JOIN employment USING (agency_id, name_key)"
        f" WHERE employment.certificate {certified}"
    )
    values = tuple(chain.from_iterable(sorted(keys)))
    works = archive.connection.exec_driver_sql(there, values).scalars().all()
    if not works:
        return {}
    jobs = archive.connection.execute(_JOBS.where(col(Employment.id).in_(works))).all()
    ids = {job.practitioner_id for job in jobs}
    people = archive.connection.execute(_PEOPLE.where(col(Practitioner.id).in_(ids)))
    persons = {row[0]: Person(*row) for row in people}
    _give_jobs(archive, persons, jobs)
    found: dict[tuple[str, str], list[Person]] = {}
    for person in persons.values():
        for key in {(job.agency_id, job.name_key) for job in person.jobs}:
            found.setdefault(key, []).append(person)
    return found


def _give_jobs(archive: Archive, people: Mapping[str, Person], jobs: Iterable[Any]) -> None:
    agencies = select(col(Agency.id), col(Agency.name), col(Agency.closed)).where(
        col(Agency.id).in_({job.agency_id for job in jobs})
    )
    rows = archive.connection.execute(agencies)
    known = {identity: (name, closed) for identity, name, closed in rows}
    for job in jobs:
        name, closed = known[job.agency_id]
        people[job.practitioner_id].jobs.append(
            Job(
                id=job.id,
                agency_id=job.agency_id,
                agency=name,
                name_key=job.name_key,
                since=job.since,
                left=job.left,
                salt=job.salt,
                closed=closed,
            )
        )


_PEOPLE = select(
    col(Practitioner.id),
    col(Practitioner.name),
    col(Practitioner.certificate),
    col(Practitioner.pledged),
    col(Practitioner.salt),
).order_by(col(Practitioner.id))
# One table a statement: joined, SQLite might begin with the one that has a million rows.
_JOBS = select(
    col(Employment.id),
    col(Employment.practitioner_id),
    col(Employment.agency_id),
    col(Employment.name_key),
    col(Employment.since),
    col(Employment.left),
    col(Employment.salt),
)
