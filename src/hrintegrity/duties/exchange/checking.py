"""What a value of a bundle has to be: the same words, shapes and characters as what is typed.

The words are those that `notice.records` declares, the shapes those of the columns; what is kept
as JSON or as a paper is read by those who read it later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from hrintegrity.days import FIRST_YEAR
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.errors import HriError
from hrintegrity.hygiene import hygienic, is_ordinary
from hrintegrity.notice.records import kind as declared
from hrintegrity.rules.codes import check_code
from hrintegrity.text import IDENTITY

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST = 1 << 31
_YEARS = range(FIRST_YEAR, 2101)
_HUNDREDTHS = range(10001)
_LONGEST_JSON = 1 << 20
_LONGEST_TEXT = 32_767
"""No cell holds more characters; longer is only what is declared so."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a record: in which column, with what value, and in Chinese why."""

    column: str
    value: Any
    reason: str


def fault_of(
    kind: Kind, record: Any, row: Mapping[str, Any], *, alive: bool, verified: bool = False
) -> Fault | None:
    """Return what is wrong with a record, or None for one that may travel.

    `verified`: that totals and papers are what they are made of was found out before.

    A record may have been taken back for a value that is refused: of a withdrawn one the years,
    of a deleted one (not `alive`) all words and ranges may be wrong, since nothing follows from
    them any more.
    """
    fault = _values_fault(kind, record, row, alive)
    if fault is not None:
        return fault
    # Of what is deleted the journal of the sender has only the hash of what is long.
    spared = frozenset() if alive else declared(kind.name).hashed
    lacking = sorted(kind.required - spared - set(row))
    if lacking:
        return Fault(lacking[0], None, "是空的")
    return _row_fault(kind, row, verified) if alive else None


def _values_fault(kind: Kind, record: Any, row: Mapping[str, Any], alive: bool) -> Fault | None:
    """Return what is wrong with a value by itself, or None."""
    columns = _columns(kind.name, alive, alive and row.get("withdrawn") is None)
    texts = " ".join([value for value in row.values() if type(value) is str])
    # One look at all texts together shows of most records that they pass what is asked of any text.
    plain = len(texts) <= _LONGEST_TEXT and is_ordinary(texts)
    for name, value in row.items():
        column = columns.get(name)
        if column is None:
            return Fault(name, value, "本程序没有这一栏")
        if type(value) is not column.type:
            return Fault(name, value, "类型不对")
        for check in column.own if plain else (*column.of_any_text, *column.own):
            if reason := check(value):
                return Fault(name, value, reason)
    if row.get("id", record) != record:
        return Fault("id", row["id"], "与记录的标识不符")
    return None


Check = Callable[[Any], str]
"""Says in Chinese what is wrong with a value, or nothing."""


class _Column(NamedTuple):
    """What the values of a column have to be: their type, what any text, and what just these."""

    type: type
    own: tuple[Check, ...] = ()
    of_any_text: tuple[Check, ...] = ()


@cache
def _columns(table: str, alive: bool, in_force: bool) -> dict[str, _Column]:
    """Return the columns of a table, for records that are `alive`, and not withdrawn."""
    kind = kinds()[table]
    found: dict[str, _Column] = {}
    for column, type_ in kind.types.items():
        if type_ is bool:
            found[column] = _Column(bool)
        elif type_ is int:
            found[column] = _Column(int, (_number_check(table, column, alive, in_force),))
        else:
            long = declared(table)[column].long
            of_any_text = (_hygiene_fault,) if long else (_hygiene_fault, _length_fault)
            found[column] = _Column(str, tuple(_text_checks(kind, column, alive)), of_any_text)
    return found


def _number_check(table: str, column: str, alive: bool, in_force: bool) -> Check:
    if alive and (table, column) == ("conclusion", "total"):
        return lambda number: "" if number in _HUNDREDTHS else "总分不在 0 到 100 之内"
    if in_force and declared(table)[column].is_year:
        why = f"不是年份（应在 {_YEARS[0]} 到 {_YEARS[-1]} 之间）"
        return lambda number: "" if number in _YEARS else why
    end = _LARGEST if (table, column) != ("attachment", "size") else 1 << 40
    return lambda number: "" if 0 <= number < end else "数太大，或小于零"


def _text_checks(kind: Kind, column: str, alive: bool) -> Iterator[Check]:
    field = declared(kind.name)[column]
    if field.is_date:
        yield lambda text: "" if _is_day(text) else "不是日期"
    if column in kind.references:
        yield lambda text: "" if IDENTITY.fullmatch(text) else "不是记录的标识"
    if column == "sha256":
        yield lambda text: "" if _SHA256.fullmatch(text) else "不是 SHA-256"
    if not alive:
        return
    if field.words is not None:
        # What is the whole city's has no district.
        whole_city = [""] if column == "district" and kind.name != "agency" else []
        words = {*field.words, *whole_city}
        yield lambda text: "" if text in words else "不在这一栏可用的词里"
    if (kind.name, column) == ("agency", "code"):
        yield _code_fault


def _hygiene_fault(text: str) -> str:
    try:
        hygienic(text)
    except ValueError as error:
        return str(error)
    return ""


def _length_fault(text: str) -> str:
    return f"太长（{len(text)} 字）" if len(text) > _LONGEST_TEXT else ""


def _code_fault(code: str) -> str:
    found = check_code(code)
    return "" if found.kind and found.code == code else found.reason or "代码的写法不对"


def _row_fault(kind: Kind, row: Mapping[str, Any], verified: bool) -> Fault | None:
    """Return what is wrong with content that is read as JSON, or between the values, or None."""
    if not verified and {"body", "sha256"} <= row.keys() and _hash(row["body"]) != row["sha256"]:
        return Fault("sha256", None, "与正文不符")
    for column, read in _CONTENTS.get(kind.name, {}).items():
        if row.get(column) is not None and (reason := _content_fault(row[column], read)):
            return Fault(column, None, reason)
    if kind.name == "conclusion" and not verified and (reason := _tried(lambda: _conclusion(row))):
        return Fault("total", None, reason)
    return None


def _content_fault(text: str, read: Callable[[Any], object]) -> str:
    """Return what is wrong with a value that is JSON."""
    if len(text) > _LONGEST_JSON:
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
