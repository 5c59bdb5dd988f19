"""Whose archive it is, who is in charge, which campaigns there were, who numbers papers."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import CONTENT, DATE, DISTRICT, ID, YEAR

OFFICE = Kind(
    "office",
    "机关",
    (
        ID,
        DISTRICT,
        Field(name="owner", heading="本档案库", is_flag=True),
        Field(name="name", heading="机关名称"),
        Field(name="prefix", heading="发文字号前缀"),
        Field(name="leader", heading="主管领导", personal=True),
        Field(name="department", heading="责任部门"),
        Field(name="plan", heading="工作方案"),
        Field(name="keeps_register", heading="在此编号", is_flag=True),
        Field(name="address", heading="通信地址"),
    ),
)
CAMPAIGN = Kind(
    "campaign",
    "诚信服务月",
    (
        ID,
        YEAR,
        Field(name="start", heading="开始日期", is_date=True),
        Field(name="end", heading="结束日期", is_date=True),
        Field(name="deadline", heading="期限", is_date=True),
    ),
)
HOTLINE_LIST = Kind("hotline_list", "监督电话", (ID, DATE, CONTENT))
