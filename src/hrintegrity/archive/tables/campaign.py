"""What a district does in the campaign month (三(四)): activities, outstanding agencies, titles."""

import datetime as dt
from typing import ClassVar

from sqlmodel import BigInteger, Field

from hrintegrity.archive.tables.base import Record


class Activity(Record, table=True):
    """One activity of the five kinds; figures that were not counted are empty."""

    district: str = Field(index=True)
    year: int = Field(index=True)
    kind: str
    date: dt.date
    title: str
    people: int | None = None
    agencies: int | None = None
    media: int | None = None
    note: str | None = None


class Attachment(Record, table=True):
    """A file that belongs to an activity, stored beside the archive under its SHA-256.

    A film may be larger than the 2 GiB that a plain integer of PostgreSQL counts.
    """

    activity_id: str = Field(foreign_key="activity.id", index=True)
    name: str
    sha256: str
    size: int = Field(sa_type=BigInteger)


class Outstanding(Record, table=True):
    """That an agency was outstanding in the campaign (表现突出), which gives it priority."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    year: int
    date: dt.date
    reason: str


class CreationTitle(Record, table=True):
    """诚信服务窗口 or 诚信服务标兵, given to an agency or one of its practitioners."""

    __tablename__ = "creation_title"

    agency_id: str = Field(foreign_key="agency.id", index=True)
    practitioner_id: str | None = Field(default=None, foreign_key="practitioner.id")
    year: int
    title: str
    date: dt.date


class Summary(Record, table=True):
    """The November-5 summary (四(四)) as it was made: its words, and its figures as JSON by name.

    `district` is empty for that of the whole city. The latest of a district and year stands.
    """

    journal_digest: ClassVar[frozenset[str]] = frozenset({"body", "figures"})

    district: str = Field(index=True)
    year: int
    date: dt.date
    title: str
    body: str
    sha256: str
    figures: str
