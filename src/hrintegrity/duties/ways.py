"""What the districts' own ways of evaluation are called (三(五) 等方式)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from hrintegrity.archive.reader import Reader
from hrintegrity.notice.words import SOURCE


def own_ways(archive: Reader) -> dict[str, str]:
    """Return the Chinese names of the ways that standards of this archive declare."""
    rows = archive.connection.exec_driver_sql("SELECT content FROM standard")
    found: dict[str, str] = {}
    for (content,) in rows:
        if '"ways"' in content:
            found |= json.loads(content).get("ways", {})
    return found


def words(sources: Iterable[str], ways: Mapping[str, str]) -> list[str]:
    """Return what sources of scores are called; one that no standard declares keeps its name."""
    return [SOURCE.chinese(one) if one in SOURCE else ways.get(one, one) for one in sources]
