"""Practitioners on record (三(三) 二): who is meant by an id, where they work, lists of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.chunking import AT_ONCE
from hrintegrity.duties import agencies, agency_texts, ownership
from hrintegrity.duties.entering import of_id, own_agency, words, words_if_any
from hrintegrity.packing import Packed
from hrintegrity.sheets.content import clean_line
from hrintegrity.text import joined, squeeze

CLAUSE = "三(三) 二"
WHERE = "hri agency staff list"


@dataclass(frozen=True)
class StaffView:
    """A practitioner at an agency; `id` is the person's, `employment` that of the work there.

    `name` is None where it was erased, on the day `erased`.
    """

    id: str
    name: str | None
    certificate: str | None
    pledged: dt.date | None
    code: str
    agency: str
    since: dt.date
    left: dt.date | None
    employment: str
    erased: dt.date | None


def checked_name(text: str) -> str:
    """Return a person's name. Raises InputError `text-refused`."""
    # A mark for nothing is no name: what is left of it is refused as empty.
    kept = clean_line(words(words_if_any(text, "姓名"), "姓名"))
    return " ".join(joined(words(kept, "姓名")).split())


def checked_certificate(text: str | None) -> str | None:
    """Return a certificate's number as it is compared, or None. Raises InputError."""
    return squeeze(clean_line(words_if_any(text, "资格证号") or "")) or None


def listing(
    archive: Archive,
    text: str | None = None,
    *,
    name: str | None = None,
    certificate: str | None = None,
    district: str | None = None,
    unsigned: bool = False,
    left: bool = False,
) -> Packed[StaffView]:
    """Return practitioners by agency and name, of one agency or of all.

    `name` is a part of one, `certificate` the whole number; `unsigned` are those without a pledge
    of their own; those who have left come only with `left`.
    """
    query = (
        select(Practitioner, Agency, Employment)
        .join(Employment, col(Employment.practitioner_id) == Practitioner.id)
        .join(Agency, col(Agency.id) == Employment.agency_id)
        .order_by(Agency.code, Employment.name_key, col(Employment.since), Employment.id)
    )
    if text is not None:
        query = query.where(Employment.agency_id == agencies.find(archive, text).id)
    district = ownership.scope(archive, district)
    if district is not None:
        query = query.where(Agency.district == district)
    if name is not None:
        part = agency_texts.name_key(checked_name(name))
        query = query.where(col(Employment.name_key).contains(part, autoescape=True))
    if certificate is not None:
        query = query.where(Practitioner.certificate == checked_certificate(certificate))
    if unsigned:
        query = query.where(col(Practitioner.pledged).is_(None))
    if not left:
        query = query.where(col(Employment.left).is_(None))
    found = archive.session.exec(query.execution_options(yield_per=AT_ONCE))
    return Packed(view(*one) for one in found)


def view(person: Practitioner, agency: Agency, job: Employment) -> StaffView:
    """Return a practitioner at an agency as scripts see it."""
    return StaffView(
        id=person.id,
        name=person.name or None,
        certificate=person.certificate,
        pledged=person.pledged,
        code=agency.code,
        agency=agency.name,
        since=job.since,
        left=job.left,
        employment=job.id,
        erased=person.erased,
    )


def person_of(archive: Archive, identity: str) -> Practitioner:
    """Return a practitioner whose agency is ours. Raises RuleError `not-ours`."""
    person = of_id(archive, Practitioner, identity, "从业人员", WHERE)
    job = current_job(archive, person) or last_job(archive, person)
    if job is not None:
        own_agency(archive, job.agency_id)
    return person


def current_job(archive: Archive, person: Practitioner) -> Employment | None:
    """Return where a practitioner works now."""
    return archive.session.exec(
        select(Employment)
        .where(Employment.practitioner_id == person.id, col(Employment.left).is_(None))
        .order_by(col(Employment.since).desc(), col(Employment.id).desc())
    ).first()


def last_job(archive: Archive, person: Practitioner) -> Employment | None:
    """Return where a practitioner worked last."""
    return archive.session.exec(
        select(Employment)
        .where(Employment.practitioner_id == person.id)
        .order_by(col(Employment.left).desc().nulls_last(), col(Employment.id).desc())
    ).first()
