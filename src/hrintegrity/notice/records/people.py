"""Pledges, practitioners and education (三(三) 二, 三(一)2)."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, ID, SALT

_ENTERED = (
    *("到岗", "到职", "入职", "上岗", "聘用", "录用", "招用", "入司", "进单位", "进本单位"),
    *("进入单位", "进入本单位", "到本单位", "来本单位", "入本单位", "进公司", "进入公司"),
    *("到本机构", "进入本机构", "入职本单位"),
)
"""What offices call coming to work at an agency; 参加工作 is to begin working life, anywhere."""

PLEDGE = Kind(
    "pledge",
    "承诺书",
    (
        ID,
        AGENCY_ID,
        Field(name="date", heading="承诺日期",
              synonyms=("签署日期", "签订日期", "签署时间", "签订时间"),
              is_date=True, width=14,
              example="2013-10-08", imported=True,
              dossier=True),
        Field(name="displayed", heading="是否公示", is_flag=True,
              synonyms=("是否公开", "是否上墙公示", "是否上墙"),
              imported=True, dossier=True),
    ),
)  # fmt: skip
PRACTITIONER = Kind(
    "practitioner",
    "从业人员",
    (
        ID,
        Field(name="name", heading="姓名", synonyms=("从业人员姓名", "人员姓名"), width=12,
              example="王小明", is_name=True, imported=True, personal=True, erasable=True,
              dossier=True),
        Field(name="certificate", heading="资格证号", is_code=True, width=20,
              synonyms=(
                  *(f"{what}{word}" for what in ("资格证", "从业资格证", "职业资格证", "上岗证")
                    for word in ("编号", "号码", "书号", "书编号", "书号码")),
                  "从业资格证号", "职业资格证号", "上岗证号",
                  "证号", "证书号", "证书编号", "证书号码",
              ),
              example="RL2012000001", imported=True, personal=True, erasable=True,
              dossier=True),
        Field(name="pledged", heading="承诺日期", is_date=True, width=14, example="2013-10-08",
              synonyms=tuple(f"{of}{what}{word}" for of in ("", "承诺书")
                             for what in ("签署", "签订") for word in ("日期", "时间")),
              imported=True, dossier=True),
        SALT,
        Field(name="erased", heading="抹去日期", is_date=True),
    ),
)  # fmt: skip
EMPLOYMENT = Kind(
    "employment",
    "任职",
    (
        ID,
        Field(name="practitioner_id", heading="从业人员"),
        AGENCY_ID,
        Field(name="name_key", heading="姓名", personal=True, erasable=True),
        Field(name="certificate", heading="资格证号", is_code=True, personal=True, erasable=True),
        Field(name="since", heading="到岗日期", is_date=True, width=14,
              synonyms=tuple(f"{what}{word}" for what in _ENTERED for word in ("时间", "日期")
                             if what + word != "到岗日期"),
              note="不填的，从导入当天算起", imported=True,
              dossier=True),
        Field(name="left", heading="离开日期", is_date=True, dossier=True),
        SALT,
    ),
)  # fmt: skip
STAFF_EDUCATION = Kind(
    "staff_education",
    "从业人员诚信教育",
    (
        ID,
        Field(name="practitioner_id", heading="从业人员"),
        AGENCY_ID,
        Field(
            name="date",
            heading="教育日期",
            synonyms=("教育时间", "诚信教育日期"),
            is_date=True,
            imported=True,
        ),
        Field(name="title", heading="培训名称"),
    ),
)
EDUCATION = Kind(
    "education",
    "诚信教育",
    (
        ID,
        AGENCY_ID,
        Field(name="date", heading="日期", is_date=True, dossier=True),
    ),
)
