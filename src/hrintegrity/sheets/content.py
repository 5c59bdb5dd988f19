"""What the text of a cell or of an option may hold, and what spreadsheets do to it."""

from __future__ import annotations

import re

from hrintegrity.hygiene import hygienic, is_ordinary
from hrintegrity.sheets.escapes import to_workbook
from hrintegrity.text import on_one_line

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}")

CELL_LIMIT = 32767
"""The most characters that a cell of a workbook holds."""

GARBLED = "\ufffd"
"""What stands where a program could not decode a character."""

_ERROR = re.compile(
    r"#(?:[A-Z][A-Z_]*[!?]|N/A|DIV/0!|GETTING_DATA|除/0!|值!|名称\?|引用!|数字!)|(?:Err|错误)[:：]\d{3}|#{3,}"
)
"""What spreadsheets show, and write into csv, where a formula failed: nobody's text."""

EMPTY = "没有填写"
"""Why an empty cell is refused."""

EMPTY_MARKS = frozenset(
    {"无", "暂无", "/", "／", "-", "－", "–", "—", "——", "--", "N/A", "n/a", "Ｎ／Ａ"}
)
"""What people write where there is nothing to say."""

_SAFE_LENGTH = CELL_LIMIT // 8


def clean(text: str) -> str:
    """Return `text` as the border takes it, from a cell or from an option.

    Blanks at both ends (full-width ones, tabs and line ends too) are dropped, line ends within
    become a single line feed; otherwise as `hygiene.hygienic`. Raises ValueError with a Chinese
    reason for what no text may hold, and where a workbook can't hold the text or would take it for
    an error value, so that what came in can always go out.
    """
    text = hygienic(text).strip()
    reason = refused_reason(text)
    if reason:
        raise ValueError(reason)
    return text


def clean_line(text: str) -> str:
    """Return `text` as `clean` does, in one line, without an apostrophe that marks text."""
    return on_one_line(unmarked(clean(text)))


def refused_reason(text: str) -> str:
    """Say in Chinese why no column takes `text`; empty where one may."""
    # Most texts show at a glance that nothing is the matter with them.
    if len(text) <= _SAFE_LENGTH and not (
        "#" in text or GARBLED in text or "Err" in text or "错误" in text
    ):
        return ""
    if GARBLED in text:
        return f"含有乱码（{GARBLED}），原文已经丢失"
    return error_reason(text) if _ERROR.fullmatch(text.strip()) else unholdable(text)


def error_reason(text: str) -> str:
    """Return the reason why an error value is refused."""
    if text.startswith("###"):
        return f"是 {text}，列太窄没有显示出内容；请加宽这一列后重新保存"
    return f"是错误值 {text.strip()}，公式没有算出结果"


def holdable(text: str) -> str:
    """Return `text` with what no workbook holds made unreadable, for a list of rejected rows."""
    return _UNHOLDABLE.sub(GARBLED, text)[: CELL_LIMIT // 2]


_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unholdable(text: str) -> str:
    """Say in Chinese why a workbook can't hold `text`; empty where it can."""
    match = _UNHOLDABLE.search(text)
    if match:
        return f"含有不能使用的字符 U+{ord(match[0]):04X}"
    # A workbook counts a character outside the basic plane as two, and an escape as it is written.
    if len(text) > _SAFE_LENGTH and len(to_workbook(text).encode("utf-16-le")) // 2 > CELL_LIMIT:
        return f"超过一个单元格能容纳的 {CELL_LIMIT} 个字符"
    return ""


def damaged(text: str) -> str:
    """Say in Chinese that a number lost its digits to a spreadsheet; empty where it did not."""
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        return "号码已被表格软件变成科学计数，后面的数字丢失；请按文本重新填写"
    return ""


def is_odd(texts: str) -> bool:
    """Say whether the texts of a row have to be looked at one by one."""
    return (
        not is_ordinary(texts) or "#" in texts or "'" in texts or "Err" in texts or "错误" in texts
    )


def unmarked(text: str) -> str:
    """Return a text without the apostrophe before it by which people make a number a text."""
    return text[1:].lstrip() if text[:1] == "'" and "'" not in text[1:] else text
