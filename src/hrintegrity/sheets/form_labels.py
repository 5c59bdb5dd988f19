"""What stands on the score form: its number, the labels of its head, and its lines."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

FORM_NUMBER = "表号：HRI-SCORE-1"

AGENCY, CODE, YEAR, SOURCE, RATER = (
    "机构名称",
    "统一社会信用代码",
    "年度",
    "评价方式",
    "评价人",
)
NUMBER, SCORE, TOTAL = "序号", "得分", "总分"


class FormIndicator(NamedTuple):
    """One line of the form: its number, name and text, its category, and the most points."""

    number: int
    name: str
    text: str
    category: str
    points: int | Decimal
