"""Rewards and sanctions (三(八)), and what was reported to which system."""

from __future__ import annotations

from hrintegrity.notice.records import PLACES, Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, DISTRICT, ID
from hrintegrity.notice.words import INCENTIVE, MEASURE, REPORT_SYSTEM

CITY = {**PLACES, "municipal": "市级（市人力资源和社会保障局）"}
"""Offices by their district; the city's is no place."""

SANCTION = Kind(
    "sanction",
    "惩戒",
    (
        ID,
        AGENCY_ID,
        Field(name="practitioner_id", heading="从业人员"),
        DISTRICT,
        Field(name="kind", heading="惩戒措施", label="措施", words=MEASURE, dossier=True),
        Field(name="grounds", heading="事实", dossier=True),
        Field(name="basis", heading="依据", dossier=True),
        Field(name="date", heading="日期", is_date=True, dossier=True),
        Field(name="deadline", heading="期限", is_date=True, dossier=True),
        Field(name="serious", heading="情节严重", is_flag=True, dossier=True),
        Field(name="attributed", heading="归于机构", is_flag=True, dossier=True),
        Field(name="review_year", heading="年审年度", dossier=True),
        Field(name="mended", heading="整改日期", is_date=True, dossier=True),
        Field(name="failed", heading="整改不到位", is_date=True, dossier=True),
        Field(name="fail_note", heading="不到位说明", dossier=True),
        Field(name="withdrawn", heading="撤销日期", is_date=True, dossier=True),
        Field(name="withdraw_reason", heading="撤销理由", dossier=True),
        Field(name="closed_agency", heading="随之终止", is_flag=True),
        Field(name="decided_by", heading="作出机关", words=CITY, dossier=True),
    ),
)
SANCTION_REPORT = Kind(
    "sanction_report",
    "惩戒记入",
    (
        ID,
        Field(name="sanction_id", heading="惩戒"),
        Field(name="system", heading="系统", words=REPORT_SYSTEM),
        Field(
            name="event",
            heading="事项",
            words={"imposed": "作出惩戒", "withdrawn": "撤销惩戒"},
        ),
        Field(name="batch", heading="批次"),
        Field(name="reported", heading="记入日期", is_date=True),
    ),
)
REWARD = Kind(
    "reward",
    "激励",
    (
        ID,
        AGENCY_ID,
        Field(name="kind", heading="种类", words=INCENTIVE, imported=True, dossier=True),
        Field(name="date", heading="日期", is_date=True, imported=True, dossier=True),
        Field(name="note", heading="说明", imported=True, dossier=True),
    ),
)
