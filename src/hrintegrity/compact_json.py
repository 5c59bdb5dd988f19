"""JSON as it is kept and hashed: without blanks, and Chinese as it is written."""

from __future__ import annotations

import datetime as dt
import json

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Return a value as JSON, its keys in the order that they have."""

encode_sorted = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=dt.date.isoformat
).encode
"""Return a value as JSON with sorted keys, the same whoever writes it; days as ISO 8601 text."""
