"""Papers that were numbered and the proof that they were served."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, DATE, DISTRICT, ID, SHA256, YEAR
from hrintegrity.notice.words import SERVICE_METHOD

PAPER = Kind(
    "paper",
    "文书",
    (
        ID,
        Field(name="series", heading="文书种类",
              words={"assessment": "诚信评估", "sanction": "失信惩戒",
                     "sanction-notice": "惩戒事先告知", "revocation": "撤销称号"}),
        DISTRICT,
        YEAR,
        Field(name="number", heading="编号"),
        Field(name="reference", heading="文号", dossier=True),
        AGENCY_ID,
        Field(name="subject_id", heading="所涉记录"),
        DATE,
        Field(name="title", heading="名称"),
        Field(name="body", heading="内容", long=True, hashed=True),
        SHA256,
        Field(name="replaces_id", heading="取代的文书"),
    ),
)  # fmt: skip
SERVICE = Kind(
    "service",
    "送达",
    (
        ID,
        Field(name="paper_id", heading="文书"),
        Field(
            name="date",
            heading="送达日期",
            synonyms=("送达时间", "签收日期"),
            is_date=True,
            imported=True,
            dossier=True,
        ),
        Field(name="method", heading="送达方式", words=SERVICE_METHOD, imported=True),
        Field(name="receiver", heading="签收人", is_name=True, imported=True, personal=True),
    ),
)
