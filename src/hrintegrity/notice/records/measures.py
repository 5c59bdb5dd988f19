"""Rewards and sanctions (三(八)), and what was reported to which system."""

from __future__ import annotations

from hrintegrity.notice.records import PLACES, Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, CONTENT, DISTRICT, ID
from hrintegrity.notice.words import INCENTIVE, MEASURE, REPORT_SYSTEM

CITY = {**PLACES, "municipal": "市级（市人力资源和社会保障局）"}
"""Offices by their district; the city's is no place."""

_STATEMENT = {"made": "已陈述申辩", "accepted": "全部采纳", "waived": "放弃陈述申辩"}

SANCTION_NOTICE = Kind(
    "sanction_notice",
    "惩戒事先告知",
    (
        ID,
        AGENCY_ID,
        Field(name="practitioner_id", heading="从业人员"),
        DISTRICT,
        Field(name="kind", heading="惩戒措施", label="措施", words=MEASURE),
        Field(name="grounds", heading="事实"),
        Field(name="evidence", heading="证据"),
        Field(name="violated", heading="违反的规定"),
        Field(name="basis", heading="依据"),
        Field(name="date", heading="日期", is_date=True),
        Field(name="deadline", heading="期限", is_date=True),
        Field(name="review_year", heading="年审年度", is_year=True),
        Field(name="statement_kind", heading="陈述申辩", words=_STATEMENT),
        Field(name="statement", heading="陈述申辩内容", long=True),
        Field(name="stated", heading="陈述申辩日期", is_date=True),
        Field(name="hearing_requested", heading="要求听证", is_date=True),
        Field(name="hearing_held", heading="举行听证", is_date=True),
        Field(name="answer", heading="复核意见", long=True),
        Field(name="hearing_record", heading="听证笔录", long=True),
        Field(name="withdrawn", heading="撤回日期", is_date=True),
        Field(name="withdraw_reason", heading="撤回理由"),
        Field(name="decided_by", heading="作出机关", words=CITY),
    ),
)
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
        Field(name="review_year", heading="年审年度", is_year=True, dossier=True),
        Field(name="mended", heading="整改日期", is_date=True, dossier=True),
        Field(name="failed", heading="整改不到位", is_date=True, dossier=True),
        Field(name="fail_note", heading="不到位说明", dossier=True),
        Field(name="withdrawn", heading="撤销日期", is_date=True, dossier=True),
        Field(name="withdraw_reason", heading="撤销理由", dossier=True),
        Field(name="closed_agency", heading="随之终止", is_flag=True),
        Field(name="decided_by", heading="作出机关", words=CITY, dossier=True),
        Field(name="evidence", heading="证据"),
        Field(name="violated", heading="违反的规定"),
        Field(name="place", heading="约谈地点"),
        Field(name="appointed", heading="约谈时间"),
        Field(name="notice_id", heading="事先告知"),
        Field(name="scope", heading="公布范围"),
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
TITLE_REPORT = Kind(
    "title_report",
    "称号记入",
    (
        ID,
        Field(name="unit_id", heading="示范单位"),
        Field(name="system", heading="系统", words=REPORT_SYSTEM),
        Field(
            name="event",
            heading="事项",
            words={"title-lost": "撤销称号", "title-restored": "恢复称号"},
        ),
        Field(name="batch", heading="批次"),
        Field(name="reported", heading="记入日期", is_date=True),
    ),
)
PROCEDURE_RULE = Kind(
    "procedure_rule",
    "惩戒程序",
    (ID, DISTRICT, CONTENT, Field(name="adopted", heading="采用日期", is_date=True)),
)
REWARD = Kind(
    "reward",
    "激励",
    (
        ID,
        AGENCY_ID,
        Field(name="kind", heading="种类", words=INCENTIVE, imported=True, dossier=True),
        Field(
            name="date",
            heading="日期",
            synonyms=("奖励日期", "激励日期"),
            is_date=True,
            imported=True,
            dossier=True,
        ),
        Field(name="note", heading="说明", imported=True, dossier=True),
    ),
)
