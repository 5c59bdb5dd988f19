"""What an agency's entry may say: codes, names and texts as they are stored and compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from hrintegrity.errors import InputError
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.rules.codes import check_code
from hrintegrity.sheets.content import EMPTY_MARKS, clean_line, damaged
from hrintegrity.text import halved, joined
from hrintegrity.text import name_key as name_key

if TYPE_CHECKING:
    from hrintegrity.archive.tables.agencies import Agency

_HAN = re.compile("[\u4e00-\u9fff]")
_PARTED = re.compile(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]")
_OF_PHONES = re.compile("转|分机|总机|办公室?|手机|座机|传真|电话|宅|或|及|和")


def checked_code(text: str, *, lenient: bool) -> tuple[str, str | None]:
    """Return a code as it is stored, and the mark it gets if it stands although it fails.

    Raises InputError `bad-code`. A 15-digit number that fails is marked, never refused.
    """
    check = check_code(text)
    if check.ok:
        return check.code, None
    if check.kind == "business" or (lenient and check.kind is not None):
        return check.code, code_mark(check.reason)
    raise InputError(
        "bad-code",
        f"代码不对：{text}（{check.reason}）",
        "请对照证照核对；确认无误的，加 --lenient-codes。" if check.kind else "请对照证照核对。",
        details=[{"row": None, "column": "code", "value": text, "reason": check.reason}],
    )


def code_mark(reason: str) -> str:
    """Return the mark of a code that stands although its check character fails."""
    return f"{reason}（已照登记，请核对证照）"


def checked_name(text: str) -> str:
    """Return a name without blanks around it. Raises InputError `bad-name`."""
    try:
        name = clean_line(text)
    except ValueError as error:
        raise InputError("bad-name", f"机构名称{error}", "请改正。") from None
    if not name or name in EMPTY_MARKS:
        raise InputError("bad-name", "机构名称是空的。", "请给出机构全称。")
    return name_in_cell(name)


def name_in_cell(text: str) -> str:
    """Return a name as it is stored, of a text that is clean. Raises InputError `bad-name`."""
    name = " ".join(joined(text).split())
    if not any(map(str.isalpha, name)):
        raise InputError("bad-name", f"不像机构名称：{name}", "请给出机构全称。")
    return name


def is_wordy(phone: str) -> bool:
    """Say whether Chinese stands in a phone number, other than the words that belong there."""
    return not phone.isascii() and _HAN.search(_OF_PHONES.sub("", phone)) is not None


def is_broken(name: str) -> bool:
    """Say whether a blank parts Chinese characters of a name, as nobody's licence has it."""
    return _PARTED.search(name) is not None


def name_warning(name: str) -> tuple[str, ...]:
    """Return the warning for a name that is parted by a blank."""
    return (f"名称“{name}”中间有空格，照录了，请对照证照核对。",) if is_broken(name) else ()


def term_warning(agency: Agency) -> tuple[str, ...]:
    """Return the warning for a licence whose term ends before it begins."""
    first, last = (getattr(agency, name) for name in ("license_from", "license_until"))
    if first is None or last is None or last >= first:
        return ()
    return (f"{agency.name}的许可证有效期至 {last} 早于发证日期 {first}，请核对。",)


def former_names(borne: Iterable[str], name: str) -> tuple[str, ...]:
    """Return names that an agency bore before, each once, the latest last; not its present one."""
    found: dict[str, str] = {}
    for one in borne:
        key = name_key(one)
        found.pop(key, None)
        found[key] = one
    if found:  # Few have borne another name, and whole registers are gone through.
        found.pop(name_key(name), None)
    return tuple(found.values())


def checked_text(field: str, text: str) -> str:
    """Return a text as a table's cell would be taken, so that what came in can go out.

    A mark such as 无 or / is an empty text. Raises InputError `bad-text`.
    """
    try:
        kept = clean_line(text)
    except ValueError as error:
        reason = str(error)
    else:
        reason = damaged(kept) if AGENCY[field].is_code else ""
        if not reason:
            if kept in EMPTY_MARKS:
                return ""
            return halved(kept) if AGENCY[field].is_code else kept
    raise InputError(
        "bad-text",
        f"“{text}”不能登记：{reason}",
        "请改正后再试。",
        details=[{"row": None, "column": field, "value": text, "reason": reason}],
    )
