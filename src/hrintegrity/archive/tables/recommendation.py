"""Demonstration units (三(七)): quotas, recommendations, submissions, titles and plaques."""

import datetime as dt

from sqlmodel import Field, UniqueConstraint

from hrintegrity.archive.tables.base import Record


class QuotaSet(Record, table=True):
    """The quotas of another year than the notice's, as JSON."""

    __tablename__ = "quota_set"

    year: int = Field(index=True)
    content: str
    adopted: dt.date


class Recommendation(Record, table=True):
    """A district's recommendation of an agency; fixed once `submission_id` is set.

    `despite` is why an ineligible agency was recommended all the same, `excused` the reasons
    against it at that time, as a JSON list, so that a later one is not excused with them.
    `self_summary` is the file in base64.
    """

    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    agency_id: str = Field(foreign_key="agency.id")
    year: int = Field(index=True)
    district: str = Field(index=True)
    date: dt.date
    reason: str
    opinion: str | None = None
    self_summary: str | None = None
    self_summary_name: str | None = None
    despite: str | None = None
    excused: str | None = None
    submission_id: str | None = Field(default=None, foreign_key="submission.id", index=True)


class Relaxation(Record, table=True):
    """That the half was relaxed for a district (附件2 备注): why, who (journal) and when."""

    district: str = Field(index=True)
    year: int
    date: dt.date
    reason: str


class Submission(Record, table=True):
    """A package sent to the city: the first of a district and year, or a numbered supplement.

    `manifest` is what the package says of itself, `papers` the words of each paper in it, both as
    JSON, so that the same package can be written again. `passed_over` is why eligible agencies with
    priority were not recommended. `recalled` is the day on which it was taken back; its number
    stays used.
    """

    __table_args__ = (UniqueConstraint("district", "year", "number"),)

    district: str
    year: int
    number: int
    date: dt.date
    late: bool
    manifest: str
    papers: str
    passed_over: str | None = None
    recalled: dt.date | None = None
    recall_reason: str | None = None


class Conferral(Record, table=True):
    """The decision by bureau and association together that confers titles (联合授牌), as served.

    Numbers count from 1 per year.
    """

    __table_args__ = (UniqueConstraint("year", "number"),)

    year: int
    number: int
    reference: str
    date: dt.date
    title: str
    body: str
    sha256: str


class Unit(Record, table=True):
    """A conferred title 北京市人力资源诚信服务示范单位, its plaque, and its loss.

    `revoked_by` is the sanction or complaint for which the title was lost. `recover_by` is the day
    by which the plaque is to be back. `confirmed` is when the loss came into the city's archive,
    which revokes it; until then a district has only reported it. `conferral_id` is the decision
    that conferred it.
    """

    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    agency_id: str = Field(foreign_key="agency.id")
    year: int
    plaque: str = Field(unique=True)
    awarded: dt.date
    revoked: dt.date | None = None
    revoked_by: str | None = None
    reason: str | None = None
    recover_by: dt.date | None = None
    recovered: dt.date | None = None
    confirmed: dt.date | None = None
    conferral_id: str | None = Field(default=None, foreign_key="conferral.id", index=True)
