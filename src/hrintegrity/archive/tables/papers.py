"""Papers that were numbered and told to someone, and the proof that they were served."""

import datetime as dt

from sqlmodel import Field, UniqueConstraint

from hrintegrity.archive.tables.base import Record


class IssuedPaper(Record, table=True):
    """A numbered paper, with the words that were served and their SHA-256.

    Numbers count from 1 per series, district and year, without a gap. `subject_id` is the
    record the paper tells of; `replaces_id` an earlier paper that it replaces.
    """

    __tablename__ = "paper"
    __table_args__ = (UniqueConstraint("series", "district", "year", "number"),)

    series: str
    district: str
    year: int
    number: int
    reference: str
    agency_id: str = Field(foreign_key="agency.id", index=True)
    subject_id: str = Field(unique=True)
    date: dt.date
    title: str
    body: str
    sha256: str
    replaces_id: str | None = Field(default=None, foreign_key="paper.id")


class Service(Record, table=True):
    """Proof of service (送达) of one paper: when, how, who received it."""

    paper_id: str = Field(foreign_key="paper.id", unique=True)
    date: dt.date
    method: str
    receiver: str
