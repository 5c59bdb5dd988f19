"""Assessment (三(五)): standards, score sheets, conclusions, objections, drafts."""

import datetime as dt

from sqlmodel import Field, UniqueConstraint

from hrintegrity.archive.tables.base import Record


class DistrictStandard(Record, table=True):
    """A standard that a district adopted; `district` is empty for that of the whole city."""

    __tablename__ = "standard"

    district: str = Field(index=True)
    year: int
    name: str
    content: str
    adopted: dt.date


class YearAnnex(Record, table=True):
    """The annex of another year that an office took into use; the newest of a year holds."""

    __tablename__ = "annex"

    year: int = Field(index=True)
    title: str
    content: str
    adopted: dt.date


class ScoreSheet(Record, table=True):
    """The scores of one rater for one source.

    `scores` is JSON, tenths of points in the annex's order, null where the source is not asked.
    """

    __tablename__ = "score_sheet"
    __table_args__ = (UniqueConstraint("agency_id", "year", "source", "rater"),)

    agency_id: str = Field(foreign_key="agency.id")
    year: int
    source: str
    rater: str
    scores: str
    date: dt.date


class Conclusion(Record, table=True):
    """A concluded assessment with all it was made of: annex, standard, sheets, result, as JSON.

    `total` is in hundredths, rounded half up. `exact` is a list: a denominator, and over it each
    indicator's score, null where it has none. `agency_facts` is what a standard may go by of the
    agency: kind, grade, first day in business. `reopened` is the day it ceased to stand, if it did.
    Conclusions from before schema 0010 have neither `annex` nor `exact`: they were made by the
    notice's annex of 2013; those from before 0012 have no `agency_facts`.
    """

    __table_args__ = (UniqueConstraint("agency_id", "year", "sequence"),)

    agency_id: str = Field(foreign_key="agency.id")
    year: int = Field(index=True)
    sequence: int
    date: dt.date
    total: int
    band: str
    standard: str
    sheets: str
    result: str
    reopened: dt.date | None = None
    reopen_reason: str | None = None
    annex: str | None = None
    exact: str | None = None
    agency_facts: str | None = None


class Objection(Record, table=True):
    """What an agency objects to its concluded assessment, and what came of it.

    `answered` is the day of the answer; `outcome` says whether the objection was upheld.
    """

    conclusion_id: str = Field(foreign_key="conclusion.id", index=True)
    date: dt.date
    text: str
    answered: dt.date | None = None
    outcome: str | None = None
    answer: str | None = None


class Draft(Record, table=True):
    """A sheet being filled in at the terminal; not a record yet, so not journalled."""

    __table_args__ = (UniqueConstraint("agency_id", "year", "source", "rater"),)

    agency_id: str = Field(foreign_key="agency.id")
    year: int
    source: str
    rater: str
    scores: str
    position: int
