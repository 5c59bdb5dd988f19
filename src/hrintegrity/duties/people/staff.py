"""Practitioners (三(三) 二): where they work, and their own pledge, which moves with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties import agencies, agency_texts
from hrintegrity.duties.entering import odd_day, of_id, own_agency
from hrintegrity.duties.people import matching
from hrintegrity.duties.people.register import (
    CLAUSE,
    WHERE,
    StaffView,
    checked_certificate,
    checked_name,
    current_job,
    last_job,
    person_of,
    view,
)
from hrintegrity.errors import LookupFailedError, RuleError


@dataclass(frozen=True)
class Entered:
    """A practitioner, and what has to be said about the entry."""

    staff: StaffView
    warnings: tuple[str, ...]


def add(
    archive: Archive,
    text: str,
    *,
    name: str,
    certificate: str | None,
    pledged: dt.date | None,
    since: dt.date,
    namesake: bool = False,
) -> Entered:
    """Enter a practitioner at an agency; whoever holds the certificate and has left moves here.

    Without a certificate a person is known by agency and name; `namesake` says that this is
    another one of that name. Raises LookupFailedError `staff-exists`, RuleError `still-employed`
    or `certificate-taken`.
    """
    agency = agencies.find(archive, text)
    name, certificate = checked_name(name), checked_certificate(certificate)
    wanted = matching.Wanted(agency.id, agency_texts.name_key(name), certificate)
    match = matching.find(archive, [wanted], by_name=not namesake)[wanted]
    if match.refusal is not None:
        raise RuleError(match.code, match.refusal, match.hint, clause=CLAUSE)
    if match.person is None:
        person = writer.insert(
            archive, Practitioner(name=name, certificate=certificate, pledged=pledged)
        )
        return _employ(archive, person, agency, since, ())
    if match.here:
        raise _exists(agency, name, certificate, match.person)
    person = of_id(archive, Practitioner, match.person.id, "从业人员", WHERE)
    _leave_closed(archive, match.person)
    warnings = _keep_pledge(archive, person, pledged)
    if match.returns:
        warnings += (f"{name}曾在{agency.name}任职，这次登记为再次到岗。",)
    return _employ(archive, person, agency, since, warnings)


def move(archive: Archive, identity: str, text: str, *, date: dt.date) -> Entered:
    """Move a practitioner to another agency on a day; the pledge is theirs and stays."""
    person = person_of(archive, identity)
    agency = agencies.find(archive, text)
    job = current_job(archive, person)
    if job is not None:
        if job.agency_id == agency.id:
            raise LookupFailedError(
                "staff-exists", f"{person.name}已在{agency.name}任职。", "无需再次登记。"
            )
        writer.update(archive, job, left=date)
    return _employ(archive, person, agency, date, ())


def leave(archive: Archive, identity: str, *, date: dt.date) -> Entered:
    """Record that a practitioner left the agency. Raises RuleError `already-left`."""
    person = person_of(archive, identity)
    job = current_job(archive, person)
    if job is None:
        last = last_job(archive, person)
        raise RuleError(
            "already-left",
            f"{person.name}已于 {last.left if last else '—'} 离开。",
            "误登离开的，用 hri agency staff add 重新登记；日期不对的，用 staff edit --left 更正。",
        )
    writer.update(archive, job, left=date)
    warnings: tuple[str, ...] = ()
    if date < job.since:
        warnings = (f"离开日期 {date} 早于到岗日期 {job.since}，请核对。",)
    return Entered(view(person, own_agency(archive, job.agency_id), job), warnings)


def edit(
    archive: Archive,
    identity: str,
    *,
    name: str | None = None,
    certificate: str | None = None,
    pledged: dt.date | str | None = None,
    since: dt.date | None = None,
    left: dt.date | str | None = None,
    reason: str | None = None,
) -> Entered:
    """Correct a practitioner's entry; an empty text clears a field.

    `since` and `left` are those of the present work, or of the last. Raises RuleError
    `nothing-changed` or `certificate-taken`.
    """
    person = person_of(archive, identity)
    job = current_job(archive, person) or last_job(archive, person)
    if job is None:
        raise AssertionError(f"practitioner {person.id} works nowhere")
    of_person: dict[str, Any] = {}
    of_job: dict[str, Any] = {}
    if name is not None:
        of_person["name"] = checked_name(name)
    if certificate is not None:
        of_person["certificate"] = checked_certificate(certificate)
        _refuse_taken(archive, person, of_person["certificate"])
    if pledged is not None:
        of_person["pledged"] = pledged or None
    if since is not None:
        of_job["since"] = since
    if left is not None:
        of_job["left"] = left or None
    changed = writer.update(archive, person, of_person, reason=reason)
    _follow_jobs(archive, person, reason)
    changed = writer.update(archive, job, of_job, reason=reason) or changed
    if not changed:
        raise RuleError("nothing-changed", f"{person.name}没有要改的内容。", "请给出新的值。")
    return Entered(view(person, own_agency(archive, job.agency_id), job), ())


def _employ(
    archive: Archive,
    person: Practitioner,
    agency: Agency,
    since: dt.date,
    warnings: tuple[str, ...],
) -> Entered:
    job = writer.insert(
        archive,
        Employment(
            practitioner_id=person.id,
            agency_id=agency.id,
            name_key=agency_texts.name_key(person.name),
            certificate=person.certificate,
            since=since,
        ),
    )
    warnings += odd_day(agency, since, what="到岗日期")
    return Entered(view(person, agency, job), warnings)


def _keep_pledge(
    archive: Archive, person: Practitioner, pledged: dt.date | None
) -> tuple[str, ...]:
    """Fill in the day of a pledge that was not known; one that is known stays, with a word."""
    if pledged is None or pledged == person.pledged:
        return ()
    if person.pledged is None:
        writer.update(archive, person, pledged=pledged)
        return ()
    return (
        f"{person.name}已于 {person.pledged} 签署承诺书，承诺随人走，没有改为 {pledged}；"
        "要改，用 hri agency staff edit。",
    )


def _leave_closed(archive: Archive, person: matching.Person) -> None:
    """End the work at an agency that closed without saying so of its people."""
    for job in person.jobs:
        if job.left is None and job.closed is not None:
            row = of_id(archive, Employment, job.id, "任职", WHERE)
            writer.update(archive, row, left=job.closed, reason="所在机构已终止")


def _exists(
    agency: Agency, name: str, certificate: str | None, person: matching.Person
) -> LookupFailedError:
    if certificate == person.certificate and certificate is not None:
        message = f"{name}（{certificate}）已在{agency.name}登记。"
        hint = f"要改动，请用 hri agency staff edit {person.id}。"
    else:
        held = f"资格证号 {person.certificate}" if person.certificate else "没有资格证号"
        message = f"{agency.name}已有一位{name}（{held}）。"
        hint = (
            f"是同一人的，用 hri agency staff edit {person.id} 更正；"
            "是同名的另一人的，加 --namesake。"
        )
    return LookupFailedError("staff-exists", message, hint)


def _follow_jobs(archive: Archive, person: Practitioner, reason: str | None) -> None:
    """Keep name and certificate at the person's work as they are at the person."""
    key = agency_texts.name_key(person.name)
    query = select(Employment).where(Employment.practitioner_id == person.id)
    for job in archive.session.exec(query).all():
        writer.update(archive, job, name_key=key, certificate=person.certificate, reason=reason)


def _refuse_taken(archive: Archive, person: Practitioner, certificate: str | None) -> None:
    if certificate is None:
        return
    other = archive.session.exec(
        select(Practitioner).where(
            Practitioner.certificate == certificate, Practitioner.id != person.id
        )
    ).first()
    if other is not None:
        raise RuleError(
            "certificate-taken",
            f"资格证号 {certificate} 已登记在{other.name}名下。",
            "请核对证书；误登的，先更正或撤去那一条。",
            clause=CLAUSE,
        )
