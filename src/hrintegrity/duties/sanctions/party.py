"""Whom a sanction is about: an agency, or one of its practitioners."""

from __future__ import annotations

import datetime as dt

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties.identities import ambiguous, matches, where_to_find
from hrintegrity.errors import LookupFailedError


def practitioner(
    archive: Archive, agency: Agency, identity: str | None, date: dt.date
) -> tuple[Practitioner | None, list[str]]:
    """Return one of an agency's practitioners, where one is meant, and what looks odd about it.

    Raises LookupFailedError `staff-missing` or `id-ambiguous`.
    """
    if identity is None:
        return None, []
    query = (
        select(Practitioner, Employment)
        .join(Employment, col(Employment.practitioner_id) == Practitioner.id)
        .where(Employment.agency_id == agency.id, matches(Practitioner.id, identity))
        .order_by(col(Employment.since).desc(), col(Employment.id).desc())
    )
    found = archive.session.exec(query).all()
    if not found:
        raise LookupFailedError(
            "staff-missing",
            f"{agency.name}没有这名从业人员：{identity}",
            where_to_find(identity, f"hri agency staff list {agency.code}"),
        )
    if len({person.id for person, _ in found}) > 1:
        raise ambiguous(identity)
    person, employment = found[0]
    warnings = []
    if employment.left is not None and employment.left <= date:
        warnings.append(f"{person.name}已于 {employment.left} 离开{agency.name}，请核对。")
    return person, warnings


def person_of(archive: Archive, identity: str | None) -> Practitioner | None:
    """Return the practitioner of a record, where it is about one."""
    return None if identity is None else archive.session.get_one(Practitioner, identity)


def agency_of(archive: Archive, identity: str) -> Agency:
    """Return the agency of a record."""
    return archive.session.get_one(Agency, identity)
