"""Whether a concluded result is what its own sheets come to under its own standard.

Nothing that is printed asks this: what was concluded is read. `archive verify` and whatever takes
records in ask it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import text

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.assessment import standards
from hrintegrity.rules.assessment import Sheet, combine

_QUERY = "SELECT id, total, band, standard, sheets, result FROM conclusion ORDER BY id"


def faults(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield each conclusion that contradicts what it was made of, and in Chinese in what."""
    found = archive.connection.execution_options(stream_results=True).execute(text(_QUERY))
    for row in found.mappings():
        for reason in faults_of(dict(row)):
            yield f"conclusion {row['id']}", reason


def faults_of(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield in Chinese what a conclusion's total, band and result contradict.

    Raises ValueError, LookupError, TypeError or HriError where its content can't even be read.
    """
    made_of = [
        Sheet(sheet["source"], sheet["rater"], tuple(sheet["scores"]))
        for sheet in json.loads(row["sheets"])
    ]
    found = combine(made_of, standards.parsed(row["standard"]))
    total = found.shown_total
    if total is None or int(total * 100) != row["total"]:
        yield f"总分 {row['total'] / 100:.2f} 不是评分表按所用标准得出的 {total}"
    elif found.band != row["band"]:
        yield f"等次“{row['band']}”不是总分 {total} 所得的“{found.band}”"
    elif found.as_mapping() != json.loads(row["result"]):
        yield "各项得分不是评分表按所用标准得出的"
