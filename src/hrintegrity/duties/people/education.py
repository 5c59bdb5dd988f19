"""Integrity education in the qualification training of practitioners (三(三) 二)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.people import Employment, Practitioner, StaffEducation
from hrintegrity.duties import agencies
from hrintegrity.duties.entering import own_agency, words_if_any
from hrintegrity.duties.people.register import CLAUSE, current_job, last_job, person_of
from hrintegrity.errors import LookupFailedError, RuleError, UsageError


@dataclass(frozen=True)
class EducationView:
    """That a practitioner was educated on a day; `staff` is the person's id."""

    id: str
    staff: str
    name: str | None
    code: str
    agency: str
    date: dt.date
    title: str | None


def educate(
    archive: Archive,
    identities: Sequence[str],
    *,
    date: dt.date,
    everyone_at: str | None = None,
    title: str | None = None,
) -> tuple[list[EducationView], tuple[str, ...]]:
    """Record the education of practitioners, or of all who work at an agency.

    Of all, those who are on record with that day are passed over. Raises UsageError
    `staff-missing` where nobody is meant, LookupFailedError `education-exists`, RuleError
    `nobody-there`.
    """
    if bool(identities) == (everyone_at is not None):
        raise UsageError(
            "staff-missing", "没有说是哪些人。", "请给出人员编号，或用 --all 机构；两样只用一样。"
        )
    if everyone_at is not None:
        found = _working_at(archive, agencies.find(archive, everyone_at))
    else:
        found = [_at_work(archive, person_of(archive, text)) for text in dict.fromkeys(identities)]
    title = words_if_any(title, "培训名称")
    have = _educated(archive, [person.id for person, _, _ in found], date)
    new = [one for one in found if one[0].id not in have]
    if not new:
        raise LookupFailedError(
            "education-exists", f"{date} 的诚信教育都已登记，未改动。", "无需再次登记。"
        )
    views = [_enter(archive, *one, date=date, title=title) for one in new]
    passed = len(found) - len(new)
    return views, ((f"{passed} 人 {date} 的诚信教育已经登记，没有重复登记。",) if passed else ())


def _enter(
    archive: Archive,
    person: Practitioner,
    job: Employment,
    agency: Agency,
    *,
    date: dt.date,
    title: str | None,
) -> EducationView:
    row = writer.insert(
        archive,
        StaffEducation(practitioner_id=person.id, agency_id=job.agency_id, date=date, title=title),
    )
    return EducationView(
        id=row.id,
        staff=person.id,
        name=person.name or None,
        code=agency.code,
        agency=agency.name,
        date=date,
        title=title,
    )


def _at_work(archive: Archive, person: Practitioner) -> tuple[Practitioner, Employment, Agency]:
    job = current_job(archive, person) or last_job(archive, person)
    if job is None:
        raise AssertionError(f"practitioner {person.id} works nowhere")
    return person, job, own_agency(archive, job.agency_id)


def _working_at(archive: Archive, agency: Agency) -> list[tuple[Practitioner, Employment, Agency]]:
    query = (
        select(Practitioner, Employment)
        .join(Employment, col(Employment.practitioner_id) == Practitioner.id)
        .where(Employment.agency_id == agency.id, col(Employment.left).is_(None))
        .order_by(Employment.name_key, col(Employment.id))
    )
    found = [(person, job, agency) for person, job in archive.session.exec(query)]
    if not found:
        raise RuleError(
            "nobody-there",
            f"{agency.name}没有登记在岗的从业人员。",
            "先用 hri agency staff add 或 import 登记。",
            clause=CLAUSE,
        )
    return found


def _educated(archive: Archive, people: Sequence[str], date: dt.date) -> set[str]:
    query = select(StaffEducation.practitioner_id).where(
        col(StaffEducation.practitioner_id).in_(people), StaffEducation.date == date
    )
    return set(archive.session.exec(query))
