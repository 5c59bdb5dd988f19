"""A conclusion that its own sheet comes to, for tests that need one and not its making."""

from __future__ import annotations

import json
from typing import Any

from hrintegrity.notice.indicators import annex as notice_annex
from hrintegrity.rules.case import Sheet
from hrintegrity.rules.standard_reading import default_standard
from notice_2013 import combine


def concluded(points: int) -> dict[str, Any]:
    """What a conclusion of so many points for the first indicator is made of, and comes to."""
    annex, standard = notice_annex(2013), default_standard(2013)
    scores = [points * 10, *[0] * (len(standard.points) - 1)]
    found = combine([Sheet("expert", "专家", tuple(scores))], standard, annex)
    return {
        "total": int((found.shown_total or 0) * 100),
        "band": found.band,
        "standard": json.dumps(standard.as_mapping()),
        "sheets": json.dumps([{"source": "expert", "rater": "专家", "scores": scores}]),
        "result": json.dumps(found.as_mapping()),
    }
