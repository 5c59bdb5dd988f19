"""What a district does in the campaign month (三(四)): activities, outstanding agencies, titles."""

import datetime as dt

from sqlmodel import BigInteger, Field

from hrintegrity.archive.tables.base import Record


class Activity(Record, table=True):
    """One activity of the five kinds, or a joint action; figures that were not counted are empty.

    `form` is which act of self-discipline it was (宣言, 倡议, 公约), `partners` the other
    departments that took part in a joint action (三(一)3).
    """

    district: str = Field(index=True)
    year: int = Field(index=True)
    kind: str
    date: dt.date
    title: str
    people: int | None = None
    agencies: int | None = None
    media: int | None = None
    note: str | None = None
    form: str | None = None
    partners: str | None = None


class Bulletin(Record, table=True):
    """活动信息 (四(四)): one activity as it was reported to the city on a day, in its words."""

    activity_id: str = Field(foreign_key="activity.id", index=True)
    district: str = Field(index=True)
    date: dt.date
    title: str
    body: str
    sha256: str


class Distribution(Record, table=True):
    """That the association's convention was handed to an agency in a campaign (三(四) 一)."""

    agency_id: str = Field(foreign_key="agency.id", index=True)
    year: int
    date: dt.date


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
    `made_of` is JSON: the annex, and the standards under which was assessed.
    """

    district: str = Field(index=True)
    year: int
    date: dt.date
    title: str
    body: str
    sha256: str
    figures: str
    made_of: str | None = None
