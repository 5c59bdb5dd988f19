"""Whoever complained: name and contact stand apart, and can be erased.

The journal holds hashes of them under a salt that stands beside them alone; once that is gone, the
hashes tell nothing.
"""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_salt
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.duties.entering import words_if_any
from hrintegrity.rules import complaints as rules


def of(archive: Archive, complaint_id: str) -> Complainant | None:
    """Return who made a complaint, where that is kept."""
    return archive.session.exec(
        select(Complainant).where(Complainant.complaint_id == complaint_id)
    ).first()


def keep(
    archive: Archive,
    complaint: Complaint,
    *,
    name: str | None,
    contact: str | None,
    reason: str | None = None,
) -> bool:
    """Keep name and contact where they are given; say if anything changed."""
    name, contact = words_if_any(name, "姓名"), words_if_any(contact, "联系方式")
    given = {key: value for key, value in (("name", name), ("contact", contact)) if value}
    if not given:
        return False
    row = of(archive, complaint.id)
    if row is not None:
        return writer.update(archive, row, given, reason=reason)
    row = Complainant(complaint_id=complaint.id, name=name, contact=contact, salt=new_salt())
    writer.insert(archive, row, reason=reason)
    if complaint.erased is not None:
        writer.update(archive, complaint, erased=None, reason=reason)
    return True


def warnings_of(archive: Archive, complaint: Complaint) -> tuple[str, ...]:
    """Return the warnings of texts that name who complained as they are recorded."""
    row = of(archive, complaint.id)
    return rules.contact_warnings(
        complaint.subject,
        complaint.answer,
        name=row.name if row else None,
        contact=row.contact if row else None,
        case=complaint.id,
    )


def erase(archive: Archive, complaint: Complaint, *, reason: str, today: dt.date) -> bool:
    """Remove name, contact and salt; say if there were any.

    The bytes leave the file after the transaction (`Archive.remains`).
    """
    archive.remains = True
    row = of(archive, complaint.id)
    if row is None:
        return False
    writer.delete(archive, row, reason=reason)
    writer.update(archive, complaint, erased=today, reason=reason)
    return True
