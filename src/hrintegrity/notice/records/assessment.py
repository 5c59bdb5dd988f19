"""Assessment (三(五)): standards, score sheets, conclusions, objections, drafts."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, CONTENT, DATE, DISTRICT, ID, YEAR
from hrintegrity.notice.words import OBJECTION_RESULT, SOURCE

_SOURCE = Field(
    name="source",
    heading="评价方式",
    synonyms=("来源", "评价类型", "评价类别", "评价主体"),
    words=SOURCE,
    imported=True,
)
_YEAR = Field(name="year", heading="年度", is_year=True, synonyms=("年份",), imported=True)
_RATER = Field(
    name="rater",
    heading="评价人",
    synonyms=("评委", "评分人", "评审人", "评分专家", "评审专家"),
    imported=True,
    personal=True,
)
_SCORES = Field(name="scores", heading="内容", long=True)

STANDARD = Kind(
    "standard",
    "评估标准",
    (
        ID,
        DISTRICT,
        YEAR,
        Field(name="name", heading="名称"),
        CONTENT,
        Field(name="adopted", heading="采用日期", is_date=True),
    ),
)
ANNEX = Kind(
    "annex",
    "评估指标",
    (
        ID,
        YEAR,
        Field(name="title", heading="名称"),
        CONTENT,
        Field(name="adopted", heading="采用日期", is_date=True),
    ),
)
SCORE_SHEET = Kind("score_sheet", "评分表", (ID, AGENCY_ID, _YEAR, _SOURCE, _RATER, _SCORES, DATE))
CONCLUSION = Kind(
    "conclusion",
    "评定结论",
    (
        ID,
        AGENCY_ID,
        Field(name="year", heading="年度", is_year=True, dossier=True),
        Field(name="sequence", heading="次序", dossier=True),
        Field(name="date", heading="评定日期", is_date=True, dossier=True),
        Field(name="total", heading="总分", is_total=True, dossier=True),
        Field(name="band", heading="等次", dossier=True),
        Field(name="standard", heading="内容", long=True, hashed=True),
        Field(name="sheets", heading="内容", long=True, hashed=True),
        Field(name="result", heading="结果", long=True, hashed=True),
        Field(name="reopened", heading="重新评定日期", is_date=True, dossier=True),
        Field(name="reopen_reason", heading="重新评定理由", dossier=True),
        Field(name="annex", heading="评估指标", long=True, hashed=True),
        Field(name="exact", heading="精确得分", long=True, hashed=True),
        Field(name="agency_facts", heading="机构情况", long=True),
    ),
)
OBJECTION = Kind(
    "objection",
    "异议",
    (
        ID,
        Field(name="conclusion_id", heading="评定结论"),
        Field(name="date", heading="日期", is_date=True, dossier=True),
        Field(name="text", heading="内容", dossier=True),
        Field(name="answered", heading="答复日期", is_date=True, dossier=True),
        Field(name="outcome", heading="复核结果", words=OBJECTION_RESULT, dossier=True),
        Field(name="answer", heading="复核意见", dossier=True),
    ),
)
DRAFT = Kind(
    "draft",
    "评分草稿",
    (ID, AGENCY_ID, YEAR, _SOURCE, _RATER, _SCORES, Field(name="position", heading="进度")),
    journalled=False,
)
