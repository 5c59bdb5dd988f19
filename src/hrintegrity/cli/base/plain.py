"""Values as JSON can hold them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: days as ISO 8601, scores as numbers.

    A field whose key is no Python name, such as `with`, bears it in its metadata.
    """
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {key_of(f): plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def key_of(field: dataclasses.Field[Any]) -> str:
    """Return the key of a field in JSON and CSV."""
    key: str = field.metadata.get("key", field.name)
    return key
