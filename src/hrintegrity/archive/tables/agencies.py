"""The register of agencies (三(六)1: basic information)."""

import datetime as dt

from sqlmodel import Field

from hrintegrity.archive.tables.base import Record, plain_columns
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.notice.records.agencies import MERGED_CODE as MERGED_CODE


class Agency(Record, table=True):
    """A human-resource service agency.

    `code` is unique but not the identity: it can be corrected. `code_mark` says why a code that
    fails its check character stands all the same. `name_key` is the name as it is compared (full
    and half width alike). `district` is who is responsible and is never
    derived from the code; `location` is where a municipal agency's premises stand.
    `registered` is the day of its entry here. What is only kept and shown is in its declaration.
    """

    code: str = Field(unique=True)
    code_mark: str | None = None
    name: str
    name_key: str = Field(index=True)
    district: str = Field(index=True)
    kind: str
    license: str | None = Field(default=None, index=True)
    since: dt.date | None = None
    representative: str | None = None
    address: str | None = None
    phone: str | None = None
    grade: str | None = None
    graded: dt.date | None = None
    location: str | None = None
    status: str = "active"
    closed: dt.date | None = None
    close_reason: str | None = None
    registered: dt.date | None = None
    plain_columns(vars(), AGENCY)


class FormerName(Record, table=True):
    """A name that an agency bore until `until`; looked up like its present one."""

    __tablename__ = "former_name"

    agency_id: str = Field(foreign_key="agency.id", index=True)
    name: str
    name_key: str = Field(index=True)
    until: dt.date


class AgencyChange(Record, table=True):
    """One field of an agency that changed on a day, so that it can be seen as it stood earlier.

    Values are text as JSON shows them; days are ISO 8601. The field `MERGED_CODE` is none of the
    agency's own: `before` is the code of another entry that was merged into it.
    """

    __tablename__ = "agency_change"

    agency_id: str = Field(foreign_key="agency.id", index=True)
    date: dt.date
    field: str
    before: str | None = None
    after: str | None = None
