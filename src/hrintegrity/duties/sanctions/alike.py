"""What this office decided in the nearest earlier cases, so that like cases are treated alike."""

from __future__ import annotations

import datetime as dt

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.sanctions import records
from hrintegrity.rules.likeness import likeness

MOST = 20


def alike(
    archive: Archive,
    *,
    kind: str,
    today: dt.date,
    violated: str | None = None,
    facts: str | None = None,
) -> list[records.SanctionView]:
    """Return the decisions of a kind, the most alike first, then the latest; at most `MOST`.

    They are compared by the rules that were broken, and by the facts where those are given.
    Withdrawn ones are left out.
    """
    found = [
        one
        for one in records.listing(archive, today=today)
        if one.kind == kind and one.state not in ("withdrawn", "intended", "dropped")
    ]

    def near(one: records.SanctionView) -> tuple[float, dt.date, str]:
        by_rules = likeness(violated or "", one.violated or "")
        return (by_rules + likeness(facts or "", one.grounds), one.date, one.id)

    return sorted(found, key=near, reverse=True)[:MOST]
