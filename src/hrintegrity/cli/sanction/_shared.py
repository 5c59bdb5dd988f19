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
    ("grounds", "事由"),
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
    ("number", "文号"),
]

WORDS: dict[str, Any] = {"kind": MEASURE.chinese, "state": SANCTION_STATE.chinese}

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help="惩戒的编号（末8位也行），或决定书的文号。")
]
