"""What a value of a bundle has to be: the same words, shapes and characters as what is typed.

The words are those that `notice.records` declares, the shapes those of the columns; what is kept
as JSON or as a paper is read by those who read it later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from hrintegrity.duties.exchange.graph import Kind
from hrintegrity.errors import HriError
from hrintegrity.hygiene import hygienic
from hrintegrity.notice.records import kind as declared
from hrintegrity.rules.codes import check_code

_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST = 1 << 31
_YEARS = range(1949, 2101)
_HUNDREDTHS = range(10001)
_DEEPEST = 1 << 20
_LONGEST_TEXT = 32_767
"""No cell holds more characters; longer is only what is declared so."""


def value_fault(kind: Kind, column: str, value: Any, record: Any) -> str:
    """Return in Chinese what is wrong with a value of a record, or nothing."""
    wanted = kind.types.get(column)
    if wanted is None:
        return "本程序没有这一栏"
    if type(value) is not (str if wanted is dt.date else wanted):
        return "类型不对"
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return _number_fault(kind, column, value)
    if not isinstance(value, str):
        return "类型不对"
    try:
        hygienic(value)
    except ValueError as error:
        return str(error)
    return _text_fault(kind, column, value, record)


def _number_fault(kind: Kind, column: str, value: int) -> str:
    if not 0 <= value < (_LARGEST if (kind.name, column) != ("attachment", "size") else 1 << 40):
        return "数太大，或小于零"
    if column in ("year", "review_year") and value not in _YEARS:
        return "不是年份"
    if (kind.name, column) == ("conclusion", "total") and value not in _HUNDREDTHS:
        return "总分不在 0 到 100 之内"
    return ""


def _text_fault(kind: Kind, column: str, value: str, record: Any) -> str:
    field = declared(kind.name)[column]
    if field.is_date and not _is_day(value):
        return "不是日期"
    if column == "id" and value != record:
        return "与记录的标识不符"
    if column in kind.references and not _IDENTITY.fullmatch(value):
        return "不是记录的标识"
    # What is the whole city's has no district.
    whole_city = column == "district" and not value and kind.name != "agency"
    if field.words is not None and value not in field.words and not whole_city:
        return "不在这一栏可用的词里"
    if column == "sha256" and not _SHA256.fullmatch(value):
        return "不是 SHA-256"
    if not field.long and len(value) > _LONGEST_TEXT:
        return f"太长（{len(value)} 字）"
    if (kind.name, column) == ("agency", "code"):
        found = check_code(value)
        return "" if found.kind and found.code == value else found.reason or "代码的写法不对"
    return ""


def row_fault(kind: Kind, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the column and in Chinese what is wrong between the values of a record, or nothing."""
    if {"body", "sha256"} <= row.keys() and _hash(row["body"]) != row["sha256"]:
        return "sha256", "与正文不符"
    for column, read in _CONTENTS.get(kind.name, {}).items():
        if row.get(column) is not None and (reason := _content_fault(row[column], read)):
            return column, reason
    check = _TOGETHER.get(kind.name)
    reason = "" if check is None else _tried(lambda: check(row))
    return ("total", reason) if reason else None


def _content_fault(text: str, read: Callable[[Any], object]) -> str:
    """Return what is wrong with a value that is JSON."""
    if len(text) > _DEEPEST:
        return "内容太长"
    return _tried(lambda: _read(text, read))


def _read(text: str, read: Callable[[Any], object]) -> str:
    read(json.loads(text))
    return ""


def _tried(check: Callable[[], str]) -> str:
    """Return what a check says; whatever it stumbles over is a fault of what it looks at."""
    try:
        return check()
    except HriError as error:
        return error.message
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return "内容的写法不对"


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _scores(content: Any) -> None:
    """Take a sheet's scores: tenths of points, null where its source is not asked."""
    given = [n for n in content if n is not None] if isinstance(content, list) else ()
    if not given or not all(type(n) is int and 0 <= n <= 1000 for n in given):
        raise ValueError


def _standard(content: Any) -> None:
    """Take a district's standard; its year's annex may be known to that district alone."""
    from hrintegrity.notice.indicators import FULL_MARKS, Annex, Category, Indicator  # noqa: PLC0415
    from hrintegrity.rules.standard_reading import parse_standard  # noqa: PLC0415

    whole = Category(1, "", FULL_MARKS)
    count = len(content["points"])
    lines = tuple(Indicator(number, "", "", whole) for number in range(1, count + 1))
    parse_standard(content, Annex("", (whole,), lines))


def _quotas(content: Any) -> None:
    from hrintegrity.notice.quotas import parse_quotas  # noqa: PLC0415

    parse_quotas(content)


def _hotlines(content: Any) -> None:
    from hrintegrity.notice.hotlines import parse_hotlines  # noqa: PLC0415

    parse_hotlines(content)


def _mapping(content: Any) -> None:
    if not isinstance(content, dict):
        raise ValueError


def _list(content: Any) -> None:
    if not isinstance(content, list):
        raise ValueError


def _conclusion(row: Mapping[str, Any]) -> str:
    """Compare a conclusion with what its own sheets come to, by its own annex and standard."""
    from hrintegrity.duties.assessment.recomputing import faults_of  # noqa: PLC0415
    from hrintegrity.notice.indicators import kept_annex, parse_annex  # noqa: PLC0415
    from hrintegrity.rules.standard_reading import parse_standard  # noqa: PLC0415

    own = row.get("annex")
    annex = kept_annex(None) if own is None else parse_annex(json.loads(own))
    parse_standard(json.loads(row["standard"]), annex)
    return next(iter(faults_of(row)), "")


_CONTENTS: dict[str, dict[str, Callable[[Any], object]]] = {
    "score_sheet": {"scores": _scores},
    "standard": {"content": _standard},
    "quota_set": {"content": _quotas},
    "hotline_list": {"content": _hotlines},
    "submission": {"manifest": _mapping, "papers": _mapping},
    "summary": {"figures": _mapping},
    "recommendation": {"excused": _list},
}
_TOGETHER: dict[str, Callable[[Mapping[str, Any]], str]] = {"conclusion": _conclusion}
