"""Complaints, reports and suggestions; who made them stands apart, so that it can be erased."""

import datetime as dt

from sqlmodel import Field

from hrintegrity.archive.tables.base import Record


class Complaint(Record, table=True):
    """A complaint, report or suggestion; a suggestion may be about no agency.

    `made_by` is who made it (用人单位, 求职者, 机构), `due` the last day for the answer, and
    `erased` the day on which name and contact of whoever made it were erased.
    """

    agency_id: str | None = Field(default=None, foreign_key="agency.id", index=True)
    district: str = Field(index=True)
    received: dt.date
    channel: str
    kind: str
    subject: str
    closed: dt.date | None = Field(default=None, index=True)
    outcome: str | None = None
    answer: str | None = None
    dishonest: bool = False
    erased: dt.date | None = None
    made_by: str | None = None
    due: dt.date | None = None


class Complainant(Record, table=True):
    """Name and contact of whoever complained; the journal holds salted hashes of them only."""

    complaint_id: str = Field(foreign_key="complaint.id", unique=True)
    name: str | None = None
    contact: str | None = None
    salt: str
