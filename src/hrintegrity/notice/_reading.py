"""One checked reader for YAML: the program's own files and those that an office hands in.

A fault is refused by file name and key. Python's yaml takes `1_0`, `0o17`, `1:30` and `yes` for
numbers and truth values; here only what looks like a plain decimal number is a number, only `true`
and `false` are truth values, and everything else is text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from hrintegrity import resources
from hrintegrity.days import parse_date, refuse_year
from hrintegrity.errors import HriError, InputError, UnusableError
from hrintegrity.files import input_file, os_reason

if TYPE_CHECKING:
    from fractions import Fraction

Refusal = Callable[[str, Any, str], HriError]
"""Makes the error from a key, the value found there and the reason in Chinese."""

_LARGEST_FILE = 1 << 16
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_FRACTION = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})")
_TRUTH = {"true": True, "false": False}
_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = {
    _TAG + kind for kind in ("str", "int", "float", "bool", "timestamp", "merge", "value")
}


@dataclass(frozen=True)
class Value:
    """A value with the key under which it stands, so that a refusal can name both."""

    content: Any
    key: str
    refusal: Refusal

    def fail(self, reason: str) -> NoReturn:
        """Refuse this value with a Chinese reason."""
        raise self.refusal(self.key, self.content, reason)

    def entries(self) -> dict[str, Value]:
        """Return the entries of a mapping by their keys, as text; keys may be any."""
        if not isinstance(self.content, Mapping):
            self.fail("应是一组“键: 值”")
        found: dict[str, Value] = {}
        for key, content in self.content.items():
            if isinstance(key, bool) or not isinstance(key, str | int):
                self.fail(f"键只能是文字或整数：{key}")
            value = Value(content, f"{self.key}.{key}" if self.key else str(key), self.refusal)
            if str(key) in found:
                value.fail("这个键写了两次")
            found[str(key)] = value
        return found

    def keys(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Value]:
        """Return the entries of a mapping that has these keys and no others."""
        found = self.entries()
        for key, value in found.items():
            if key not in required and key not in optional:
                value.fail(f"不认识这个键；可用的有：{'、'.join([*required, *optional])}")
        for key in required:
            if key not in found:
                self.fail(f"缺少 {key}")
        return found

    def items(self) -> list[Value]:
        """Return the items of a list that is not empty."""
        if not isinstance(self.content, list | tuple) or not self.content:
            self.fail("应是一个列表，至少有一项")
        return [
            Value(content, f"{self.key}[{index}]", self.refusal)
            for index, content in enumerate(self.content, 1)
        ]

    def text(self) -> str:
        """Return a text of one line, without blanks at its ends."""
        if isinstance(self.content, bool | int | float | Decimal):
            self.fail("应是文字；数字须加引号")
        if not isinstance(self.content, str) or not self.content.strip():
            self.fail("应是文字，不能为空")
        if not self.content.isprintable():
            self.fail("文字里不能有换行或控制字符")
        return self.content.strip()

    def lines(self) -> str:
        """Return a text that may have several lines."""
        if not isinstance(self.content, str) or not self.content.strip():
            self.fail("应是文字，不能为空")
        lines = [line.rstrip() for line in self.content.strip().splitlines()]
        if not all(line.isprintable() for line in lines):
            self.fail("文字里不能有控制字符")
        return "\n".join(lines)

    def text_or_none(self) -> str | None:
        """Return a text, or None where the value is empty."""
        return None if self.content is None else self.text()

    def number(self) -> Decimal:
        """Return a number exactly as it is written; a truth value is none."""
        content = self.content
        if isinstance(content, float):
            # repr gives the shortest text that means this float, which is what was typed.
            content = Decimal(repr(content))
        if isinstance(content, bool) or not isinstance(content, int | Decimal):
            self.fail("应是数字")
        number = Decimal(content)
        if not number.is_finite():
            self.fail("应是有限的数字")
        _, digits, exponent = number.as_tuple()
        if len(digits) > 20 or not -20 <= int(exponent) <= 20:
            self.fail("数字太大或小数太多")
        return number

    def fraction(self) -> Fraction:
        """Return a number exactly, which may also be written as a fraction such as `1/3`."""
        from fractions import Fraction  # noqa: PLC0415 — few files have any.

        if isinstance(self.content, str) and (match := _FRACTION.fullmatch(self.content)):
            return Fraction(int(match[1]), int(match[2]))
        return Fraction(self.number())

    def whole(self, least: int = 0, most: int = 36_500) -> int:
        """Return a whole number from `least` to `most`, which is a hundred years of days."""
        if isinstance(self.content, bool) or not isinstance(self.content, int):
            self.fail("应是整数")
        if self.content < least:
            self.fail(f"不能小于 {least}")
        if self.content > most:
            self.fail(f"不能大于 {most}")
        return self.content

    def year(self, latest: int | None = None) -> int:
        """Return a year of four digits, where given no later than `latest`."""
        year = self.whole()
        if not 2000 <= year <= 2999:
            self.fail("应是四位年份")
        try:
            refuse_year(year, latest)
        except ValueError as error:
            self.fail(str(error))
        return year

    def flag(self) -> bool:
        """Return a truth value, written `true` or `false`."""
        if not isinstance(self.content, bool):
            self.fail("应是 true 或 false")
        return self.content

    def day(self, latest: int | None = None) -> dt.date:
        """Return a day in one of the three spellings, where given no later than in `latest`."""
        try:
            return parse_date(self.text(), latest=latest)
        except ValueError as error:
            self.fail(str(error))


def own_file(name: str) -> Value:
    """Read `data/<name>`. A fault, now or later, is UnusableError `data-broken`."""

    def refusal(key: str, content: Any, reason: str) -> HriError:
        where = f"data/{name}" + (f" 的 {key}" if key else "")
        return UnusableError(
            "data-broken", f"程序自带的数据坏了：{where}：{reason}", "请重新安装 hrintegrity。"
        )

    path = resources.folder("data") / name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refusal("", None, os_reason(error)) from error
    return Value(_load(raw, refusal, trusted=True), "", refusal)


def given_file(path: Path, code: str) -> Value:
    """Read a YAML file that an office hands in.

    A fault, now or later, is InputError with `code`; a missing file LookupFailedError
    `file-missing`; an unreadable one UnusableError `file-unreadable`.
    """
    refusal = _input_refusal(path.name, code)
    try:
        with input_file(path).open("rb") as file:
            raw = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise UnusableError(
            "file-unreadable", f"不能读取 {path}：{os_reason(error)}", "请检查文件和权限。"
        ) from error
    if len(raw) > _LARGEST_FILE:
        raise refusal("", None, "文件太大，不像是这种文件")
    return Value(_load(raw, refusal, trusted=False), "", refusal)


def given_mapping(content: Any, name: str, code: str) -> Value:
    """Take what was kept as JSON, or built by a caller; faults are InputError with `code`."""
    return Value(content, "", _input_refusal(name, code))


def _input_refusal(name: str, code: str) -> Refusal:
    def refusal(key: str, content: Any, reason: str) -> HriError:
        where = f"{name} 的 {key}" if key else name
        shown = content if content is None or isinstance(content, str | int) else str(content)
        detail = {"row": None, "column": key or None, "value": shown, "reason": reason}
        return InputError(
            code, f"{where}：{reason}", "请改正后再试，什么都没有写入。", details=[detail]
        )

    return refusal


def _load(raw: bytes, refusal: Refusal, *, trusted: bool) -> Any:
    """Turn the bytes of one YAML document into plain values."""
    import yaml  # noqa: PLC0415 — commands that read no YAML do without its 26 ms.

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("", None, "不是 UTF-8 编码的文本，请另存为 UTF-8") from None
    # The C loader is fast, but deep nesting ends the whole process there: it is for our files only.
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=fast if trusted else yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"第 {mark.line + 1} 行" if mark else ""
        raise refusal("", None, f"{where}不合 YAML 的格式") from None
    except yaml.YAMLError:
        raise refusal("", None, "不合 YAML 的格式，或有不能用的字符") from None
    except RecursionError:
        raise refusal("", None, "层次太深") from None
    if node is None:
        raise refusal("", None, "文件是空的")
    return _plain(node, "", refusal, set())


def _plain(node: Any, key: str, refusal: Refusal, seen: set[int]) -> Any:
    """Return a YAML node as dict, list, text, int, Decimal, bool or None.

    An alias is refused: a few lines of them can stand for billions of values.
    """
    if id(node) in seen:
        raise refusal(key, None, "不能用别名（*）")
    seen.add(id(node))
    if node.id == "mapping":
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                raise refusal(key, None, "键只能是文字")
            inner = f"{key}.{key_node.value}" if key else str(key_node.value)
            if key_node.value in mapping:
                raise refusal(inner, None, "这个键写了两次")
            mapping[key_node.value] = _plain(value_node, inner, refusal, seen)
        return mapping
    if node.id == "sequence":
        return [
            _plain(item, f"{key}[{index}]", refusal, seen)
            for index, item in enumerate(node.value, 1)
        ]
    if node.tag == _TAG + "null":
        return None
    if node.tag not in _PLAIN_TAGS:
        raise refusal(key, None, f"不能用标记 {node.tag.removeprefix(_TAG)}")
    return _scalar(node.tag.removeprefix(_TAG), node.value)


def _scalar(tag: str, text: str) -> Any:
    if tag in ("int", "float") and (match := _DECIMAL.fullmatch(text)):
        return Decimal(text) if match[2] else int(text)
    if tag == "bool":
        return _TRUTH.get(text.lower(), text)
    return text
