"""What a district does in the campaign month (三(四))."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, DATE, DISTRICT, ID, SHA256, YEAR
from hrintegrity.notice.words import ACTIVITY, CONVENTION_FORM, TITLE

ACTIVITIES = Kind(
    "activity",
    "主题活动",
    (
        ID,
        DISTRICT,
        YEAR,
        Field(
            name="kind",
            heading="活动类型",
            synonyms=("类型", "活动类别"),
            words=ACTIVITY,
            width=18,
            imported=True,
        ),
        Field(
            name="date",
            heading="活动日期",
            label="日期",
            synonyms=("日期", "活动时间"),
            is_date=True,
            width=14,
            example="2013-10-15",
            imported=True,
        ),
        Field(
            name="title",
            heading="活动名称",
            synonyms=("名称", "标题", "活动标题", "主题", "活动主题"),
            width=40,
            example="“诚信兴业”主题培训班",
            imported=True,
        ),
        Field(
            name="people",
            heading="参加人数",
            synonyms=("人数", "参与人数"),
            width=12,
            example="60",
            imported=True,
        ),
        Field(
            name="agencies",
            heading="机构数",
            synonyms=("参加机构数", "参与机构数"),
            width=12,
            imported=True,
        ),
        Field(name="media", heading="媒体报道数", synonyms=("媒体报道",), width=12, imported=True),
        Field(name="note", heading="备注", imported=True),
        Field(name="form", heading="自律活动", words=CONVENTION_FORM),
        Field(name="partners", heading="联合部门"),
    ),
)
BULLETIN = Kind(
    "bulletin",
    "活动信息",
    (
        ID,
        Field(name="activity_id", heading="活动"),
        DISTRICT,
        Field(name="date", heading="上报日期", is_date=True),
        Field(name="title", heading="名称"),
        Field(name="body", heading="内容", long=True, hashed=True),
        SHA256,
    ),
)
DISTRIBUTION = Kind(
    "distribution",
    "公约发放",
    (
        ID,
        AGENCY_ID,
        YEAR,
        Field(name="date", heading="发放日期", is_date=True),
    ),
)
ATTACHMENT = Kind(
    "attachment",
    "活动附件",
    (
        ID,
        Field(name="activity_id", heading="活动"),
        Field(name="name", heading="名称"),
        SHA256,
        Field(name="size", heading="字节数"),
    ),
)
OUTSTANDING = Kind(
    "outstanding",
    "表现突出",
    (
        ID,
        AGENCY_ID,
        Field(name="year", heading="年度", is_year=True, dossier=True),
        Field(name="date", heading="日期", is_date=True, imported=True, dossier=True),
        Field(
            name="reason",
            heading="事迹",
            template="理由",
            synonyms=("主要事迹", "突出事迹"),
            imported=True,
            dossier=True,
        ),
    ),
)
CREATION_TITLE = Kind(
    "creation_title",
    "创建称号",
    (
        ID,
        AGENCY_ID,
        Field(name="practitioner_id", heading="从业人员"),
        Field(name="year", heading="年度", is_year=True, dossier=True),
        Field(name="title", heading="称号", words=TITLE, dossier=True),
        Field(name="date", heading="日期", is_date=True, dossier=True),
    ),
)
SUMMARY = Kind(
    "summary",
    "活动总结",
    (
        ID,
        DISTRICT,
        YEAR,
        DATE,
        Field(name="title", heading="名称"),
        Field(name="body", heading="内容", long=True, hashed=True),
        SHA256,
        Field(name="figures", heading="内容", long=True, hashed=True),
        Field(name="made_of", heading="所据指标和标准", long=True, hashed=True),
    ),
)
