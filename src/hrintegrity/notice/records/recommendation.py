"""Demonstration units (三(七)): quotas, recommendations, submissions, titles and plaques."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import (
    AGENCY_ID,
    CONTENT,
    DATE,
    DISTRICT,
    ID,
    REASON,
    SHA256,
    YEAR,
)

_ADOPTED = Field(name="adopted", heading="采用日期", is_date=True)

QUOTA_SET = Kind("quota_set", "推荐名额", (ID, YEAR, CONTENT, _ADOPTED))
RECOMMENDATION = Kind(
    "recommendation",
    "推荐",
    (
        ID,
        AGENCY_ID,
        YEAR,
        DISTRICT,
        DATE,
        REASON,
        Field(name="opinion", heading="意见"),
        Field(name="self_summary", heading="内容", long=True, hashed=True),
        Field(name="self_summary_name", heading="自我总结"),
        Field(name="despite", heading="破格理由"),
        Field(name="excused", heading="免缺材料"),
        Field(name="submission_id", heading="报送"),
    ),
)
RELAXATION = Kind("relaxation", "比例放宽", (ID, DISTRICT, YEAR, DATE, REASON))
SUBMISSION = Kind(
    "submission",
    "报送",
    (
        ID,
        DISTRICT,
        YEAR,
        Field(name="number", heading="编号"),
        DATE,
        Field(name="late", heading="逾期", is_flag=True),
        Field(name="manifest", heading="内容", long=True, hashed=True),
        Field(name="papers", heading="文书", long=True, hashed=True),
        Field(name="passed_over", heading="优先者未推荐的理由"),
        Field(name="recalled", heading="撤回日期", is_date=True),
        Field(name="recall_reason", heading="撤回理由"),
    ),
)
CONFERRAL = Kind(
    "conferral",
    "授牌决定",
    (
        ID,
        YEAR,
        Field(name="number", heading="编号"),
        Field(name="reference", heading="文号"),
        DATE,
        Field(name="title", heading="名称"),
        Field(name="body", heading="内容", long=True, hashed=True),
        SHA256,
    ),
)
UNIT = Kind(
    "unit",
    "示范单位",
    (
        ID,
        AGENCY_ID,
        Field(name="year", heading="年度", is_year=True, dossier=True),
        Field(name="plaque", heading="标牌编号", dossier=True),
        Field(name="awarded", heading="授予日期", is_date=True, dossier=True),
        Field(name="revoked", heading="撤销日期", is_date=True, dossier=True),
        Field(name="revoked_by", heading="撤销所据"),
        Field(name="reason", heading="撤销原因", dossier=True),
        Field(name="recover_by", heading="收回期限", is_date=True, dossier=True),
        Field(name="recovered", heading="收回日期", is_date=True, dossier=True),
        Field(name="confirmed", heading="市级撤销日期", is_date=True),
        Field(name="conferral_id", heading="授牌决定"),
    ),
)
