"""Rewards and sanctions (三(八)), and what was reported to which system."""

import datetime as dt

from sqlmodel import Field, Index, UniqueConstraint, text

from hrintegrity.archive.tables.base import Record

OPEN = "deadline IS NOT NULL AND mended IS NULL AND failed IS NULL AND withdrawn IS NULL"
"""What an order to rectify is while it is open; only such an order has a deadline."""


class SanctionNotice(Record, table=True):
    """A notice beforehand (事先告知): what is intended, on what facts, and what the party said.

    `statement_kind` is `made`, `accepted` (in full: the case ends) or `waived`; `statement` its
    words, `stated` its day. `withdrawn` is the day on which the office took the notice back.
    `decided_by` is the city, where it intends to decide on a district's agency, and else empty.
    """

    __tablename__ = "sanction_notice"

    agency_id: str = Field(foreign_key="agency.id", index=True)
    practitioner_id: str | None = Field(default=None, foreign_key="practitioner.id", index=True)
    district: str = Field(index=True)
    kind: str
    grounds: str
    evidence: str
    violated: str
    basis: str
    date: dt.date = Field(index=True)
    deadline: dt.date | None = None
    review_year: int | None = None
    statement_kind: str | None = None
    statement: str | None = None
    stated: dt.date | None = None
    hearing_requested: dt.date | None = None
    hearing_held: dt.date | None = None
    answer: str | None = None
    hearing_record: str | None = None
    withdrawn: dt.date | None = None
    withdraw_reason: str | None = None
    decided_by: str | None = None


class Sanction(Record, table=True):
    """A measure against an agency or, with `practitioner_id`, against one of its practitioners.

    `grounds` are the facts, `evidence` what proves them, `violated` the rules that were broken and
    `basis` those that were applied; `notice_id` is the notice that came before. `place` and
    `appointed` (day and time) say where and when an interview is held, `scope` where an exposure
    or a circular is made known.

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
    evidence: str | None = None
    violated: str | None = None
    place: str | None = None
    appointed: str | None = None
    notice_id: str | None = Field(default=None, foreign_key="sanction_notice.id", index=True)
    scope: str | None = None


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


class TitleReport(Record, table=True):
    """That the loss of a title through a complaint, or its return, was reported to a system.

    A loss through a sanction is reported with that sanction.
    """

    __tablename__ = "title_report"
    __table_args__ = (UniqueConstraint("unit_id", "system", "event", "batch"),)

    unit_id: str = Field(foreign_key="unit.id", index=True)
    system: str
    event: str
    batch: str = Field(index=True)
    reported: dt.date | None = None


class ProcedureRule(Record, table=True):
    """An office's own settings of procedure, as JSON, over the shipped ones; the last one holds."""

    __tablename__ = "procedure_rule"

    district: str = Field(index=True)
    content: str
    adopted: dt.date


class Reward(Record, table=True):
    """Support or honour given to an agency (三(八)1)."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    kind: str
    date: dt.date
    note: str
