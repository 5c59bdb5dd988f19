"""Whose archive it is, who is in charge, which campaigns there were, who numbers papers."""

import datetime as dt

from sqlmodel import Field

from hrintegrity.archive.tables.base import Record


class Office(Record, table=True):
    """An office: leader, department, work plan (四(一)), names and address on papers, registers.

    `owner` marks the one office whose archive this is; `municipal` is the city's. `keeps_register`
    says whether this archive gives the numbers of that district's papers.
    """

    district: str = Field(unique=True)
    owner: bool = False
    name: str | None = None
    prefix: str | None = None
    leader: str | None = None
    department: str | None = None
    plan: str | None = None
    keeps_register: bool = True
    address: str | None = None


class Campaign(Record, table=True):
    """A campaign month 诚信服务月 of one year (三(四)) and the day by which the city is told."""

    year: int = Field(unique=True)
    start: dt.date
    end: dt.date
    deadline: dt.date


class HotlineList(Record, table=True):
    """Newer numbers than annex 4, as JSON, with the date of the list."""

    __tablename__ = "hotline_list"

    date: dt.date
    content: str
