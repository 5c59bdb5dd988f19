"""Complaints, reports and suggestions, and who made them (三(三)四)."""

from __future__ import annotations

from hrintegrity.notice.records import Field, Kind
from hrintegrity.notice.records.shared import AGENCY_ID, DISTRICT, ID, SALT
from hrintegrity.notice.words import CHANNEL, COMPLAINT_KIND, OUTCOME
from hrintegrity.notice.words import COMPLAINANT as COMPLAINANTS

COMPLAINT = Kind(
    "complaint",
    "投诉举报",
    (
        ID,
        AGENCY_ID,
        DISTRICT,
        Field(name="received", heading="受理日期",
              synonyms=("来电时间", "受理时间", "来电日期", "投诉日期", "投诉时间"), is_date=True,
              width=14, example="2013-10-08",
              imported=True, dossier=True),
        Field(name="channel", heading="渠道", synonyms=("来源", "受理渠道"), width=12,
              example="市场管理",
              words=CHANNEL, imported=True, dossier=True),
        Field(name="kind", heading="类型", words=COMPLAINT_KIND, width=12,
              note="不填的，为投诉；意见建议可以不写机构", imported=True, dossier=True),
        Field(name="subject", heading="事由", width=40,
              synonyms=("反映问题", "投诉事由", "诉求内容", "投诉内容", "反映内容", "投诉事项",
                        "举报内容", "投诉举报内容"),
              example="收费未明示", imported=True, dossier=True),
        Field(name="closed", heading="办结日期", synonyms=("办结时间",), is_date=True,
              imported=True, dossier=True),
        Field(name="outcome", heading="办理结果", synonyms=("处理结果",), words=OUTCOME,
              imported=True, dossier=True),
        Field(name="answer", heading="答复", synonyms=("答复内容", "答复意见"),
              imported=True, dossier=True),
        Field(name="dishonest", heading="不诚信", is_flag=True, dossier=True),
        Field(name="erased", heading="抹去日期", is_date=True),
        Field(name="made_by", heading="反映人", words=COMPLAINANTS),
        Field(name="due", heading="办理期限", is_date=True, imported=True),
    ),
)  # fmt: skip
COMPLAINANT = Kind(
    "complainant",
    "投诉人",
    (
        ID,
        Field(name="complaint_id", heading="投诉举报"),
        Field(name="name", heading="姓名", template="投诉人",
              synonyms=("举报人", "来件人", "来电人"), width=12, is_name=True,
              imported=True, personal=True, erasable=True),
        Field(name="contact", heading="联系方式", synonyms=("联系电话",), is_code=True, width=20,
              imported=True, personal=True, erasable=True),
        SALT,
    ),
)  # fmt: skip
