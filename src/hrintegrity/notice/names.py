"""What people read instead of the names of tables and columns; scripts read the names themselves.

A name of one table's column, `table.column`, goes before the one that all tables share.
"""

from __future__ import annotations

from hrintegrity.notice import words
from hrintegrity.notice.districts import BY_CODE

TABLES = {
    "activity": "主题活动", "agency": "机构", "agency_change": "机构变更", "attachment": "活动附件",
    "campaign": "诚信服务月", "complainant": "投诉人", "complaint": "投诉举报",
    "conclusion": "评定结论", "conflict": "冲突", "creation_title": "创建称号",
    "draft": "评分草稿", "education": "诚信教育", "employment": "任职", "former_name": "曾用名",
    "gap": "不合格项", "hotline_list": "监督电话", "inspection": "检查", "key_trust": "公钥",
    "objection": "异议", "office": "机关", "outstanding": "表现突出", "paper": "文书",
    "penalty": "行政处罚", "pledge": "承诺书", "practitioner": "从业人员", "quota_set": "推荐名额",
    "recommendation": "推荐", "relaxation": "比例放宽", "review": "年审", "reward": "激励",
    "sanction": "惩戒", "sanction_report": "惩戒记入", "score_sheet": "评分表",
    "service": "送达", "standard": "评估标准", "submission": "报送", "summary": "活动总结",
    "unit": "示范单位",
}  # fmt: skip

COLUMNS = {
    "activity_id": "活动", "address": "地址", "adopted": "采用日期", "after": "变更后",
    "agencies": "机构数", "agency_id": "机构", "alive": "仍在", "answer": "答复",
    "attributed": "归于机构", "authority": "处罚机关", "awarded": "授予日期", "band": "等次",
    "basis": "依据", "batch": "批次", "before": "变更前", "blocker": "被占用",
    "certificate": "资格证号", "channel": "受理渠道", "close_reason": "终止原因",
    "closed": "终止日期", "closed_agency": "随之终止", "code": "代码", "code_mark": "代码标记",
    "complaint_id": "投诉举报", "conclusion_id": "评定结论", "contact": "联系方式",
    "convention": "公约", "date": "日期", "deadline": "期限", "decided_by": "作出机关",
    "department": "部门", "despite": "破格理由", "dishonest": "不诚信", "displayed": "公开",
    "district": "区县", "end": "结束日期", "erased": "抹去日期", "event": "事项",
    "excused": "免缺材料", "fail_note": "不到位说明", "failed": "整改不到位", "feedback": "反馈",
    "field": "变更项", "fingerprint": "指纹", "found": "发现日期", "grade": "等级",
    "graded": "评级日期", "grounds": "事由", "inspection_id": "检查", "inspector": "检查方",
    "into": "并入", "keeps_register": "在此编号", "kind": "类型", "late": "逾期",
    "leader": "主管领导", "ledger": "台账", "left": "离开日期", "license": "许可证号",
    "line": "公钥", "location": "所在区县", "media": "媒体报道数", "mended": "整改日期",
    "method": "送达方式", "name": "名称", "note": "备注", "number": "编号", "opinion": "意见",
    "outcome": "办理结果", "owner": "本档案库", "paper_id": "文书", "papers": "文书",
    "people": "参加人数", "phone": "电话", "plan": "工作方案", "plaque": "标牌编号",
    "pledge": "承诺", "pledged": "承诺日期", "position": "进度", "practitioner_id": "从业人员",
    "prefix": "发文字号前缀", "publicity": "公示", "rater": "评价人", "reason": "理由",
    "received": "受理日期", "receiver": "签收人", "record": "记录", "recover_by": "收回期限",
    "recovered": "收回日期", "reference": "文号", "registered": "登记日期",
    "reopen_reason": "重新评定理由", "reopened": "重新评定日期", "replaces_id": "取代的文书",
    "reported": "记入日期", "representative": "法定代表人", "result": "结果",
    "review_year": "年审年度", "revoked": "撤销日期", "revoked_by": "撤销所据",
    "sanction_id": "惩戒", "self_summary_name": "自我总结", "sender": "来自",
    "sequence": "次序", "series": "文书种类", "serious": "情节严重", "since": "从业起始日期",
    "size": "字节数", "source": "评价方式", "start": "开始日期", "status": "状态",
    "subject": "事由", "subject_id": "所涉记录", "submission_id": "报送", "system": "系统",
    "table": "种类", "text": "内容", "title": "名称", "total": "总分", "trusted": "登记日期",
    "until": "使用至", "withdraw_reason": "撤销理由", "withdrawn": "撤销日期", "year": "年度",
    "agency.kind": "机构性质", "agency.name": "机构名称", "complaint.closed": "办结日期",
    "employment.since": "到岗日期", "gap.system": "制度", "key_trust.revoked": "作废日期",
    "complainant.name": "姓名", "practitioner.name": "姓名", "office.department": "责任部门",
    "office.name": "机关名称", "sanction.kind": "惩戒措施", "unit.reason": "撤销原因",
    "complaint.received": "受理日期", "conflict.received": "收到日期",
    "merged_into": "并入",
}  # fmt: skip

