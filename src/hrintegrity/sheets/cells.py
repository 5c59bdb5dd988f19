"""Typed cells of a workbook into text, guessing nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

DIGITS = 15
"""A spreadsheet keeps this many digits of a number; the rest have become zeros."""

_EPOCH = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}
_FIRST_DAY = dt.date(1950, 1, 1)
_LAST_DAY = dt.date(2099, 12, 31)

DAMAGED = f"数字超过 {DIGITS} 位，表格软件已改掉后面的数字；请按文本重新填写"
NOT_A_CODE = "号码被表格软件当成了{}；请把这一列设为“文本”格式后重新填写"
BOOLEAN = "是逻辑值（TRUE/FALSE），不是文字或数"
NO_VALUE = "公式没有存下计算结果；请用表格软件打开、重新计算并保存"


def shown(value: Any) -> str:
    """Return a cell's value as text: whole numbers without a point, days in ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    """Write a number with the digits that a spreadsheet keeps: `3`, `2.5`, `9.1E+17`."""
    if math.isfinite(value) and value == int(value) and abs(value) < 10**DIGITS:
        return str(int(value))
    return f"{value:.{DIGITS}G}"


def trouble(value: Any) -> str:
    """Say why a value that is not text can't be taken in any column; empty where it can."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, (int, float)) and not abs(value) < 10**DIGITS:
        return DAMAGED
    return ""


def code_text(value: Any, digits: int) -> tuple[str, str]:
    """Return text and reason of refusal for a cell, not text, in a column of identifiers.

    `digits` is how many the cell's number format shows (`00000`: 5), 0 where it says nothing, and
    -1 where it shows something else than the number.
    """
    text = shown(value)
    reason = trouble(value)
    if reason:
        return text, reason
    if isinstance(value, (int, float)):
        if not text.isdecimal():
            return text, NOT_A_CODE.format("小数或负数")
        if digits < 0:
            return text, NOT_A_CODE.format("数，显示格式与存下的内容不同")
        return text.zfill(digits), ""
    return text, NOT_A_CODE.format("日期或时间")


def date_text(value: Any, *, since_1904: bool) -> str:
    """Return the text of a cell, not text, in a column of days.

    A number that a spreadsheet would show as a day from 1950 to 2099 is that day; others, such as
    2013 or 20131008, are left for the column to refuse.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 10**5:
        day = _EPOCH[since_1904] + dt.timedelta(days=int(value))
        if value == int(value) and _FIRST_DAY <= day <= _LAST_DAY:
            return day.isoformat()
    return shown(value)
