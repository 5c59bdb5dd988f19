"""Abiding by the law: annual reviews, penalties of any authority, inspections and their gaps."""

import datetime as dt

from sqlmodel import Field, Index

from hrintegrity.archive.tables.base import Record


class Review(Record, table=True):
    """An annual review (年审); `sanction_id` names the sanction that wrote it, if one did."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    year: int
    result: str
    date: dt.date
    sanction_id: str | None = Field(default=None, foreign_key="sanction.id", index=True)


class Penalty(Record, table=True):
    """An administrative penalty (行政处罚) by any authority."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    date: dt.date
    authority: str
    basis: str


class Inspection(Record, table=True):
    """An inspection of the four systems and of the convention's display; pass, fail or unseen.

    `lacks` are the things of 公示 that were found lacking, in English words joined by commas;
    `partners` the other departments that took part (三(一)3).
    """

    agency_id: str = Field(foreign_key="agency.id", index=True)
    date: dt.date = Field(index=True)
    inspector: str
    department: str | None = None
    publicity: str
    pledge: str
    ledger: str
    feedback: str
    convention: str | None = None
    note: str | None = None
    lacks: str | None = None
    inspectors: str | None = None
    partners: str | None = None


class Gap(Record, table=True):
    """What an inspection found missing: which system, by when to mend it, and when it was."""

    # Few gaps are open at a time, among many that were mended.
    __table_args__ = (Index("ix_gap_mended_deadline", "mended", "deadline"),)

    inspection_id: str = Field(foreign_key="inspection.id", index=True)
    agency_id: str = Field(foreign_key="agency.id", index=True)
    system: str
    found: dt.date
    deadline: dt.date
    mended: dt.date | None = None


class Draw(Record, table=True):
    """A random draw of whom to inspect, kept so that it can be repeated; see docs/draw.md.

    `committed` is the day on which the seed was made and its SHA-256 entered in the journal;
    `date` that of the draw, empty until then. `weights`, `excluded` and `drawn` are JSON: weight by
    band, and agency codes.
    """

    __tablename__ = "inspection_draw"

    district: str = Field(index=True)
    committed: dt.date | None = None
    seed: str
    date: dt.date | None = None
    count: str | None = None
    population: int | None = None
    population_sha256: str | None = None
    weights: str | None = None
    excluded: str | None = None
    drawn: str | None = None
