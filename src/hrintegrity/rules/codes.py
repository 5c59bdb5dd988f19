"""Check characters of the three numbers an agency may be registered under.

统一社会信用代码 by GB 32100-2015 (18 characters, modulo 31), 组织机构代码 by GB 11714-1997
(9 characters, modulo 11), and the 工商注册号 of 2013 (15 digits, ISO 7064 MOD 11,10).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from operator import mul
from typing import Literal, NamedTuple

from hrintegrity.text import squeeze

CodeKind = Literal["uscc", "org", "business"]

KIND_NAMES: dict[CodeKind, str] = {
    "uscc": "统一社会信用代码",
    "org": "组织机构代码",
    "business": "工商注册号",
}

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_USCC_VALUES = bytes.maketrans(_USCC_ALPHABET.encode(), bytes(range(31)))
_ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_VALUES = bytes.maketrans(_ORG_ALPHABET.encode(), bytes(range(36)))
_ORG_CHECKS = "0123456789X"

_USCC = re.compile(rf"[{_USCC_ALPHABET}]{{2}}[0-9]{{6}}[{_USCC_ALPHABET}]{{10}}")
_ORG = re.compile(r"[0-9A-Z]{8}[0-9X]")
_BUSINESS = re.compile(r"[0-9]{15}")
_IDENTITY = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?E\+?[0-9]+")
_WITH_FRACTION = re.compile(r"[0-9]+\.0*")


class CodeCheck(NamedTuple):
    """What a number is (a NamedTuple: an import makes one for each of 100,000 rows).

    `code` is the number in upper case, half-width, without blanks or the hyphen of an
    organisation code. `kind` is None for what has the shape of no number: nothing can take that.
    Where `ok` is False beside a `kind`, only the check character is wrong. `reason` is Chinese.
    """

    code: str
    kind: CodeKind | None
    ok: bool
    reason: str


@lru_cache(maxsize=4096)  # an import looks at a code as it reads it, and as it registers it.
def check_code(text: str) -> CodeCheck:
    """Tell which of the three numbers `text` is and whether its check character holds."""
    code = plain_code(text)
    length = len(code)
    if length == 18 and _USCC.fullmatch(code):
        if _uscc_check(code) == code[17]:
            return CodeCheck(code, "uscc", True, "")
        if code.isdigit() and code.endswith("000"):
            # Spreadsheets keep fifteen digits of a number and put noughts for the rest.
            return CodeCheck(code, None, False, "末三位像是被表格软件改成了 0，请按文本重新填写")
        return CodeCheck(code, "uscc", False, "统一社会信用代码的校验位不对")
    if length == 9 and _ORG.fullmatch(code):
        if _org_check(code) == code[8]:
            return CodeCheck(code, "org", True, "")
        return CodeCheck(code, "org", False, "组织机构代码的校验位不对")
    if length == 15 and _BUSINESS.fullmatch(code):
        if _business_check(code) == code[14]:
            return CodeCheck(code, "business", True, "")
        return CodeCheck(code, "business", False, "工商注册号的校验位不对")
    return CodeCheck(code, None, False, _shape_fault(code))


def plain_code(text: str) -> str:
    """Return a number in upper case, half-width, without blanks or a hyphen before its last."""
    code = squeeze(text)
    return code[:8] + code[9] if len(code) == 10 and code[8] == "-" else code


def is_identity_number(code: str) -> bool:
    """Say whether a number is the identity number of a citizen (GB 11643-1999).

    One in eleven of those with a credit code's check character is both.
    """
    # Few codes are digits alone, and a look at that costs less than the pattern.
    if not code[:17].isdigit() or not _IDENTITY.fullmatch(code):
        return False
    try:
        dt.date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return False
    weighted = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(code[:17]))
    return "10X98765432"[weighted % 11] == code[17]


def complete_code(start: str) -> str:
    """Return the first 17, 8 or 14 characters of a number with its check character.

    Raises ValueError where they have the shape of no number.
    """
    code = squeeze(start)
    # A nought is a well-formed last character of all three, so it tells what `start` is part of.
    check = {18: _uscc_check, 9: _org_check, 15: _business_check}.get(len(code) + 1)
    if check is None or _shape_of(code + "0") is None:
        raise ValueError("应是代码的前 17 位、前 8 位或前 14 位")
    return code + check(code)


def _shape_of(code: str) -> CodeKind | None:
    shapes: dict[CodeKind, re.Pattern[str]] = {"uscc": _USCC, "org": _ORG, "business": _BUSINESS}
    return next((kind for kind, shape in shapes.items() if shape.fullmatch(code)), None)


def _uscc_check(code: str) -> str:
    values = code[:17].encode().translate(_USCC_VALUES)
    return _USCC_ALPHABET[-sum(map(mul, values, _USCC_WEIGHTS)) % 31]


def _org_check(code: str) -> str:
    values = code[:8].encode().translate(_ORG_VALUES)
    return _ORG_CHECKS[-sum(map(mul, values, _ORG_WEIGHTS)) % 11]


def _business_check(code: str) -> str:
    product = 10
    for digit in code[:14]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def _shape_fault(code: str) -> str:
    if not code:
        return "没有填写"
    if _SCIENTIFIC.fullmatch(code):
        return f"被表格软件变成了科学记数 {code}，原来的数字已丢失，请按文本重新填写"
    if _WITH_FRACTION.fullmatch(code):
        return "被表格软件变成了小数，请按文本重新填写"
    if len(code) == 18 and code.isascii() and code.isalnum():
        if not code[2:8].isdigit():
            return "统一社会信用代码的第 3 至 8 位应是数字"
        wrong = sorted(set(code) - set(_USCC_ALPHABET))
        return f"统一社会信用代码不用字母 {'、'.join(wrong)}（易与数字混淆）"
    if code.isascii() and code.replace("-", "").isalnum():
        return f"有 {len(code)} 位；统一社会信用代码 18 位，组织机构代码 9 位，工商注册号 15 位数字"
    return "只能有数字和字母"
