"""Complaints as scripts see them, with or without who made them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.complaints import Complaint
from hrintegrity.duties.complaints import complainants, terms
from hrintegrity.rules import complaints as rules


@dataclass(frozen=True)
class CaseView:
    """A complaint as scripts see it; `agency` is the name, `has_contacts` whether any are kept.

    `by` is who made it, `due` the last day for the answer, `overdue` judged by the day of today.
    """

    id: str
    agency: str | None
    code: str | None
    district: str
    received: dt.date
    channel: str
    kind: str
    by: str | None
    subject: str
    due: dt.date
    overdue: bool
    closed: dt.date | None
    outcome: str | None
    answer: str | None
    dishonest: bool
    has_contacts: bool
    erased: dt.date | None


@dataclass(frozen=True)
class CaseWithContacts(CaseView):
    """A complaint with who made it."""

    complainant: str | None
    contact: str | None


def view(archive: Archive, row: Complaint, agency: Agency | None, today: dt.date) -> CaseView:
    """Return a complaint, its term and its contacts looked up."""
    has_contacts = complainants.of(archive, row.id) is not None
    return view_of(row, agency, due=terms.of(archive, row), today=today, has_contacts=has_contacts)


def view_of(
    row: Complaint, agency: Agency | None, *, due: dt.date, today: dt.date, has_contacts: bool
) -> CaseView:
    """Return a complaint of which all is known."""
    return CaseView(
        id=row.id,
        agency=agency.name if agency else None,
        code=agency.code if agency else None,
        district=row.district,
        received=row.received,
        channel=row.channel,
        kind=row.kind,
        by=row.made_by,
        subject=row.subject,
        due=due,
        overdue=rules.is_overdue(due, row.closed, today),
        closed=row.closed,
        outcome=row.outcome,
        answer=row.answer,
        dishonest=row.dishonest,
        has_contacts=has_contacts,
        erased=row.erased,
    )
