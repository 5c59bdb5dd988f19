"""Scores as they come in: numbers from 0 to the indicator's points, one decimal at most.

A score is kept in tenths of a point, as an integer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from hrintegrity.errors import InputError
from hrintegrity.rules.case import Case
from hrintegrity.rules.exact import exact_text
from hrintegrity.text import fold


def parse_score(content: Any, most: int) -> int:
    """Return a number between 0 and `most` tenths, in tenths.

    `content` is an int, Decimal or float as JSON or a spreadsheet gives it; text is no number here.
    Raises ValueError with a Chinese reason.
    """
    if isinstance(content, float):
        # repr gives the shortest text that means this float, which is what was typed.
        content = Decimal(repr(content))
    if isinstance(content, bool) or not isinstance(content, int | Decimal):
        raise ValueError("应是数字")
    number = Decimal(content)
    if not number.is_finite():
        raise ValueError("应是有限的数字")
    if number < 0:
        raise ValueError("不能是负数")
    if number > Decimal(most) / 10:
        raise ValueError(f"不能超过 {exact_text(Fraction(most, 10))} 分")
    # The range is known, so that a long tail of decimals is all that can still be wrong.
    tenths = Fraction(number) * 10 if number.adjusted() >= -1 else Fraction(bool(number), 2)
    if tenths.denominator != 1:
        raise ValueError("最多一位小数")
    return tenths.numerator


def parse_score_text(text: str, most: int) -> int:
    """Return a score as it is typed or stands in a cell of text, in tenths.

    Raises ValueError with a Chinese reason.
    """
    typed = fold(text).strip()
    if not typed:
        raise ValueError("没有评分")
    if not typed.isascii() or not set(typed) <= set("+-.0123456789"):
        raise ValueError("应是数字")
    try:
        number = Decimal(typed)
    except InvalidOperation:
        raise ValueError("应是数字") from None
    return parse_score(number, most)


def parse_scores(content: Mapping[Any, Any], case: Case, source: str) -> tuple[int | None, ...]:
    """Return a sheet's scores in tenths from `{"1": 3, "2": 2, …}`; keys may be integers.

    All indicators that the source is asked about are needed, and no others. Raises InputError
    `scores-refused` whose details name each indicator at fault.
    """
    if not isinstance(content, Mapping):
        last = len(case.annex.indicators)
        raise _refused([_finding("", None, f'应是 {{"1": 3, …, "{last}": 5}} 这样的一组评分')])
    given = {str(key): value for key, value in content.items() if not isinstance(key, bool)}
    found: list[int | None] = []
    findings: list[dict[str, Any]] = []
    for indicator, most in zip(case.annex.indicators, case.standard.points, strict=True):
        key = str(indicator.id)
        if not case.asks(source, indicator.id):
            found.append(None)
            if given.pop(key, None) is not None:
                findings.append(
                    _finding(indicator.heading, None, f"{case.standard.word(source)}不评这一项")
                )
            continue
        if key not in given:
            findings.append(_finding(indicator.heading, None, "缺少评分"))
            continue
        value = given.pop(key)
        try:
            found.append(parse_score(value, most))
        except ValueError as error:
            findings.append(_finding(indicator.heading, value, str(error)))
    known = f"1 至 {len(case.annex.indicators)}"
    findings += [
        _finding(key, value, f"没有这项指标，应是 {known}") for key, value in given.items()
    ]
    if findings:
        raise _refused(findings)
    return tuple(found)


def parse_scores_json(text: str, case: Case, source: str) -> tuple[int | None, ...]:
    """Return a sheet's scores in tenths from the text of a JSON object, digit by digit exact.

    Raises InputError `scores-refused`; an indicator that stands twice is refused too.
    """
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for key, value in pairs:
            if key in content:
                twice.append(key)
            content[key] = value
        return content

    try:
        content = json.loads(
            text.removeprefix("\ufeff"),
            parse_float=_exact,
            parse_int=_exact,
            object_pairs_hook=once,
        )
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise _refused([_finding("", None, f"不是 JSON：{where}有误")]) from None
    except RecursionError:
        raise _refused([_finding("", None, "不是 JSON：层次太深")]) from None
    if twice:
        names = {str(indicator.id): indicator.heading for indicator in case.annex.indicators}
        raise _refused([_finding(names.get(key, key), None, "写了两次") for key in twice])
    return parse_scores(content, case, source)


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("NaN")


def _finding(column: str, value: Any, reason: str) -> dict[str, Any]:
    return {"row": None, "column": column or None, "value": _shown(value), "reason": reason}


def _shown(value: Any) -> Any:
    """Return a value as an error may quote it: short, and fit for JSON."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else "很大的整数"
    text = "一组值" if isinstance(value, list | dict) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _refused(findings: list[dict[str, Any]]) -> InputError:
    shown = [f"{f['column']}：{f['reason']}" if f["column"] else f["reason"] for f in findings]
    message = "；".join(shown[:3]) + (f"……共 {len(shown)} 处" if len(shown) > 3 else "")
    return InputError(
        "scores-refused",
        f"评分不能用：{message}",
        "请改正后再试，什么都没有写入。",
        details=findings,
    )