INTERNAL = frozenset({"id", "name_key", "salt", "sha256", "version", "ancestors"})
"""What only the program needs."""

LONG = frozenset(
    {"body", "content", "figures", "manifest", "row", "scores", "self_summary", "sheets"}
    | {"conclusion.result", "conclusion.standard", "key_trust.line"}
)  # fmt: skip
"""What is too long for a line of a table, or stands in the journal as a hash."""

ACTIONS = {
    "insert": "新增", "update": "更改", "delete": "删除", "show-contacts": "查看投诉人",
    "key": "启用密钥",
}  # fmt: skip

_WORDS = {
    "agency.kind": words.KIND, "agency.status": words.AGENCY_STATUS,
    "activity.kind": words.ACTIVITY, "complaint.channel": words.CHANNEL,
    "complaint.kind": words.COMPLAINT_KIND, "complaint.outcome": words.OUTCOME,
    "creation_title.title": words.TITLE, "gap.system": words.SYSTEM,
    "inspection.inspector": words.INSPECTOR, "inspection.department": words.DEPARTMENT,
    "inspection.publicity": words.VERDICT, "inspection.pledge": words.VERDICT,
    "inspection.ledger": words.VERDICT, "inspection.feedback": words.VERDICT,
    "inspection.convention": words.VERDICT, "review.result": words.REVIEW_RESULT,
    "reward.kind": words.INCENTIVE, "sanction.kind": words.MEASURE,
    "sanction_report.system": words.REPORT_SYSTEM, "score_sheet.source": words.SOURCE,
    "draft.source": words.SOURCE, "service.method": words.SERVICE_METHOD,
}  # fmt: skip
CONFLICTS = {
    "changed": "两边都改过", "twin": "代码或编号相同", "waiting": "所属记录已删除",
    "in-use": "对方已删除",
}  # fmt: skip
_MORE = {
    "conflict.kind": CONFLICTS,
    "conflict.table": TABLES,
    "paper.series": {"assessment": "诚信评估", "sanction": "失信惩戒"},
    "sanction_report.event": {"imposed": "作出惩戒", "withdrawn": "撤销惩戒"},
}
_DISTRICTS = ("district", "location")


def column(table: str, name: str) -> str | None:
    """Return what people call a column; None for what only the program needs."""
    if name in INTERNAL:
        return None
    if is_long(table, name) and name not in COLUMNS:
        return "内容"
    return COLUMNS.get(f"{table}.{name}") or COLUMNS[name]


def office(code: str) -> str:
    """Return whose archive one is: a district's, or the city's, which is no place."""
    if code == "municipal":
        return "市级（市人力资源和社会保障局）"
    return BY_CODE[code].name if code in BY_CODE else code[:80]


def is_long(table: str, name: str) -> bool:
    """Whether a column holds what is not shown in a table."""
    return name in LONG or f"{table}.{name}" in LONG


def value(table: str, name: str, found: object) -> str:
    """Return a value in the words that people use."""
    key, text = f"{table}.{name}", str(found)
    if isinstance(found, bool):
        return "是" if found else "否"
    if name in ("decided_by", "sender") and text in BY_CODE:
        return office(text)
    if name in _DISTRICTS or (table == "agency_change" and text in BY_CODE):
        return BY_CODE[text].name if text in BY_CODE else text
    if key in _WORDS and text in _WORDS[key]:
        return _WORDS[key].chinese(text)
    if key == "agency_change.field":
        return column("agency", text) or text
    return _MORE.get(key, {}).get(text, text)
