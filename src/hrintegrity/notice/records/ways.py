"""How each kind of record is listed, corrected and taken back, and what follows from that.

What was told to someone outside, such as a numbered paper, a submission with a receipt or a report
to a system, is never unmade; another paper revokes it. `docs/taking-back.md` is made of this, and a
test holds it against the tables and the commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WITHDRAW = "archive withdraw"
"""The command that takes back whatever has no way of its own."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """The ways of one kind of record, as commands; `follows` says in Chinese what comes of it.

    `taken_back` is empty for what is never unmade or not a record by itself; `follows` says why.
    `parts` are the tables whose rows go with the record.
    """

    listed: str
    corrected: str = ""
    taken_back: str = WITHDRAW
    parts: tuple[str, ...] = ()
    follows: str = ""


_RECORDS = "agency records"
_LOG = "archive log"

WAYS: Mapping[str, Way] = {
    "agency": Way(
        listed="agency list",
        corrected="agency edit",
        parts=("former_name", "agency_change"),
        follows="只撤去没有任何记录的；登记了两次的用 agency merge，终止的用 agency close",
    ),
    "former_name": Way(
        listed=_RECORDS,
        corrected="agency edit",
        follows="随改名留下；只是登错了的名称，撤去它，就如从来没有用过",
    ),
    "agency_change": Way(
        listed=_LOG,
        corrected="agency edit",
        taken_back="agency edit",
        follows="随变更留下；登错的再改回来，日志里都有",
    ),
    "pledge": Way(
        listed=_RECORDS,
        corrected="agency pledge",
        follows="同一年再登记的一份取代原来的一份",
    ),
    "education": Way(listed=_RECORDS),
    "practitioner": Way(
        listed="agency staff list",
        corrected="agency staff edit",
        parts=("employment", "staff_education"),
        follows="连同任职和教育记录；有惩戒或创建称号的不能撤去；抹去姓名用 agency staff erase",
    ),
    "employment": Way(
        listed=_RECORDS,
        corrected="agency staff edit",
        follows="唯一的一次任职撤去时，从业人员一并撤去",
    ),
    "staff_education": Way(listed=_RECORDS),
    "review": Way(
        listed=_RECORDS,
        corrected="agency review",
        follows="惩戒写入的，用 sanction withdraw，结果随之恢复",
    ),
    "penalty": Way(listed=_RECORDS),
    "inspection": Way(
        listed="inspect visits",
        corrected="inspect import",
        parts=("gap",),
        follows="连同它查出的缺项",
    ),
    "gap": Way(
        listed="inspect list",
        corrected="inspect mend",
        taken_back="inspect reopen",
        follows="补建登错的重新打开；整个检查登错的，撤去检查",
    ),
    "inspection_draw": Way(
        listed="inspect draws",
        taken_back="",
        follows="抽取按种子随时可以重做，留作凭据；种子公布后不能撤去",
    ),
    "complaint": Way(
        listed="complaint list",
        corrected="complaint edit",
        parts=("complainant",),
        follows="连同投诉人的姓名和联系方式；称号因它撤销的，先用 complaint reopen",
    ),
    "complainant": Way(
        listed="complaint show",
        corrected="complaint edit",
        taken_back="complaint erase",
        follows="姓名和联系方式从档案库里抹去，日志里只有加盐的哈希",
    ),
    "annex": Way(
        listed="assess annex show",
        corrected="assess annex use",
        taken_back="assess annex use",
        follows="有了评分表或评定结论以后，当年的评估指标不能再改。",
    ),
    "standard": Way(
        listed="assess standard show",
        corrected="assess standard use",
        taken_back="assess standard use",
        follows="再采用一次，取代原来的；已评定的仍按当时的标准",
    ),
    "score_sheet": Way(
        listed="assess sheets",
        corrected="assess run",
        taken_back="assess discard",
        follows="同一评价人再报的一张取代原来的一张；已评定的不能改，也不能撤",
    ),
    "draft": Way(
        listed="assess run",
        corrected="assess run",
        taken_back="assess run",
        follows="没有存成评分表的草稿，不是记录，也不进日志",
    ),
    "conclusion": Way(
        listed="assess",
        corrected="assess reopen",
        taken_back="assess reopen",
        follows="留在档案里；重新评定有新的告知书，写明取代哪一份",
    ),
    "objection": Way(
        listed=_RECORDS,
        corrected="assess answer",
        follows="已经答复的，答复已经发出，不能撤去；答复登错的，用 assess answer --correct 更正",
    ),
    "paper": Way(
        listed="archive log",
        taken_back="",
        follows="编了号的不能收回：评定用 assess reopen 另发，惩戒用 sanction withdraw 发撤销决定",
    ),
    "service": Way(
        listed=_RECORDS,
        corrected="assess served",
        follows="文书回到没有送达的状态",
    ),
    "sanction_notice": Way(
        listed="sanction list",
        taken_back="sanction withdraw",
        follows="留在档案里；已发出的事先告知书编了号，另告知不再作出",
    ),
    "procedure_rule": Way(
        listed=_LOG,
        taken_back="",
        follows="机关自己的程序，以最后采用的为准",
    ),
    "sanction": Way(
        listed="sanction list",
        corrected="sanction reopen",
        taken_back="sanction withdraw",
        follows="留在档案里，状态为已撤销；随它失去的称号、年审结果和机构状态恢复",
    ),
    "sanction_report": Way(
        listed="sanction export",
        taken_back="sanction withdraw",
        follows="已记入系统的不能收回；惩戒撤销后，撤销也报给该系统",
    ),
    "title_report": Way(
        listed="sanction export",
        taken_back="sanction withdraw",
        follows="已记入系统的不能收回；称号恢复后，恢复也报给该系统",
    ),
    "reward": Way(listed=_RECORDS),
    "conferral": Way(
        listed="recommend units",
        taken_back="",
        follows="编号的授牌决定不能收回；称号失去的，另发撤销决定",
    ),
    "unit": Way(
        listed="recommend units",
        corrected="sanction plaque",
        follows="误授的称号，只在市局撤去；已因惩戒或投诉失去的，先撤销惩戒或重新打开投诉",
    ),
    "recommendation": Way(
        listed="recommend list",
        corrected="recommend add",
        taken_back="recommend remove",
        follows="已报送的不能撤去",
    ),
    "submission": Way(
        listed="recommend list",
        corrected="recommend submit",
        taken_back="",
        follows="报送过的编号不再使用；补报的另编号",
    ),
    "relaxation": Way(listed="recommend check-quota"),
    "quota_set": Way(
        listed="recommend quotas show",
        corrected="recommend quotas use",
        taken_back="recommend quotas use",
        follows="再采用一次，取代原来的",
    ),
    "activity": Way(
        listed="campaign list",
        corrected="campaign edit",
        taken_back="campaign remove",
        parts=("attachment",),
        follows="连同附件",
    ),
    "attachment": Way(
        listed="campaign list",
        corrected="campaign edit",
        taken_back="campaign remove",
        follows="随活动",
    ),
    "bulletin": Way(
        listed="campaign list",
        taken_back="",
        follows="已经报出的活动信息不能收回；有误的，改正活动后另报一份",
    ),
    "distribution": Way(listed=_RECORDS),
    "outstanding": Way(listed="campaign list", taken_back="campaign remove"),
    "creation_title": Way(listed="campaign list", taken_back="campaign remove"),
    "summary": Way(
        listed="report month",
        corrected="report month",
        taken_back="report month",
        follows="再写一份，以最后一份为准",
    ),
    "campaign": Way(
        listed="archive info",
        corrected="campaign start",
        taken_back="campaign remove",
        follows="同一年再登记的取代原来的日期；年份登错的，先登记对的，再按年份撤去",
    ),
    "hotline_list": Way(
        listed="report hotlines",
        corrected="report hotlines",
        taken_back="report hotlines",
        follows="再采用一份，以日期最后的为准",
    ),
    "office": Way(
        listed="archive office",
        corrected="archive office",
        taken_back="archive office",
        follows="再登记一次，取代原来的",
    ),
    "key_trust": Way(
        listed="archive key list",
        corrected="archive key trust",
        taken_back="archive key revoke",
        follows="作废的公钥留着；用它签名的文件不再导入",
    ),
    "seal": Way(
        listed="archive seals",
        taken_back="",
        follows="签了名的日志封记，留作凭据",
    ),
    "vault": Way(
        listed="archive info",
        taken_back="",
        follows="加密档案库的附件钥匙，不是办公记录",
    ),
    "conflict": Way(
        listed="archive conflicts",
        taken_back="archive settle",
        follows="处理之后不再保留；两边的内容都在日志里",
    ),
}
