"""Rewards and sanctions (三(八)), and what was reported to which system."""

import datetime as dt

from sqlmodel import Field, Index, UniqueConstraint, text

from hrintegrity.archive.tables.base import Record

OPEN = "deadline IS NOT NULL AND mended IS NULL AND failed IS NULL AND withdrawn IS NULL"
"""What an order to rectify is while it is open; only such an order has a deadline."""


class Sanction(Record, table=True):
    """A measure against an agency or, with `practitioner_id`, against one of its practitioners.

    `review_year` is the annual review that the last two rungs belong to. `attributed` says that a
    practitioner's conduct is the agency's too. Of `mended` and `failed` the later one holds.
    `decided_by` is the city, where it decided on a district's agency, and else empty.
    `closed_agency`, `Review.sanction_id` and `Unit.revoked_by` say what it took, so that a
    withdrawal can restore it.
    """

    # Few orders are open at a time, among many that are long settled.
    __table_args__ = (
        Index("ix_sanction_open", "deadline", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    agency_id: str = Field(foreign_key="agency.id", index=True)
    practitioner_id: str | None = Field(default=None, foreign_key="practitioner.id", index=True)
    district: str = Field(index=True)
    kind: str
    grounds: str
    basis: str | None = None
    date: dt.date = Field(index=True)
    deadline: dt.date | None = Field(default=None, index=True)
    serious: bool = False
    attributed: bool = False
    review_year: int | None = None
    mended: dt.date | None = None
    failed: dt.date | None = None
    fail_note: str | None = None
    withdrawn: dt.date | None = None
    withdraw_reason: str | None = None
    closed_agency: bool = False
    decided_by: str | None = None


class SanctionReport(Record, table=True):
    """That a sanction, or its withdrawal, was reported to one of the two systems, in which batch.

    District and city may each have reported one event, before they heard of each other.
    `reported` is empty from the time that the batch was made until its file is safely on disk.
    """

    __tablename__ = "sanction_report"
    __table_args__ = (UniqueConstraint("sanction_id", "system", "event", "batch"),)

    sanction_id: str = Field(foreign_key="sanction.id", index=True)
    system: str
    event: str
    batch: str = Field(index=True)
    reported: dt.date | None = None


class Reward(Record, table=True):
    """Support or honour given to an agency (三(八)1)."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    kind: str
    date: dt.date
    note: str
