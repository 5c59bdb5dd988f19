"""Values as JSON can hold them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

_PLAIN = frozenset({str, int, float, bool})


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
        return {key: plain(getattr(value, name)) for key, name in _keys(type(value))}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


@cache
def _keys(kind: type) -> list[tuple[str, str]]:
    """Return key and name of each field, once for all the rows of a list."""
    return [(key_of(field), field.name) for field in dataclasses.fields(kind)]


def key_of(field: dataclasses.Field[Any]) -> str:
    """Return the key of a field in JSON and CSV."""
    key: str = field.metadata.get("key", field.name)
    return key
