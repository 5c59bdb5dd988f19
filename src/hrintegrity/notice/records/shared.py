"""Fields that records of several kinds have alike."""

from __future__ import annotations

from hrintegrity.notice.records import PLACES, Field

ID = Field(name="id")
NAME_KEY = Field(name="name_key")
SHA256 = Field(name="sha256")
SALT = Field(name="salt")
AGENCY_ID = Field(name="agency_id", heading="机构")
DISTRICT = Field(name="district", heading="区县", words=PLACES)
YEAR = Field(name="year", heading="年度", is_year=True)
DATE = Field(name="date", heading="日期", is_date=True)
REASON = Field(name="reason", heading="理由")
NOTE = Field(name="note", heading="备注")
CONTENT = Field(name="content", heading="内容", long=True)
