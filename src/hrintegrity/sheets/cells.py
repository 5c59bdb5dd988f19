"""Typed cells of a workbook into text, guessing nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

DIGITS = 15
"""A spreadsheet keeps this many digits of a number; the rest have become zeros."""

DAMAGED = f"数字超过 {DIGITS} 位，表格软件已改掉后面的数字；请按文本重新填写"
NOT_A_CODE = "号码被表格软件当成了{}；请把这一列设为“文本”格式后重新填写"
BOOLEAN = "是逻辑值（TRUE/FALSE），不是文字或数"
TIME = "是时间，不是文字、数或日期"
OTHERWISE = "显示的内容与存下的数（{}）不同；请按文本重新填写"
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
    if isinstance(value, dt.timedelta):
        return str(value)
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
    if isinstance(value, (dt.time, dt.timedelta)):
        return TIME
    if isinstance(value, (int, float)) and not abs(value) < 10**DIGITS:
        return DAMAGED
    return ""


def code_text(value: Any) -> tuple[str, str]:
    """Return text and reason of refusal for a cell, not text, in a column of identifiers."""
    text = shown(value)
    if isinstance(value, (int, float)):
        return text, "" if text.isdecimal() else NOT_A_CODE.format("小数或负数")
    return text, NOT_A_CODE.format("日期或时间")
