"""Values as JSON can hold them, and that JSON as text."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from hrintegrity.packing import Packed

_PLAIN = frozenset({str, int, float, bool})
_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_text(value: Any, level: int = 0) -> str:
    """Return `value` as JSON, two blanks a level: what `json.dumps(indent=2)` writes.

    That is written in Python, value by value; here the fields of a record are encoded together.
    `level` is how deep it stands in a document.
    """
    return _indented(plain(value), level)


def _indented(value: Any, level: int) -> str:
    if not value or not isinstance(value, (dict, list)):
        return _encode(value)
    items = value.values() if isinstance(value, dict) else value
    line = _line(level + 1)
    if not any(item and isinstance(item, (dict, list)) for item in items):
        text = _encoder(level + 1)(value)
        opening, content, closing = text[0], text[1:-1], text[-1]
    elif isinstance(value, dict):
        fields = [f"{_encode(key)}: {_indented(item, level + 1)}" for key, item in value.items()]
        opening, content, closing = "{", f",{line}".join(fields), "}"
    else:
        rows = [_indented(item, level + 1) for item in value]
        opening, content, closing = "[", f",{line}".join(rows), "]"
    return f"{opening}{line}{content}{_line(level)}{closing}"


def _line(level: int) -> str:
    """Return the beginning of a line at a level."""
    return "\n" + "  " * level


@cache
def _encoder(level: int) -> Callable[[Any], str]:
    """Return what encodes values without others in them, each on a line of its own."""
    return json.JSONEncoder(ensure_ascii=False, separators=(f",{_line(level)}", ": ")).encode


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: days as ISO 8601, scores as numbers.

    A field whose key is no Python name, such as `with`, bears it in its metadata.
    """
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key: plain(item) for key, item in fields_of(value).items()}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, Packed)):
        return [plain(item) for item in value]
    return value


@cache
def _keys(kind: type) -> list[tuple[str, str]]:
    """Return key and name of each field, once for all the rows of a list."""
    return [(key_of(field), field.name) for field in dataclasses.fields(kind)]


def fields_of(value: object) -> dict[str, Any]:
    """Return the fields of a dataclass's object by their keys, each value as it is."""
    kind: Any = type(value)
    return {key: getattr(value, name) for key, name in _keys(kind)}


def key_of(field: dataclasses.Field[Any]) -> str:
    """Return the key of a field in JSON and CSV."""
    key: str = field.metadata.get("key", field.name)
    return key
