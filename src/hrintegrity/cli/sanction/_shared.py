"""What several commands of `hri sanction` share."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hrintegrity.notice.words import MEASURE, SANCTION_STATE

COLUMNS = [
    ("id", "编号"),
    ("agency", "机构名称"),
    ("code", "代码"),
    ("staff_name", "从业人员"),
    ("kind", "措施"),
    ("grounds", "事实"),
    ("evidence", "证据"),
    ("violated", "违反的规定"),
    ("basis", "依据"),
    ("date", "日期"),
    ("review_year", "年审年度"),
    ("serious", "问题严重"),
    ("attributed", "归责于机构"),
    ("deadline", "整改期限"),
    ("state", "现状"),
    ("overdue", "逾期"),
    ("mended", "整改日期"),
    ("failed", "整改不到位"),
    ("fail_note", "说明"),
    ("withdrawn", "撤销日期"),
    ("withdraw_reason", "撤销理由"),
    ("place", "约谈地点"),
    ("appointed", "约谈时间"),
    ("statement", "陈述申辩"),
    ("hearing_requested", "要求听证"),
    ("hearing_held", "举行听证"),
    ("answer", "复核意见"),
    ("hearing_record", "听证笔录"),
    ("scope", "公布范围"),
    ("number", "文号"),
    ("served", "送达日期"),
]

WORDS: dict[str, Any] = {"kind": MEASURE.chinese, "state": SANCTION_STATE.chinese}

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="惩戒的编号（末8位也行），或决定书的文号。")
]

NoticeArgument = Annotated[
    str, typer.Argument(metavar="编号", help="事先告知的编号（末8位也行），或告知书的文号。")
]
