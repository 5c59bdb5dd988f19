"""What a licence is worth on a day: valid through its last day, unless it was cancelled."""

from __future__ import annotations

import datetime as dt


def license_state(
    number: str | None,
    *,
    issued: dt.date | None,
    until: dt.date | None,
    cancelled: dt.date | None,
    today: dt.date,
) -> str:
    """Return `valid`, `expired`, `cancelled`, or `none` where no number is on record.

    `cancelled` is the day of the decision that cancelled it (三(八)2). A licence that was `issued`
    later is another one.
    """
    renewed = issued is not None and cancelled is not None and issued > cancelled
    if cancelled is not None and cancelled <= today and not renewed:
        return "cancelled"
    if not number:
        return "none"
    return "expired" if until is not None and until < today else "valid"
