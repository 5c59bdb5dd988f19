"""A record as one line of a bundle, and the line as a record, refused where it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hrintegrity.archive.journal import canonical
from hrintegrity.duties.exchange.checking import Fault, fault_of
from hrintegrity.duties.exchange.graph import PLACE, kinds
from hrintegrity.duties.exchange.versions import Version
from hrintegrity.errors import InputError
from hrintegrity.text import IDENTITY

_VERSION = re.compile(r"[0-9a-f]{32}")
_KEYS = {"table", "record", "version", "ancestors", "row"}


def to_line(version: Version, row: Mapping[str, Any]) -> bytes:
    """Return a record as one line; `row` are its columns that are not empty."""
    content: dict[str, Any] = {
        "table": version.table,
        "record": version.record,
        "version": version.version,
        "ancestors": sorted(version.ancestors),
        "row": row,
    }
    if not version.alive:
        content["deleted"] = True
    if version.into is not None:
        content["into"] = version.into
    return canonical(content).encode() + b"\n"


def filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row that are not empty."""
    return {key: value for key, value in row.items() if value is not None}


def from_line(line: Mapping[str, Any], number: int, *, sender: str, key: str) -> Version:
    """Return the record of a line.

    Raises InputError `bundle-refused`, and FaultyRecordError for a record with a refused value.
    """
    table = line.get("table")
    known = isinstance(table, str) and table in PLACE
    if not known or not _KEYS <= set(line) <= _KEYS | {"deleted", "into"}:
        raise refused(number, str(table)[:80], None, "不是本程序认识的记录")
    kind, alive, into = kinds()[str(table)], not line.get("deleted", False), line.get("into")
    for column, wanted, value in (
        ("record", IDENTITY, line["record"]),
        ("version", _VERSION, line["version"]),
        ("into", IDENTITY, line["record"] if into is None else into),
    ):
        if not isinstance(value, str) or not wanted.fullmatch(value):
            raise refused(number, column, value, "写法不对")
    ancestors = line["ancestors"]
    if not isinstance(ancestors, list) or not all(
        isinstance(version, str) and _VERSION.fullmatch(version) for version in ancestors
    ):
        raise refused(number, "ancestors", None, "写法不对")
    if not isinstance(line["row"], dict) or (alive and into is not None):
        raise refused(number, "row", None, "写法不对")
    version = Version(
        table=kind.name,
        record=line["record"],
        version=line["version"],
        ancestors=frozenset(ancestors),
        row=line["row"],
        alive=alive,
        into=into,
        sender=sender,
        key=key,
    )
    fault = fault_of(kind, version.record, version.row, alive=alive)
    if fault is not None:
        raise FaultyRecordError(version, number, fault)
    return version


class FaultyRecordError(Exception):
    """A record of a bundle has a value that is refused: the record, its place and the fault."""

    def __init__(self, version: Version, number: int, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.version, self.number, self.fault = version, number, fault


def refused(number: int, column: str, value: Any, reason: str) -> InputError:
    """Return the error for a line that is no record."""
    return InputError(
        "bundle-refused",
        f"第 {number} 条记录的 {column}：{reason}，没有导入。",
        "请对方用同一版本的 hri 重新发送。",
        details=[detail(number, column, value, reason)],
    )


def detail(number: int | None, column: str, value: Any, reason: str) -> dict[str, Any]:
    """Return what an error's `details` have of a value that is refused."""
    shown = None if value is None else str(value)[:80]
    return {"row": number, "column": column, "value": shown, "reason": reason}


def encodes(text: str) -> bool:
    """Whether a text can be stored: JSON may hold halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
