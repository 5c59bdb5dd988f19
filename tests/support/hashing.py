"""The hash of an entry of the journal, made as an outsider would make it by SECURITY.md."""

from __future__ import annotations

import hashlib
import json
from itertools import zip_longest

COLUMNS = (
    *("at", "operator", "action", "table", "record", "before", "after", "reason", "origin"),
    "login",
)
"""The columns of an entry but its number, its predecessor's hash and its own."""


def entry_hash(previous: str, number: int, *columns: str | None) -> str:
    """Return the SHA-256 of an entry, over its predecessor's and all its own columns.

    Origin and login, the last of the columns, may be left out.
    """
    entry = dict(zip_longest(COLUMNS, columns))
    lines = [previous, str(number), entry["at"], _json(entry["operator"]), entry["action"]]
    lines += [entry["table"], entry["record"], entry["before"], entry["after"]]
    lines.append(_json(entry["reason"]))
    if entry["origin"] is not None or entry["login"] is not None:
        lines.append(entry["origin"])
    if entry["login"] is not None:
        lines.append(_json(entry["login"]))
    text = "\n".join(line or "" for line in lines)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _json(text: str | None) -> str | None:
    return None if text is None else json.dumps(text, ensure_ascii=False)
