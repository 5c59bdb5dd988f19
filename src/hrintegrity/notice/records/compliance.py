"""Abiding by the law: annual reviews, penalties, inspections and their gaps (三(六)1)."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, DISTRICT, ID
from hrintegrity.notice.words import DEPARTMENT, INSPECTOR, REVIEW_RESULT, SYSTEM, VERDICT

REVIEW = Kind(
    "review",
    "年审",
    (
        ID,
        AGENCY_ID,
        Field(name="year", heading="年度", is_year=True, imported=True, dossier=True),
        Field(
            name="result",
            heading="结果",
            synonyms=("年审结果",),
            words=REVIEW_RESULT,
            imported=True,
            dossier=True,
        ),
        Field(
            name="date",
            heading="日期",
            synonyms=("年审日期", "年审时间"),
            is_date=True,
            imported=True,
            dossier=True,
        ),
        Field(name="sanction_id", heading="惩戒"),
    ),
)
PENALTY = Kind(
    "penalty",
    "行政处罚",
    (
        ID,
        AGENCY_ID,
        Field(
            name="date",
            heading="日期",
            synonyms=("处罚日期", "处罚时间", "处罚决定日期"),
            is_date=True,
            imported=True,
            dossier=True,
        ),
        Field(
            name="authority",
            heading="处罚机关",
            synonyms=("作出处罚机关", "处罚部门"),
            imported=True,
            dossier=True,
        ),
        Field(name="basis", heading="依据", synonyms=("处罚依据",), imported=True, dossier=True),
    ),
)
_SAID = (("", "情况"), ("", "制度"), ("服务", "制度"))
INSPECTION = Kind(
    "inspection",
    "检查",
    (
        ID,
        AGENCY_ID,
        Field(name="date", heading="检查日期", label="日期", synonyms=("检查时间",),
              is_date=True, width=14, example="2013-10-08", imported=True, dossier=True),
        Field(name="inspector", heading="检查方", words=INSPECTOR, width=12,
              note="不填的，为负责这家机构的人力社保部门", imported=True, dossier=True),
        Field(name="department", heading="部门", words=DEPARTMENT, width=12, imported=True,
              dossier=True),
        *(
            Field(name=name, heading=SYSTEM.chinese(name), words=VERDICT, width=10, example="合格",
                  synonyms=tuple(f"{word}{SYSTEM.chinese(name)}{of}" for word, of in _SAID),
                  imported=True,
                  dossier=True)
            for name in SYSTEM
        ),
        Field(name="note", heading="备注", width=30, imported=True, dossier=True),
        Field(name="lacks", heading="缺少的公示内容", dossier=True),
        Field(name="inspectors", heading="检查人员", synonyms=("检查人",), width=16, imported=True,
              dossier=True),
        Field(name="partners", heading="联合部门", width=16, imported=True, dossier=True),
    ),
)  # fmt: skip
DRAW = Kind(
    "inspection_draw",
    "抽签",
    (
        ID,
        DISTRICT,
        Field(name="committed", heading="封存日期", is_date=True),
        Field(name="seed", heading="种子", hashed=True, long=True),
        Field(name="date", heading="抽签日期", is_date=True),
        Field(name="count", heading="抽取数"),
        Field(name="population", heading="范围家数"),
        Field(name="population_sha256", heading="范围指纹"),
        Field(name="weights", heading="权重"),
        Field(name="excluded", heading="排除的机构"),
        Field(name="drawn", heading="抽中的机构"),
    ),
)
GAP = Kind(
    "gap",
    "缺项",
    (
        ID,
        Field(name="inspection_id", heading="检查"),
        AGENCY_ID,
        Field(name="system", heading="制度", words=SYSTEM, dossier=True),
        Field(name="found", heading="发现日期", is_date=True, dossier=True),
        Field(name="deadline", heading="补建期限", label="期限", template="整改期限",
              synonyms=("整改时限",), is_date=True, width=14, note="不填的，为主题活动的最后一天",
              dossier=True),
        Field(name="mended", heading="补建日期", is_date=True, dossier=True),
    ),
)  # fmt: skip
