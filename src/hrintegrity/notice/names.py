"""What people read instead of the names of tables and columns; scripts read the names themselves.

All but a few follows from `notice.records`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.records import kind, kinds
from hrintegrity.notice.records.exchange import CONFLICTS

__all__ = ["ACTIONS", "CONFLICTS", "column", "is_long", "office", "table", "value"]

ACTIONS = {
    "insert": "新增", "update": "更改", "delete": "删除", "show-contacts": "查看投诉人",
    "key": "启用密钥", "restore": "恢复备份", "import": "导入", "undo": "撤销导入",
}  # fmt: skip

_EVENTS = {"import": "导入"}
_COUNTS = {
    "read": "读入",
    "added": "新增",
    "updated": "更新",
    "skipped": "跳过",
    "rejected": "退回",
}

SALTED = "salted:"
"""How a value begins that the journal has as a salted hash, so that it can be erased."""

_MERGED_INTO = "merged_into"
"""Not a column: into which record an agency was merged, where two archives differ on it."""


def table(name: str) -> str:
    """Return what people call a kind of record."""
    return kinds()[name].title if name in kinds() else _EVENTS[name]


def column(table: str, name: str) -> str | None:
    """Return what people call a column; None for what only the program needs."""
    if name == _MERGED_INTO:
        return "并入"
    if table in _EVENTS:
        return _COUNTS.get(name)
    return kind(table)[name].heading or None


def office(code: str) -> str:
    """Return whose archive one is: a district's, or the city's, which is no place."""
    if code == "municipal":
        return "市级（市人力资源和社会保障局）"
    return BY_CODE[code].name if code in BY_CODE else code[:80]


def is_long(table: str, name: str) -> bool:
    """Whether a column holds what is not shown in a table."""
    return name != _MERGED_INTO and table not in _EVENTS and kind(table)[name].long


def value(
    table: str, name: str, found: object, fields: Mapping[str, Sequence[object]] | None = None
) -> str:
    """Return a value in the words that people use.

    `fields` has what else changed in the record, before and after: whose value a change of an
    agency keeps, its `field` says.
    """
    if isinstance(found, bool):
        return "是" if found else "否"
    text = str(found)
    if table in _EVENTS:
        return text
    if table == "conflict" and name == "table":
        return kinds()[text].title if text in kinds() else text
    if table == "agency_change" and name in ("before", "after"):
        changed = str((fields or {}).get("field", (None, None))[1])
        agency = kind("agency").by_name
        return agency[changed].chinese(text) if changed in agency else text
    return text if name == _MERGED_INTO else kind(table)[name].chinese(text)
