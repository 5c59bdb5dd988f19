"""Whether a concluded result is what its own sheets come to, by its own annex and standard.

Nothing that is printed asks this: what was concluded is read. `archive verify` and whatever takes
records in ask it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.assessment import kept
from hrintegrity.rules.assessment import assess

_COLUMNS = (
    *("id", "date", "total", "band", "annex", "standard", "agency_facts", "sheets", "result"),
    "exact",
)


def faults(archive: Reader) -> Iterator[tuple[str, str]]:
    """Yield each conclusion that contradicts what it was made of, and in Chinese in what."""
    for values in archive.stream(f"SELECT {', '.join(_COLUMNS)} FROM conclusion ORDER BY id"):
        row = dict(zip(_COLUMNS, values, strict=True))
        try:
            reasons = list(faults_of(row))
        except (ValueError, LookupError, TypeError, StopIteration):
            reasons = ["所存的指标、标准或评分表读不出来"]
        for reason in reasons:
            yield f"conclusion {row['id']}", reason


def faults_of(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield in Chinese what a conclusion's total, band and result contradict.

    Raises ValueError, LookupError, TypeError or HriError where its content can't even be read.
    """
    found = assess(
        kept.case(
            standard=row["standard"],
            annex=row.get("annex"),
            agency_facts=row.get("agency_facts"),
            date=row["date"],
            made_of=kept.sheets(row["sheets"]),
        )
    )
    exact = row.get("exact")
    if found.problems:
        yield f"评分表与所用标准不合：{found.problems[0]}"
    elif found.total_hundredths is None or found.total_hundredths != row["total"]:
        yield f"总分 {row['total'] / 100:.2f} 不是评分表按所用标准得出的 {found.shown_total}"
    elif found.band != row["band"]:
        yield f"等次“{row['band']}”不是总分 {found.shown_total} 所得的“{found.band}”"
    elif found.as_mapping() != json.loads(row["result"]):
        yield "各项得分不是评分表按所用标准得出的"
    elif exact not in (None, kept.exact_text(found.exact)):
        yield "精确得分不是评分表按所用标准得出的"
