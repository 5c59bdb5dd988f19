"""Pledges and practitioners (三(三) 二), education at admission (三(一)2)."""

import datetime as dt

from sqlmodel import Field, Index

from hrintegrity.archive.tables.base import Record, new_salt


class Pledge(Record, table=True):
    """An agency's signed 诚信自律承诺书; `displayed` says whether it hangs in its premises."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    date: dt.date
    displayed: bool | None = None


class Practitioner(Record, table=True):
    """A person; `pledged` is the day of their own 诚信服务承诺书, which moves with them.

    The journal holds salted hashes of name and certificate only, so that both can be erased;
    rows of before revision 0006 have no salt, and stand there in clear. `erased` is the day on
    which that was done: the name is then empty.
    """

    name: str
    certificate: str | None = Field(default=None, index=True)
    pledged: dt.date | None = None
    salt: str | None = Field(default_factory=new_salt)
    erased: dt.date | None = None


class Employment(Record, table=True):
    """Where a practitioner works or worked; `left` is empty while they are there.

    `name_key` is the practitioner's name as it is compared, `certificate` theirs; both are kept
    here too, so that one of an agency's many people is found at once.
    """

    __table_args__ = (Index("ix_employment_person", "agency_id", "name_key", "certificate"),)

    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    agency_id: str = Field(foreign_key="agency.id")
    name_key: str
    certificate: str | None = None
    since: dt.date
    left: dt.date | None = None
    salt: str | None = Field(default_factory=new_salt)


class StaffEducation(Record, table=True):
    """Integrity education of a practitioner, as part of their qualification training.

    `agency_id` is where they worked on that day.
    """

    __tablename__ = "staff_education"

    practitioner_id: str = Field(foreign_key="practitioner.id", index=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    date: dt.date
    title: str | None = None


class Education(Record, table=True):
    """Integrity education at admission."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    date: dt.date
